import { describe, expect, test } from 'vitest'
import { chooseMechanism, type Offer } from '#engine/sasl/choose.ts'

const offer = (offered: string, rest: Partial<Offer> = {}): Offer => ({
  offered: offered.split(' ').filter(name => name !== ''),
  encrypted: true,
  starttlsOffered: false,
  bindable: true,
  ...rest,
})

describe('the automatic choice is that of msmtp', () => {
  const order = [
    'SCRAM-SHA-256-PLUS',
    'SCRAM-SHA-1-PLUS',
    'SCRAM-SHA-256',
    'SCRAM-SHA-1',
    'PLAIN',
    'CRAM-MD5',
    'DIGEST-MD5',
    'LOGIN',
    'NTLM',
  ]
  test.each(order.map((name, index) => [name, order.slice(index)] as const))(
    '%s before all behind it',
    (name, left) => {
      expect(chooseMechanism('auto', false, offer(left.toReversed().join(' ')))).toEqual({
        kind: 'use',
        mechanism: name,
      })
    },
  )

  test.each(['GSSAPI', 'EXTERNAL', 'OAUTHBEARER', 'XOAUTH2', 'GSSAPI XOAUTH2'])('never %s', offered => {
    expect(chooseMechanism('auto', false, offer(offered))).toMatchObject({
      kind: 'no-shared-mechanism',
      wanted: 'AUTO',
    })
  })

  test('no -PLUS where the connection gives nothing to bind to', () => {
    const offered = offer('SCRAM-SHA-256-PLUS SCRAM-SHA-256', { bindable: false })
    expect(chooseMechanism('auto', false, offered)).toEqual({ kind: 'use', mechanism: 'SCRAM-SHA-256' })
  })
})

describe('without encryption', () => {
  const clear = { encrypted: false, bindable: false }

  test('only SCRAM is chosen', () => {
    expect(chooseMechanism('auto', false, offer('PLAIN CRAM-MD5 SCRAM-SHA-1', clear))).toEqual({
      kind: 'use',
      mechanism: 'SCRAM-SHA-1',
    })
  })

  test.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('%s is withheld', offered => {
    expect(chooseMechanism('auto', false, offer(offered, clear))).toEqual({
      kind: 'withheld',
      because: 'not-encrypted',
      mechanism: offered,
    })
  })

  test('the account may insist', () => {
    expect(chooseMechanism('auto', true, offer('LOGIN PLAIN', clear))).toEqual({ kind: 'use', mechanism: 'PLAIN' })
    expect(chooseMechanism('login', true, offer('LOGIN PLAIN', clear))).toEqual({ kind: 'use', mechanism: 'LOGIN' })
  })

  test.each(['plain', 'login', 'xoauth2', 'oauthbearer'] as const)('%s by name is withheld too', method => {
    expect(chooseMechanism(method, false, offer(method.toUpperCase(), clear))).toMatchObject({ kind: 'withheld' })
  })

  test('a mechanism that sends no password may be asked for by name', () => {
    expect(chooseMechanism('cram-md5', false, offer('CRAM-MD5', clear))).toEqual({ kind: 'use', mechanism: 'CRAM-MD5' })
  })
})

test('nothing offered, and whether STARTTLS would be', () => {
  expect(chooseMechanism('auto', false, offer('', { encrypted: false, starttlsOffered: true }))).toEqual({
    kind: 'not-offered',
    encrypted: false,
    starttlsOffered: true,
  })
})

test('GSSAPI is recognised and not spoken', () => {
  expect(chooseMechanism('gssapi', false, offer('GSSAPI PLAIN'))).toEqual({
    kind: 'no-shared-mechanism',
    wanted: 'GSSAPI',
    offered: ['GSSAPI', 'PLAIN'],
  })
})
