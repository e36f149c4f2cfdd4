import { beforeAll, describe, expect, test } from 'vitest'
import { createAuthority, type Authority, type Identity } from '../../support/certificates.ts'
import { answer, type PlayedConnection } from '../../support/played-server.ts'
import { ANSWERS, visit } from './console-support.ts'

let authority: Authority
let identity: Identity

beforeAll(async () => {
  authority = await createAuthority()
  identity = await authority.issue()
})

/** With a client that trusts the authority. */
function visitTrusting(...[part, options]: Parameters<typeof visit>): ReturnType<typeof visit> {
  return visit(part, { extraCa: authority.pem, ...options })
}

describe('STARTTLS in place', () => {
  const upgrade = async (connection: PlayedConnection) => {
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { ...ANSWERS, STARTTLS: ['220 go'] }, ['STARTTLS'])
    await connection.encrypt(identity)
    await answer(connection, { ...ANSWERS, EHLO: ['250-mail.lab.test', '250 AUTH PLAIN'] })
  }

  test('typed as any command, it upgrades the connection and forgets what was offered before', async () => {
    const hand = await visitTrusting(upgrade)
    await hand.session.send('EHLO client.example')
    await hand.answer()
    await hand.answer()
    await hand.session.send('starttls')
    expect(hand.session.state).toMatchObject({ encrypted: true, offers: [], tls: { trusted: true } })
    await hand.session.send('EHLO client.example')
    await hand.answer()
    expect(await hand.answer()).toMatchObject({ verb: 'EHLO' })
    expect(hand.session.state.offers).toEqual(['AUTH PLAIN'])
    expect(hand.lines.at(-1)?.encrypted).toBe(true)
  })

  test('a certificate for another name is reported, and the session goes on', async () => {
    const other = await authority.issue({ names: ['other.lab.test'] })
    const hand = await visitTrusting(async connection => {
      connection.say('220 ready')
      await answer(connection, { STARTTLS: ['220 go'] }, ['STARTTLS'])
      await connection.encrypt(other)
      await answer(connection, ANSWERS)
    })
    await hand.session.send('STARTTLS')
    expect(hand.session.state.tls).toMatchObject({ trusted: false })
    expect(hand.said().join('\n')).toContain('other.lab.test')
  })

  test('octets slipped in behind the 220 are thrown away and reported', async () => {
    const hand = await visitTrusting(async connection => {
      connection.say('220 ready')
      await connection.line()
      connection.say('220 go', '250 injected')
      await connection.encrypt(identity)
      await answer(connection, ANSWERS)
    })
    await hand.session.send('STARTTLS')
    expect(hand.said().join('\n')).toContain('14 octets came in plain text before TLS and were thrown away')
    await hand.session.send('NOOP')
    await hand.answer()
    await hand.answer()
    expect(await hand.answer()).toMatchObject({ verb: 'NOOP', reply: { text: ['2.0.0 fine'] } })
  })

  test('a refusal leaves the session as it was', async () => {
    const hand = await visitTrusting(async connection => {
      connection.say('220 ready')
      await answer(connection, { STARTTLS: ['454 not now'], NOOP: ['250 fine'] })
    })
    await hand.session.send('STARTTLS')
    await hand.session.send('NOOP')
    await hand.answer()
    await hand.answer()
    expect(await hand.answer()).toMatchObject({ verb: 'NOOP' })
    expect(hand.session.state.encrypted).toBe(false)
  })

  test('a handshake that breaks ends the session with the reason', async () => {
    const hand = await visitTrusting(async connection => {
      connection.say('220 ready')
      await connection.line()
      connection.say('220 go')
      await connection.line()
      connection.say('554 no TLS after all')
    })
    await hand.session.send('STARTTLS')
    expect(await hand.ended).toMatchObject({ because: 'handshake-failed' })
  })
})
