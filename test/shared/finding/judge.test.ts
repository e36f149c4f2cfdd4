import { describe, expect, test } from 'vitest'
import type { ConnectAttempt, Greeting } from '#shared/diagnosis/evidence.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import type { Distrust } from '#shared/diagnosis/tls-facts.ts'
import { judge } from '#shared/finding/judge.ts'
import { NO_CAPABILITIES } from '#shared/smtp/capabilities.ts'
import { doneStep, failedStep, offering, reply, settings, STARTED_AT, tls } from './evidence-for-tests.ts'

function idsOf(steps: readonly Step[], changed = {}) {
  return judge({ account: settings(changed), steps }).map(({ id }) => id)
}

function attempt(changed: Partial<ConnectAttempt>): ConnectAttempt {
  return { address: '192.0.2.1', family: 4, port: 587, outcome: 'refused', ms: 3, code: null, ...changed }
}

function connected(greeting: Greeting) {
  return failedStep('connect', {
    kind: 'connected',
    address: '192.0.2.1',
    family: 4,
    port: 587,
    attempts: [],
    connectMs: 3,
    greeting,
  })
}

describe('resolve', () => {
  test.for([
    ['NXDOMAIN', 'resolve-name-not-found'],
    ['NODATA', 'resolve-no-address'],
    ['ENOTFOUND', 'resolve-name-not-found'],
  ] as const)('%s is %s', ([code, id]) => {
    expect(
      idsOf([failedStep('resolve', { kind: 'not-found', host: 'mail.example.com', resolver: 'system', code })]),
    ).toEqual([id])
  })

  test('a host that holds more than a name is a fault of the settings', () => {
    const host = 'mail.example.com:587'
    const step = failedStep('resolve', { kind: 'not-found', host, resolver: 'system', code: 'ENOTFOUND' })
    expect(idsOf([step], { host })).toEqual(['resolve-settings-invalid'])
  })

  test('a resolver that does not answer is not the name', () => {
    const step = failedStep('resolve', {
      kind: 'resolver-failed',
      host: 'm.example',
      resolver: '192.0.2.53:53',
      code: 'SERVFAIL',
    })
    expect(idsOf([step])).toEqual(['resolve-resolver-failed'])
  })
})

describe('connect', () => {
  test.for<readonly [Partial<ConnectAttempt>, string]>([
    [{ outcome: 'refused' }, 'connect-refused'],
    [{ outcome: 'refused', address: '127.0.0.1' }, 'connect-refused-here'],
    [{ outcome: 'timed-out' }, 'connect-timed-out'],
    [{ outcome: 'unreachable', address: '2001:db8::1', family: 6 }, 'connect-family-unreachable'],
    [{ outcome: 'unreachable' }, 'connect-unreachable'],
    [{ outcome: 'not-permitted' }, 'connect-not-permitted'],
    [{ outcome: 'reset' }, 'connect-reset'],
    [{ outcome: 'proxy-failed' }, 'connect-proxy-failed'],
    [{ outcome: 'failed' }, 'connect-failed'],
  ])('%j is %s', ([changed, id]) => {
    expect(idsOf([failedStep('connect', { kind: 'failed', port: 587, attempts: [attempt(changed)] })])).toEqual([id])
  })

  test('silence on port 25 points at the network, as most block it', () => {
    const step = failedStep('connect', {
      kind: 'failed',
      port: 25,
      attempts: [attempt({ outcome: 'timed-out', port: 25 })],
    })
    expect(idsOf([step], { port: 25 })).toEqual(['connect-port-25-blocked'])
  })

  test('a refusal over IPv4 says more than an unreachable IPv6', () => {
    const attempts = [attempt({ outcome: 'unreachable', address: '2001:db8::1', family: 6 }), attempt({})]
    expect(idsOf([failedStep('connect', { kind: 'failed', port: 587, attempts })])).toEqual(['connect-refused'])
  })

  test('a lost family is a warning when the other one works', () => {
    const step = doneStep('connect', {
      kind: 'connected',
      address: '192.0.2.1',
      family: 4,
      port: 587,
      attempts: [
        attempt({ outcome: 'timed-out', address: '2001:db8::1', family: 6 }),
        attempt({ outcome: 'connected' }),
      ],
      connectMs: 300,
      greeting: { kind: 'ready', reply: reply('220 mx'), ms: 10 },
    })
    expect(judge({ account: settings(), steps: [step] })).toMatchObject([
      { id: 'connect-family-detour', severity: 'warning' },
    ])
  })

  test.for<readonly [Greeting, string]>([
    [{ kind: 'silent', waitedMs: 30_000 }, 'connect-greeting-silent'],
    [{ kind: 'closed', ms: 5, reset: false }, 'connect-greeting-closed'],
    [{ kind: 'not-smtp', looksLike: 'tls', preview: '', ms: 1 }, 'connect-tls-expected'],
    [{ kind: 'not-smtp', looksLike: 'http', preview: 'HTTP/1.1 400', ms: 1 }, 'connect-not-smtp'],
    [{ kind: 'not-smtp', looksLike: 'unknown', preview: 'hi', ms: 1 }, 'connect-not-smtp-unknown'],
    [
      { kind: 'rejected', reply: reply('554 mx Your IP is blacklisted by example'), ms: 1 },
      'connect-greeting-blocklisted',
    ],
    [
      { kind: 'rejected', reply: reply('421 4.7.0 too many connections from your address'), ms: 1 },
      'connect-greeting-rate-limited',
    ],
    [
      { kind: 'rejected', reply: reply('554-Bad DNS PTR resource record', '554 no service'), ms: 1 },
      'connect-greeting-no-ptr',
    ],
    [{ kind: 'rejected', reply: reply('450 4.3.2 Please come again'), ms: 1 }, 'connect-greeting-temporary'],
    [{ kind: 'ready', reply: reply('220 mx'), ms: 12_000 }, 'connect-greeting-slow'],
  ])('the greeting %j is %s', ([greeting, id]) => {
    expect(idsOf([connected(greeting)])).toEqual([id])
  })

  test('silence on port 465 means that TLS was expected at once', () => {
    expect(idsOf([connected({ kind: 'silent', waitedMs: 9000 })], { port: 465 })).toEqual(['connect-tls-expected'])
  })
})

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
      failedStep('encrypt', { kind: 'starttls-not-offered', capabilities: NO_CAPABILITIES, mangled: false }),
      'encrypt-starttls-not-offered',
    ],
    [
      failedStep('encrypt', { kind: 'starttls-not-offered', capabilities: NO_CAPABILITIES, mangled: true }),
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

describe('sign-in', () => {
  const refused = reply('535 5.7.8 Authentication failed')
  const rejected = (mechanism: string, said = refused) =>
    failedStep('sign-in', { kind: 'rejected', mechanism, reply: said })

  test('one refusal means different things with different providers', () => {
    expect(idsOf([rejected('plain')])).toEqual(['sign-in-refused'])
    expect(idsOf([rejected('plain')], { host: 'smtp.mail.yahoo.com' })).toEqual(['sign-in-needs-app-password'])
    expect(idsOf([rejected('plain')], { host: 'smtp-mail.outlook.com' })).toEqual(['sign-in-basic-auth-retired'])
    expect(idsOf([rejected('plain')], { host: 'smtp.sendgrid.net' })).toEqual(['sign-in-wrong-kind-of-secret'])
    expect(idsOf([rejected('xoauth2')])).toEqual(['sign-in-token-not-permitted'])
  })

  test.for([
    [reply('534 5.7.9 Application-specific password required'), 'sign-in-needs-app-password'],
    [
      reply('535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant'),
      'sign-in-disabled-for-tenant',
    ],
    [reply('535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'), 'sign-in-basic-auth-retired'],
    [reply('454 4.7.0 Too many login attempts, please try again later'), 'sign-in-too-many-attempts'],
    [reply('535 5.7.0 Account is locked'), 'sign-in-account-locked'],
    [reply('451 Authentication failed: Maximum credits exceeded'), 'sign-in-account-suspended'],
    [reply('530 5.7.0 Must issue a STARTTLS command first'), 'sign-in-starttls-required'],
    [reply('504 5.5.4 Unrecognized authentication type'), 'sign-in-mechanism-unsupported'],
    [reply('454 4.3.0 Temporary authentication failure'), 'sign-in-temporary'],
    [reply('599 hm'), 'sign-in-not-accepted'],
  ] as const)('%j is %s', ([said, id]) => {
    expect(idsOf([rejected('plain', said)])).toEqual([id])
  })

  test.for([
    [
      failedStep('sign-in', { kind: 'not-offered', encrypted: false, starttlsOffered: true }),
      'sign-in-needs-encryption',
    ],
    [failedStep('sign-in', { kind: 'not-offered', encrypted: true, starttlsOffered: false }), 'sign-in-not-offered'],
    [
      failedStep('sign-in', { kind: 'no-shared-mechanism', wanted: 'cram-md5', offered: ['PLAIN'] }),
      'sign-in-mechanism-unsupported',
    ],
    [
      failedStep('sign-in', { kind: 'withheld', because: 'not-encrypted', mechanism: 'plain' }),
      'sign-in-needs-encryption',
    ],
    [
      failedStep('sign-in', { kind: 'withheld', because: 'untrusted', mechanism: 'plain' }),
      'sign-in-certificate-not-trusted',
    ],
    [failedStep('sign-in', { kind: 'no-secret', because: 'none-stored' }), 'sign-in-no-secret'],
    [failedStep('sign-in', { kind: 'server-not-proved', mechanism: 'scram-sha-256' }), 'sign-in-server-not-proved'],
    [
      failedStep('sign-in', { kind: 'no-reply', mechanism: 'plain', fault: { cause: 'closed', detail: null } }),
      'sign-in-no-reply',
    ],
  ] as const)('%j', ([step, id]) => {
    expect(idsOf([step])).toEqual([id])
  })

  test('a password that went over plain text is a warning, though it worked', () => {
    const plain = doneStep('encrypt', { kind: 'plain', capabilities: NO_CAPABILITIES, heloOnly: false })
    const accepted = doneStep('sign-in', { kind: 'accepted', mechanism: 'plain', reply: reply('235 ok') })
    expect(idsOf([plain, accepted], { security: 'none' })).toEqual(['sign-in-plaintext'])
  })
})

describe('deliver', () => {
  const mail = (...lines: string[]) =>
    failedStep('deliver', { kind: 'mail-refused', mailFrom: 'ann@example.com', reply: reply(...lines), signedIn: true })
  const rcpt = (...lines: string[]) =>
    failedStep('deliver', {
      kind: 'rcpt-refused',
      mailFrom: 'ann@example.com',
      recipients: [{ address: 'bob@example.net', reply: reply(...lines) }],
      signedIn: true,
    })
  const data = (...lines: string[]) =>
    failedStep('deliver', {
      kind: 'data-refused',
      mailFrom: 'ann@example.com',
      reply: reply(...lines),
      sizeBytes: 10,
      signedIn: true,
    })

  test.for([
    [mail('553 5.7.1 Sender address rejected: not owned by user ann'), 'deliver-sender-not-allowed'],
    [mail('530 5.7.1 Authentication required'), 'deliver-sign-in-required'],
    [mail('530 5.7.0 Must issue a STARTTLS command first'), 'deliver-starttls-required'],
    [mail('552 5.3.4 Message size exceeds fixed limit'), 'deliver-too-large'],
    [mail('550 5.9.9 no'), 'deliver-sender-refused'],
    [mail('450 4.9.9 no'), 'deliver-temporary-error'],
    [rcpt('550 5.1.1 User unknown'), 'deliver-recipient-unknown'],
    [rcpt('554 5.7.1 Relay access denied'), 'deliver-relay-denied'],
    [rcpt('450 4.2.0 Greylisted for 300 seconds'), 'deliver-greylisted'],
    [rcpt('504 5.5.2 <web01>: Helo command rejected: need fully-qualified hostname'), 'deliver-ehlo-name-rejected'],
    [
      rcpt('554 5.7.1 Client host [192.0.2.9] blocked using zen.spamhaus.org; Error: open resolver'),
      'deliver-blocklist-misread',
    ],
    [
      data(
        '550-5.7.26 This mail has been blocked because the sender is unauthenticated.',
        '550 5.7.26 Gmail requires SPF or DKIM',
      ),
      'deliver-spf',
    ],
    [data('550 5.7.1 rejected per DMARC policy'), 'deliver-dmarc'],
    [data('550 5.7.25 The IP address has no PTR record'), 'deliver-ptr-missing'],
    [data('554 5.6.9 odd'), 'deliver-needs-smtputf8'],
    [data('599 odd'), 'deliver-refused'],
  ] as const)('%j is %s', ([step, id]) => {
    expect(idsOf([step])).toEqual([id])
  })

  test('many recipients refused for one reason are one finding', () => {
    const recipients = Array.from({ length: 100 }, (_, index) => ({
      address: `u${index}@example.net`,
      reply: reply('550 5.1.1 User unknown'),
    }))
    const step = failedStep('deliver', {
      kind: 'rcpt-refused',
      mailFrom: 'ann@example.com',
      recipients,
      signedIn: true,
    })
    expect(idsOf([step])).toEqual(['deliver-recipient-unknown'])
  })

  test('a message whose receipt never came may have arrived, and that is said', () => {
    const step = failedStep('deliver', {
      kind: 'no-reply',
      command: 'message',
      fault: { cause: 'closed', detail: null },
    })
    expect(idsOf([step])).toEqual(['deliver-unknown-after-data'])
  })
})

describe('domain', () => {
  const looked = (changed: object) =>
    doneStep('domain', {
      kind: 'looked-up',
      domain: 'example.com',
      sendingIp: '192.0.2.1',
      spf: { record: 'v=spf1 mx -all', state: 'one', coversProvider: null, wantedInclude: null },
      dmarc: { record: 'v=DMARC1; p=none', state: 'one', policy: 'none', at: '_dmarc.example.com' },
      ptr: { address: '192.0.2.1', names: ['mx.example.com'], confirmed: true },
      ...changed,
    })

  test('a domain in order has no findings', () => {
    expect(idsOf([looked({})])).toEqual([])
  })

  test.for([
    [{ spf: { record: null, state: 'none', coversProvider: null, wantedInclude: null } }, 'domain-spf-missing'],
    [{ spf: { record: null, state: 'several', coversProvider: null, wantedInclude: null } }, 'domain-spf-several'],
    [
      { spf: { record: 'v=spf1 -all', state: 'one', coversProvider: false, wantedInclude: '_spf.example.org' } },
      'domain-spf-lacks-provider',
    ],
    [{ dmarc: { record: null, state: 'none', policy: null, at: null } }, 'domain-dmarc-missing'],
    [{ dmarc: { record: null, state: 'several', policy: null, at: null } }, 'domain-dmarc-several'],
    [{ ptr: { address: '192.0.2.1', names: [], confirmed: false } }, 'domain-ptr-missing'],
    [{ ptr: { address: '192.0.2.1', names: ['a.example'], confirmed: false } }, 'domain-ptr-not-confirmed'],
  ] as const)('%j is %s, and a warning', ([changed, id]) => {
    expect(judge({ account: settings(), steps: [looked(changed)] })).toMatchObject([{ id, severity: 'warning' }])
  })
})

describe('a run as a whole', () => {
  const cancelled = (because: 'stopped' | 'out-of-time'): Step => ({
    id: 'connect',
    state: 'cancelled',
    startedAt: STARTED_AT,
    ms: 2000,
    because,
    evidence: null,
  })

  test('stopped and out of time are different answers', () => {
    expect(judge({ account: settings(), steps: [cancelled('stopped')] })).toMatchObject([
      { id: 'connect-stopped', severity: 'info' },
    ])
    expect(judge({ account: settings(), steps: [cancelled('out-of-time')] })).toMatchObject([
      { id: 'connect-out-of-time', severity: 'error' },
    ])
  })

  test('a skipped step says nothing', () => {
    const skipped: Step = {
      id: 'deliver',
      state: 'skipped',
      startedAt: null,
      ms: null,
      reason: 'not-asked',
      evidence: null,
    }
    expect(idsOf([skipped])).toEqual([])
  })

  test('an error comes first and names what it explains', () => {
    const plain = doneStep('encrypt', { kind: 'plain', capabilities: offering(), heloOnly: false })
    const withheld = failedStep('sign-in', { kind: 'withheld', because: 'not-encrypted', mechanism: 'plain' })
    expect(judge({ account: settings({ security: 'none' }), steps: [plain, withheld] })).toMatchObject([
      { id: 'sign-in-needs-encryption', explainedBy: null },
      { id: 'encrypt-not-used', explainedBy: 'sign-in-needs-encryption' },
    ])
  })
})
