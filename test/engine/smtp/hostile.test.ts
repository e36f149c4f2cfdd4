import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { createAuthority, type Authority, type Identity } from '../../support/certificates.ts'
import { evidenceOf, runDiagnosis } from '../../support/diagnose.ts'
import { answer, playServer, type PlayedConnection, type PlayedServer } from '../../support/played-server.ts'

/*
 * One test for each thing that a server can do to a client. Every one must end before its deadline, with an exact
 * observation, and with bounded memory.
 */

const GREETING = '220 mail.lab.test ESMTP'
const EHLO = ['250-mail.lab.test', '250-PIPELINING', '250-STARTTLS', '250 AUTH PLAIN']

let authority: Authority
let identity: Identity
let server: PlayedServer | null = null

beforeAll(async () => {
  authority = await createAuthority()
  identity = await authority.issue()
})
afterEach(async () => {
  await server?.stop()
  server = null
})

type Settings = Parameters<typeof runDiagnosis>[0]

async function run(
  part: (connection: PlayedConnection) => Promise<void> | void,
  settings: Settings = {},
  budgetMs = 3000,
) {
  server = await playServer(part)
  const startedAt = performance.now()
  const ran = await runDiagnosis(
    { port: server.port, security: 'none', ...settings },
    { password: 'canary-7f3a' },
    { deadline: new Deadline(budgetMs), extraCa: authority.pem },
  )
  expect(performance.now() - startedAt).toBeLessThan(budgetMs + 2000)
  expect(JSON.stringify(ran.events)).not.toContain('canary-7f3a')
  return ran
}

/** Goes on sending until the client has had enough. */
async function flood(connection: PlayedConnection, octets: Buffer): Promise<void> {
  const { socket } = connection
  while (!socket.destroyed) {
    if (socket.write(octets)) await new Promise(resolve => setImmediate(resolve))
    else {
      await new Promise<void>(resolve => {
        socket.once('drain', () => resolve()).once('close', () => resolve())
      })
    }
  }
}

describe('greetings', () => {
  test.each([
    ['http', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'],
    ['http', '<html><body>no</body></html>\r\n'],
    ['ssh', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['imap', '* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n'],
    ['pop3', '+OK POP3 ready\r\n'],
    ['ftp', '220 (vsFTPd 3.0.5)\r\n'],
    ['ftp', '220-Welcome\r\n220 ProFTPD Server ready\r\n'],
    ['tls', Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0a])],
    ['unknown', 'hello there\r\n'],
    ['unknown', '350 what\r\n'],
    ['unknown', '\0\x01\x02\r\n'],
    ['unknown', '999 out of range\r\n'],
    ['unknown', '2 too short\r\n'],
  ])('a server of another kind: %s', async (looksLike, octets) => {
    const ran = await run(connection => connection.raw(octets))
    expect(evidenceOf(ran, 'connect')).toMatchObject({ greeting: { kind: 'not-smtp', looksLike } })
  })

  test('a banner without a line end, from a server that closes', async () => {
    const ran = await run(connection => {
      connection.raw('SSH-2.0-x')
      connection.close()
    })
    expect(evidenceOf(ran, 'connect')).toMatchObject({ greeting: { kind: 'not-smtp', looksLike: 'ssh' } })
  })

  test('421 and 554 greetings are rejections with their words', async () => {
    const ran = await run(connection => connection.say('554-5.7.1 go away', '554 5.7.1 really'))
    expect(evidenceOf(ran, 'connect')).toMatchObject({
      greeting: { kind: 'rejected', reply: { code: 554, enhanced: '5.7.1', text: ['5.7.1 go away', '5.7.1 really'] } },
    })
  })

  test('closing before the greeting, and resetting', async () => {
    const closed = await run(connection => connection.close())
    expect(evidenceOf(closed, 'connect')).toMatchObject({ greeting: { kind: 'closed', reset: false } })
    await server?.stop()
    const reset = await run(connection => connection.reset())
    // It may come before the system has told us of the connection, or behind that.
    expect(JSON.stringify(evidenceOf(reset, 'connect'))).toMatch(
      /"outcome":"reset"|"kind":"closed","ms":[\d.]+,"reset":true/,
    )
  })

  test('64 KiB without a line end', async () => {
    const ran = await run(connection => connection.raw(Buffer.alloc(65_536, 'A')))
    expect(evidenceOf(ran, 'connect')).toMatchObject({ greeting: { kind: 'not-smtp' } })
  })

  test('an endless line does not fill the memory', async () => {
    const before = process.memoryUsage().rss
    await run(connection => flood(connection, Buffer.alloc(65_536, 'A')))
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })

  test('a drip feed of a byte at a time ends with the deadline', async () => {
    const ran = await run(
      async connection => {
        for (const character of '220 a very slow greeting that never ends') {
          if (connection.socket.destroyed) return
          connection.raw(character)
          await new Promise(resolve => setTimeout(resolve, 50))
        }
      },
      {},
      500,
    )
    expect(evidenceOf(ran, 'connect')).toMatchObject({
      greeting: { kind: 'not-smtp', preview: expect.stringMatching(/^220/) },
    })
  })

  test('escape sequences aimed at the terminal are made visible', async () => {
    const ran = await run(async connection => {
      connection.say('220 \x1b]0;owned\x07\x1b[2J\u009b31m mail')
      await answer(connection, { EHLO, '*': ['250 ok'] })
    })
    expect(JSON.stringify(ran.events)).not.toMatch(/\\u001b|\u009b|\\u0007/)
    expect(ran.transcript).toContain('\\x1b]0;owned\\x07\\x1b[2J\\x9b31m mail')
  })
})

describe('replies', () => {
  const afterGreeting =
    (reply: (connection: PlayedConnection) => Promise<void> | void) => async (connection: PlayedConnection) => {
      connection.say(GREETING)
      await connection.line()
      await reply(connection)
    }

  test('an EHLO of thousands of lines', async () => {
    const ran = await run(afterGreeting(connection => flood(connection, Buffer.from('250-X-SPAM\r\n'.repeat(1000)))))
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({
      kind: 'no-reply',
      command: 'EHLO',
      fault: { cause: 'too-long' },
    })
  })

  test('a reply line of 64 KiB', async () => {
    const ran = await run(afterGreeting(connection => connection.raw(`250-${'x'.repeat(65_536)}\r\n`)))
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ fault: { cause: 'too-long' } })
  })

  test('mixed codes in one reply', async () => {
    const ran = await run(afterGreeting(connection => connection.say('250-mail.lab.test', '550 no')))
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ fault: { cause: 'malformed', detail: '550 no' } })
  })

  test('NUL and control bytes in a reply are shown, not passed on', async () => {
    const ran = await run(afterGreeting(connection => connection.raw('550 a\0b\x07c\rd\r\n550 again\r\n')))
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'ehlo-refused', reply: { text: ['again'] } })
    expect(ran.transcript).toContain('550 a\\x00b\\x07c\\x0dd')
  })

  test('bare LF as the line end is understood', async () => {
    const ran = await run(async connection => {
      connection.raw('220 mail.lab.test\n')
      await connection.line()
      connection.raw('250-mail.lab.test\n250 SIZE 5\n')
      await answer(connection, { '*': ['250 ok'] })
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'plain', capabilities: { size: 5 } })
  })

  test('bare CR as the line end is never taken for one', async () => {
    const ran = await run(
      afterGreeting(connection => connection.raw('250-a\r250 b\r')),
      {},
      500,
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'no-reply', fault: { cause: 'timed-out' } })
  })

  test('replies split at every byte', async () => {
    const ran = await run(async connection => {
      const drip = async (text: string) => {
        for (const character of text) {
          connection.raw(character)
          await new Promise(resolve => setImmediate(resolve))
        }
      }
      await drip('220-mail\r\n220 lab\r\n')
      await connection.line()
      await drip('250-mail.lab.test\r\n250 SIZE 77\r\n')
      await answer(connection, { '*': ['250 ok'] })
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'plain', capabilities: { size: 77 } })
    expect(ran.states.deliver).toBe('done')
  })

  test('several replies in one packet are taken in order', async () => {
    const ran = await run(async connection => {
      connection.raw('220 mail\r\n250-mail.lab.test\r\n250 PIPELINING\r\n')
      await connection.line()
      await connection.line()
      connection.raw('250 sender\r\n550 recipient\r\n250 reset\r\n')
      await connection.gone()
    })
    expect(evidenceOf(ran, 'deliver')).toMatchObject({ kind: 'rcpt-refused', recipients: [{ reply: { code: 550 } }] })
  })

  test('HELO is tried where EHLO is unknown', async () => {
    const ran = await run(async connection => {
      connection.say(GREETING)
      await answer(connection, { EHLO: ['502 what'], HELO: ['250 hello'], '*': ['250 ok'] })
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'plain', heloOnly: true, capabilities: { lines: [] } })
  })

  test('a server that refuses EHLO and HELO', async () => {
    const ran = await run(async connection => {
      connection.say(GREETING)
      await answer(connection, { '*': ['502 never'] })
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'ehlo-refused', reply: { code: 502 }, encrypted: false })
  })
})

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
    server = await playServer(until(verb, then))
    const ran = await runDiagnosis(
      { port: server.port, security: 'none', ...settings },
      { password: 'canary-7f3a', ...(verb === 'DATA' || verb === 'message' ? send : {}) },
      { deadline: new Deadline(3000) },
    )
    expect(JSON.stringify(ran.events)).not.toContain('canary-7f3a')
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

describe('STARTTLS', () => {
  const upTo = async (connection: PlayedConnection, ehlo: readonly string[] = EHLO) => {
    connection.say(GREETING)
    await connection.line()
    connection.say(...ehlo)
    await connection.line()
  }

  test('plaintext injected behind the STARTTLS reply is thrown away and counted', async () => {
    const ran = await run(
      async connection => {
        await upTo(connection)
        connection.raw('220 go ahead\r\n250-injected\r\n250 AUTH PLAIN LOGIN X-EVIL\r\n')
        await connection.encrypt(identity)
        await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH PLAIN'], '*': ['250 ok'] })
      },
      { security: 'starttls' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({
      kind: 'encrypted',
      injectedOctets: '250-injected\r\n250 AUTH PLAIN LOGIN X-EVIL\r\n'.length,
      after: { auth: ['PLAIN'] },
    })
  })

  test('STARTTLS stripped on the way', async () => {
    const ran = await run(connection => upTo(connection, ['250-mail.lab.test', '250 AUTH PLAIN']), {
      security: 'starttls',
      user: 'ada',
    })
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'starttls-not-offered', mangled: false })
    expect(ran.states['sign-in']).toBe('skipped')
  })

  test.each([['250-XXXXXXXA'], ['250-********'], ['250-Requested mail action okay, completed']])(
    'STARTTLS mangled by a middlebox: %s',
    async line => {
      const ran = await run(connection => upTo(connection, ['250-mail.lab.test', line, '250 AUTH PLAIN']), {
        security: 'starttls',
      })
      expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'starttls-not-offered', mangled: true })
    },
  )

  test('454 to STARTTLS', async () => {
    const ran = await run(
      async connection => {
        await upTo(connection)
        connection.say('454 4.7.0 TLS not available')
      },
      { security: 'starttls' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'starttls-refused', reply: { code: 454 } })
  })

  test('plain text in place of a handshake', async () => {
    const ran = await run(
      async connection => {
        await upTo(connection)
        connection.say('220 go ahead')
        connection.socket.once('data', () => connection.say('500 what is this'))
      },
      { security: 'starttls' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'handshake-failed', fault: { kind: 'plaintext-answer' } })
  })

  test.each(['closed', 'reset'] as const)('a connection that is %s in the handshake', async how => {
    const ran = await run(
      async connection => {
        await upTo(connection)
        connection.say('220 go ahead')
        connection.socket.once('data', () => (how === 'closed' ? connection.close() : connection.reset()))
      },
      { security: 'starttls' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'handshake-failed', fault: { kind: how } })
  })

  test('a handshake that never goes on ends with the deadline', async () => {
    const ran = await run(
      async connection => {
        await upTo(connection)
        connection.say('220 go ahead')
      },
      { security: 'starttls' },
      500,
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ kind: 'handshake-failed', fault: { kind: 'timed-out' } })
  })

  test('capabilities that change after TLS: the second list counts', async () => {
    const ran = await run(
      async connection => {
        await upTo(connection)
        connection.say('220 go ahead')
        await connection.encrypt(identity)
        await answer(connection, { EHLO: ['250 mail.lab.test'], '*': ['250 ok'] })
      },
      { security: 'starttls', user: 'ada' },
    )
    expect(evidenceOf(ran, 'encrypt')).toMatchObject({ before: { auth: ['PLAIN'] }, after: { auth: [] } })
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'not-offered', encrypted: true })
  })
})

describe('AUTH', () => {
  const settings = { user: 'ada', auth: 'plain', allowPlaintextSignIn: true } as const
  const ask =
    (challenges: (connection: PlayedConnection) => Promise<void> | void) => async (connection: PlayedConnection) => {
      connection.say(GREETING)
      await connection.line()
      connection.say('250-mail.lab.test', '250 AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256')
      await connection.line()
      await challenges(connection)
    }

  test('a server that never stops asking', async () => {
    const ran = await run(
      ask(async connection => {
        connection.say('334 VXNlcm5hbWU6')
        for (let line = await connection.line(); line !== null && line !== '*'; line = await connection.line())
          connection.say('334 ')
        connection.say('501 cancelled')
        await connection.gone()
      }),
      { ...settings, auth: 'login' },
    )
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'rejected', reply: { code: 501 } })
  })

  test('a challenge that is no base64 and no SCRAM is cancelled', async () => {
    const ran = await run(
      ask(async connection => {
        connection.say('334 ~~~~')
        expect(await connection.line()).toBe('*')
        connection.say('501 cancelled')
      }),
      { ...settings, auth: 'scram-sha-256' },
    )
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'rejected', reply: { code: 501 } })
  })

  test('a SCRAM server that asks for a billion rounds is not obeyed', async () => {
    const ran = await run(
      ask(async connection => {
        const first = Buffer.from(/([A-Za-z0-9+/=]+)\r\n$/.exec(connection.received)?.[1] ?? '', 'base64').toString()
        const nonce = /r=([^,]+)/.exec(first)?.[1] ?? ''
        connection.say(`334 ${Buffer.from(`r=${nonce}x,s=c2FsdA==,i=999999999`).toString('base64')}`)
        await connection.line()
        connection.say('501 cancelled')
      }),
      { ...settings, auth: 'scram-sha-256' },
    )
    expect(ran.states['sign-in']).toBe('failed')
  })

  test('235 without the proof of a SCRAM server is no success', async () => {
    const ran = await run(
      ask(connection => connection.say('235 trust me')),
      { ...settings, auth: 'scram-sha-256' },
    )
    expect(evidenceOf(ran, 'sign-in')).toEqual({ kind: 'server-not-proved', mechanism: 'SCRAM-SHA-256' })
  })

  test('a server that demands AUTH in the clear gets no password', async () => {
    const ran = await run(
      async connection => {
        connection.say(GREETING)
        await answer(connection, {
          EHLO: ['250-mail.lab.test', '250 AUTH PLAIN LOGIN'],
          MAIL: ['530 5.7.0 sign in first'],
        })
      },
      { user: 'ada' },
    )
    expect(evidenceOf(ran, 'sign-in')).toMatchObject({ kind: 'withheld', because: 'not-encrypted' })
    expect(server?.connections[0]?.received).not.toContain('AUTH')
  })
})
