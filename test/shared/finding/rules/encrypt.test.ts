import { describe, expect, test } from 'vitest'
import type { Distrust } from '#shared/diagnosis/tls-facts.ts'
import { judge } from '#shared/finding/judge.ts'
import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'
import { doneStep, failedStep, idsOf, offering, reply, settings, tls } from '../evidence-for-tests.ts'

/** EHLO was answered, and offers nothing. */
const ANSWERED = { ...NO_CAPABILITIES, lines: ['250 mx'] }

describe('encrypt', () => {
  test.for<readonly [Distrust, string]>([
    ['expired', 'encrypt-certificate-expired'],
    ['not-yet-valid', 'encrypt-certificate-not-yet-valid'],
    ['wrong-name', 'encrypt-certificate-wrong-name'],
    ['self-signed', 'encrypt-certificate-self-signed'],
    ['unknown-issuer', 'encrypt-certificate-unknown-issuer'],
    ['incomplete-chain', 'encrypt-certificate-incomplete-chain'],
    ['intercepted', 'encrypt-certificate-intercepted'],
    ['revoked', 'encrypt-certificate-revoked'],
    ['fingerprint-mismatch', 'encrypt-certificate-not-pinned'],
    ['weak', 'encrypt-certificate-weak'],
  ])('a certificate that is %s is %s', ([distrust, id]) => {
    const untrusted = tls({ trusted: false, distrust, reason: 'the reason' })
    expect(idsOf([failedStep('encrypt', { kind: 'untrusted', tls: untrusted, before: null })])).toEqual([id])
  })

  test('where the account goes on without trust, the same finding is a warning', () => {
    const encrypted = doneStep('encrypt', {
      kind: 'encrypted',
      tls: tls({ trusted: false, distrust: 'self-signed', reason: 'self-signed' }),
      before: offering(),
      after: offering('PLAIN'),
      greeting: null,
      heloOnly: false,
      injectedOctets: 0,
    })
    expect(judge({ account: settings({ verifyCertificate: false }), steps: [encrypted] })).toMatchObject([
      { id: 'encrypt-certificate-self-signed', severity: 'warning' },
    ])
  })

  test('what works and will not last, or is weaker than it seems, is a warning', () => {
    const [leaf] = tls().chain
    const expiring = leaf ? [{ ...leaf, notAfter: '2026-11-08T00:00:00.000Z' }] : []
    const encrypted = doneStep('encrypt', {
      kind: 'encrypted',
      tls: tls({ protocol: 'TLSv1.1', chain: expiring }),
      before: offering(),
      after: offering('PLAIN'),
      greeting: null,
      heloOnly: false,
      injectedOctets: 12,
    })
    const found = judge({ account: settings(), steps: [encrypted] })
    expect(found.map(({ id }) => id)).toEqual([
      'encrypt-certificate-expires-soon',
      'encrypt-old-protocol',
      'encrypt-injected-octets',
    ])
    expect(found[0]?.facts).toMatchObject({ days: 7 })
  })

  test.for([
    [
      failedStep('encrypt', { kind: 'starttls-not-offered', capabilities: ANSWERED, mangled: false }),
      'encrypt-starttls-not-offered',
    ],
    [
      failedStep('encrypt', { kind: 'starttls-not-offered', capabilities: ANSWERED, mangled: true }),
      'encrypt-starttls-stripped',
    ],
    [
      failedStep('encrypt', { kind: 'starttls-refused', reply: reply('454 4.3.0 not now'), capabilities: offering() }),
      'encrypt-starttls-refused',
    ],
    [
      failedStep('encrypt', {
        kind: 'starttls-refused',
        reply: reply('502 5.5.1 command not implemented'),
        capabilities: offering(),
      }),
      'encrypt-starttls-refused',
    ],
    [
      failedStep('encrypt', {
        kind: 'ehlo-refused',
        reply: reply('504 5.5.2 <web01>: need fully-qualified hostname'),
        ehloName: 'web01',
        encrypted: false,
      }),
      'encrypt-ehlo-name-rejected',
    ],
    [
      failedStep('encrypt', { kind: 'ehlo-refused', reply: reply('550 go away'), ehloName: 'web01', encrypted: false }),
      'encrypt-ehlo-name-rejected',
    ],
    [
      failedStep('encrypt', {
        kind: 'no-reply',
        command: 'EHLO',
        fault: { cause: 'closed', detail: null },
        encrypted: false,
      }),
      'encrypt-no-reply',
    ],
    [
      failedStep('encrypt', { kind: 'greeting-failed', tls: tls(), greeting: { kind: 'silent', waitedMs: 9000 } }),
      'encrypt-greeting-silent',
    ],
  ] as const)('%j', ([step, id]) => {
    expect(idsOf([step])).toEqual([id])
  })

  test.for([
    ['plaintext-answer', 'tls', 'encrypt-tls-on-starttls-port'],
    ['plaintext-answer', 'starttls', 'encrypt-starttls-broken'],
    ['protocol-version', 'tls', 'encrypt-protocol-too-old'],
    ['no-shared-cipher', 'tls', 'encrypt-no-shared-cipher'],
    ['weak-key', 'tls', 'encrypt-weak-key'],
    ['client-certificate', 'starttls', 'encrypt-client-certificate'],
    ['local-file', 'tls', 'encrypt-local-file'],
    ['closed', 'starttls', 'encrypt-starttls-broken'],
    ['closed', 'tls', 'encrypt-tls-on-starttls-port'],
    ['other', 'tls', 'encrypt-handshake-failed'],
  ] as const)('a handshake that ends with %s (%s) is %s', ([kind, mode, id]) => {
    const fault = { kind, code: null, message: 'said the library' }
    expect(idsOf([failedStep('encrypt', { kind: 'handshake-failed', mode, fault, before: null })])).toEqual([id])
  })
})

test('where the settings ask for STARTTLS and only HELO works, that is the cause and the missing offer its consequence', () => {
  const step = failedStep('encrypt', { kind: 'starttls-not-offered', capabilities: NO_CAPABILITIES, mangled: false })
  expect(judge({ account: settings(), steps: [step] })).toMatchObject([
    { id: 'encrypt-helo-only', severity: 'error', class: 'starttls-not-offered', explainedBy: null },
    { id: 'encrypt-starttls-not-offered', explainedBy: 'encrypt-helo-only' },
  ])
})

test('a service of another kind where TLS was expected is named', () => {
  const fault = { kind: 'plaintext-answer', code: null, message: 'plain text in place of TLS: SSH-2.0-x' } as const
  const step = failedStep('encrypt', { kind: 'handshake-failed', mode: 'tls', fault, before: null })
  expect(judge({ account: settings({ security: 'tls' }), steps: [step] })).toMatchObject([
    { id: 'encrypt-not-smtp', facts: { looksLike: 'SSH (remote shell)' } },
  ])
})
