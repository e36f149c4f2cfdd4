import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Bench, USER } from './bench.ts'
import { deliver } from './session.ts'
import { callEncrypted } from './talk.ts'

let bench: Bench

beforeAll(async () => {
  bench = await Bench.open()
})
afterAll(() => bench.practice.close())
beforeEach(() => bench.practice.setFaults([]))

describe('sign-in', () => {
  test('no-auth offers none, and takes mail without it', async () => {
    await bench.practice.setFaults(['no-auth'])
    const talk = await callEncrypted(bench.port('starttls'), bench.ca)
    expect(await talk.say('EHLO client.practice.test')).not.toMatch(/AUTH/)
    expect(await deliver(talk)).toMatchObject({ at: 'accepted' })
    talk.end()
  })

  test('auth-mechanism-unsupported offers only what the client will not have', async () => {
    await bench.practice.setFaults(['auth-mechanism-unsupported'])
    const talk = await callEncrypted(bench.port('starttls'), bench.ca)
    expect(await talk.say('EHLO client.practice.test')).toMatch(/AUTH NTLM GSSAPI$/m)
    expect(await talk.say('AUTH NTLM')).toMatch(/^504 5\.7\.4 /)
    talk.end()
  })

  test('oauth-token-expired offers XOAUTH2 alone and refuses the token', async () => {
    await bench.practice.setFaults(['oauth-token-expired'])
    const signIn = { user: USER, password: bench.practice.password(), mechanism: 'XOAUTH2' } as const
    expect(await bench.submit({ signIn })).toMatchObject({
      at: 'AUTH',
      reply: expect.stringMatching(/^535 5\.7\.8 .*expired/),
    })
    expect(await bench.submit()).toMatchObject({ at: 'AUTH', reply: expect.stringMatching(/^504 /) })
  })

  test('auth-needs-encryption refuses only where nothing is encrypted', async () => {
    await bench.practice.setFaults(['auth-needs-encryption'])
    const signIn = { user: USER, password: bench.practice.password() }
    expect(await bench.relay({ signIn })).toMatchObject({ at: 'AUTH', reply: expect.stringMatching(/^538 5\.7\.11 /) })
    expect(await bench.submit()).toMatchObject({ at: 'accepted' })
  })

  test('auth-required refuses the sender of who did not sign in', async () => {
    await bench.practice.setFaults(['auth-required'])
    expect(await bench.relay()).toEqual({ at: 'MAIL', reply: '530 5.7.0 Authentication required' })
    expect(await bench.relay({ signIn: { user: USER, password: bench.practice.password() } })).toMatchObject({
      at: 'accepted',
    })
  })

  test('drop-in-auth hangs up at AUTH', async () => {
    await bench.practice.setFaults(['drop-in-auth'])
    expect(await bench.submit()).toEqual({ at: 'AUTH', reply: null })
  })
})
