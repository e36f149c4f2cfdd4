import { describe, expect, test } from 'vitest'
import { evidenceOf } from '../../../support/diagnose.ts'
import type { PlayedConnection } from '../../../support/played-server.ts'
import { GREETING } from './parts.ts'
import { runAgainst } from './run-against.ts'

describe('421 and the end of the connection at any moment', () => {
  const verbs = ['EHLO', 'AUTH', 'MAIL', 'RCPT', 'RSET', 'DATA', 'message'] as const
  type Verb = (typeof verbs)[number]

  /** Does everything right until this command. */
  const until = (verb: Verb, then: (connection: PlayedConnection) => void) => async (connection: PlayedConnection) => {
    connection.say(GREETING)
    for (let line = await connection.line(); line !== null; line = await connection.line()) {
      const said = (line.split(' ')[0] ?? '').toUpperCase()
      if (said === verb) return then(connection)
      if (said === 'EHLO') connection.say('250-mail.lab.test', '250 AUTH PLAIN')
      else if (said === 'AUTH') connection.say('235 welcome')
      else if (said === 'DATA') {
        connection.say('354 go on')
        while ((await connection.line()) !== '.');
        if (verb === 'message') return then(connection)
        connection.say('250 taken')
      } else connection.say('250 ok')
    }
  }
  const settings = { user: 'ada', auth: 'plain', allowPlaintextSignIn: true } as const
  const send = {
    purpose: 'send',
    message: { messageId: '<1@lab.test>', raw: Buffer.from('Subject: x\r\n\r\nx\r\n') },
  } as const

  async function runUntil(verb: Verb, then: (connection: PlayedConnection) => void) {
    const input = verb === 'DATA' || verb === 'message' ? send : {}
    const ran = await runAgainst(until(verb, then), settings, 3000, input)
    const id = verb === 'EHLO' ? 'encrypt' : verb === 'AUTH' ? 'sign-in' : 'deliver'
    return { step: ran.steps.find(step => step.id === id), evidence: evidenceOf(ran, id) }
  }

  test.each(verbs)('421 as the answer to %s is the answer', async verb => {
    const { step, evidence } = await runUntil(verb, connection => {
      connection.say('421 4.7.0 closing')
      connection.close()
    })
    // RSET comes when everything is known.
    if (verb === 'RSET') expect(step?.state).toBe('done')
    else {
      expect(step?.state).toBe('failed')
      expect(JSON.stringify(evidence)).toContain('"code":421')
    }
  })

  test.each(verbs)('a connection that closes in place of answering %s', async verb => {
    const { step, evidence } = await runUntil(verb, connection => connection.close())
    if (verb === 'RSET') expect(step?.state).toBe('done')
    else expect(evidence).toMatchObject({ kind: 'no-reply', fault: { cause: 'closed' } })
  })

  test.each(verbs)('a connection that is reset in place of answering %s', async verb => {
    const { step, evidence } = await runUntil(verb, connection => connection.reset())
    if (verb === 'RSET') expect(step?.state).toBe('done')
    else expect(evidence).toMatchObject({ kind: 'no-reply', fault: { cause: 'reset' } })
  })
})
