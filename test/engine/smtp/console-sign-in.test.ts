import { beforeAll, describe, expect, test } from 'vitest'
import { sealSecret } from '#engine/sasl/secret.ts'
import { createAuthority, type Authority, type Identity } from '../../support/certificates.ts'
import { answer } from '../../support/played-server.ts'
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

describe('signing in by hand', () => {
  const signIn = { mechanism: 'PLAIN', user: 'anna', secret: sealSecret('sehr geheim'), anyway: false }
  const AUTHED = { ...ANSWERS, AUTH: ['235 2.7.0 welcome'] }

  test('behind trusted TLS the helper says EHLO, encodes, and shows no secret', async () => {
    const hand = await visitTrusting(
      async connection => {
        await connection.encrypt(identity)
        connection.say('220 mail.lab.test ESMTP')
        await answer(connection, AUTHED)
      },
      { tls: true },
    )
    expect(await hand.session.signIn(signIn)).toMatchObject({ kind: 'accepted', mechanism: 'PLAIN' })
    const encoded = Buffer.from('\0anna\0sehr geheim').toString('base64')
    expect(hand.server.connections[0]?.received).toContain(`AUTH PLAIN ${encoded}`)
    const shown = JSON.stringify(hand.lines)
    expect(shown).toContain('AUTH PLAIN ***')
    expect(shown).not.toContain(encoded)
    expect(shown).not.toContain('geheim')
  })

  test('without TLS nothing is sent unless that was asked for', async () => {
    const hand = await visitTrusting(async connection => {
      connection.say('220 ready')
      await answer(connection, AUTHED)
    })
    expect(await hand.session.signIn(signIn)).toMatchObject({ kind: 'withheld', because: 'not-encrypted' })
    expect(hand.server.connections[0]?.received).not.toContain('AUTH')
    expect(await hand.session.signIn({ ...signIn, anyway: true })).toMatchObject({ kind: 'accepted' })
  })

  test('a certificate that is not trusted withholds the password', async () => {
    const hand = await visitTrusting(
      async connection => {
        await connection.encrypt(identity)
        connection.say('220 ready')
        await answer(connection, AUTHED)
      },
      { tls: true, extraCa: (await createAuthority('O=Other,CN=Other')).pem },
    )
    expect(await hand.session.signIn(signIn)).toMatchObject({ kind: 'withheld', because: 'untrusted' })
  })

  test('typed by hand, what stands behind the mechanism and in the exchange is hidden, also where the server repeats it', async () => {
    const secret = Buffer.from('sehr geheim').toString('base64')
    const hand = await visitTrusting(async connection => {
      connection.say('220 ready')
      await connection.line()
      connection.say('334 VXNlcm5hbWU6')
      await connection.line()
      connection.say('334 UGFzc3dvcmQ6')
      await connection.line()
      connection.say(`535 5.7.8 ${secret} is wrong, sehr geheim`)
      await connection.line()
      connection.say('250 fine')
    })
    await hand.answer()
    for (const line of ['AUTH LOGIN', Buffer.from('anna').toString('base64'), secret, 'NOOP']) {
      await hand.session.send(line)
      await hand.answer()
    }
    expect(hand.said()).toEqual([
      expect.stringMatching(/^-- connected/),
      'S: 220 ready',
      'C: AUTH LOGIN',
      'S: 334 VXNlcm5hbWU6',
      'C: ***',
      'S: 334 UGFzc3dvcmQ6',
      'C: ***',
      'S: 535 5.7.8 *** is wrong, ***',
      'C: NOOP',
      'S: 250 fine',
    ])
    await hand.session.send(`AUTH PLAIN ${secret}`)
    expect(hand.said().at(-1)).toBe('C: AUTH PLAIN ***')
  })

  test('a command that could send a message is refused in the middle of an exchange too', async () => {
    const hand = await visitTrusting(connection => connection.say('220 ready'))
    await hand.session.send('AUTH LOGIN')
    await expect(hand.session.send('DATA')).rejects.toThrow('Safe mode is on')
  })
})

test('GSSAPI is recognized and not spoken: nothing is sent', async () => {
  const hand = await visitTrusting(
    async connection => {
      await connection.encrypt(identity)
      connection.say('220 ready')
      await answer(connection, { EHLO: ['250-mail.lab.test', '250 AUTH GSSAPI'] })
    },
    { tls: true },
  )
  const asked = { mechanism: 'GSSAPI', user: 'anna', secret: sealSecret('sehr geheim'), anyway: false }
  expect(await hand.session.signIn(asked)).toMatchObject({ kind: 'no-shared-mechanism', offered: ['GSSAPI'] })
  await expect(hand.session.signIn({ ...asked, mechanism: 'X-OWN' })).rejects.toThrow('not a sign-in mechanism')
  expect(hand.server.connections[0]?.received).not.toContain('AUTH')
})
