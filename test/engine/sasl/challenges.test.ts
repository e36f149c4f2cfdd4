import { assert, array, constantFrom, oneof, property, string, stringMatching, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { beginExchange, type SignIn } from '#engine/sasl/begin.ts'
import { sealSecret } from '#engine/sasl/secret.ts'

const MECHANISMS = [
  'PLAIN',
  'LOGIN',
  'CRAM-MD5',
  'DIGEST-MD5',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
  'SCRAM-SHA-1-PLUS',
  'SCRAM-SHA-256-PLUS',
  'NTLM',
  'EXTERNAL',
  'XOAUTH2',
  'OAUTHBEARER',
] as const

const PASSWORD = 'canary-7f3a'

const signIn: SignIn = {
  user: 'ada',
  host: 'mail.lab.test',
  port: 587,
  ntlmDomain: null,
  secret: sealSecret(PASSWORD),
  binding: { type: 'tls-exporter', data: Buffer.alloc(32, 7) },
  offered: [...MECHANISMS],
}

/** Random octets, and texts that look like what some mechanism waits for. */
const challenge = oneof(
  uint8Array({ maxLength: 200 }).map(octets => Buffer.from(octets)),
  string({ unit: 'binary', maxLength: 100 }).map(text => Buffer.from(text)),
  stringMatching(
    /^(?:r|s|i|v|e|nonce|realm|qop|algorithm|charset|rspauth)="?[ -~]{0,30}"?(?:,[a-z]+="?[ -~]{0,9}"?){0,4}$/,
  ).map(text => Buffer.from(text)),
  uint8Array({ maxLength: 100 }).map(octets =>
    Buffer.concat([Buffer.from('NTLMSSP\0\x02\0\0\0'), Buffer.from(octets)]),
  ),
)

test('any challenges get a response or a fault, never an exception, and nobody without proof is believed', () => {
  assert(
    property(constantFrom(...MECHANISMS), array(challenge, { maxLength: 5 }), (mechanism, challenges) => {
      const exchange = beginExchange(mechanism, signIn)
      for (const each of challenges) {
        exchange.describe(each)
        const response = exchange.respond(each)
        if (!response.ok) expect(response.error.detail).not.toContain(PASSWORD)
      }
      if (/^SCRAM|^DIGEST/.test(mechanism)) expect(exchange.complete()).toBe(false)
    }),
    { numRuns: 3000 },
  )
})
