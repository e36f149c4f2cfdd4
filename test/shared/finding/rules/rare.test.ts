import { expect, test } from 'vitest'
import type { AccountSettings } from '#shared/account/account.ts'
import type { HandshakeFault } from '#shared/diagnosis/evidence.ts'
import type { Greeting } from '#shared/diagnosis/evidence.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'
import { doneStep, failedStep, idsOf, offering, reply, STARTED_AT, tls } from '../evidence-for-tests.ts'

/** A step that was still on when the run was stopped, or when its time was up. */
function cancelled(id: StepId, because: 'stopped' | 'out-of-time'): Step {
  return { id, state: 'cancelled', startedAt: STARTED_AT, ms: 30_000, because, evidence: null }
}

function behindTls(greeting: Greeting): Step {
  return failedStep('encrypt', { kind: 'greeting-failed', tls: tls(), greeting })
}

function shaken(kind: HandshakeFault['kind'], mode: 'tls' | 'starttls' = 'tls'): Step {
  const fault = { kind, code: null, message: kind }
  return failedStep('encrypt', { kind: 'handshake-failed', mode, fault, before: null })
}

const PORT_465 = { port: 465, security: 'tls' } as const

/** What is seen too seldom, or too late, for a practice fault: one stored observation for each. */
const STORED: readonly (readonly [id: FindingId, steps: readonly Step[], settings?: Partial<AccountSettings>])[] = [
  ['resolve-stopped', [cancelled('resolve', 'stopped')]],
  ['resolve-out-of-time', [cancelled('resolve', 'out-of-time')]],
  ['connect-stopped', [cancelled('connect', 'stopped')]],
  ['connect-out-of-time', [cancelled('connect', 'out-of-time')]],
  ['encrypt-stopped', [cancelled('encrypt', 'stopped')]],
  ['encrypt-out-of-time', [cancelled('encrypt', 'out-of-time')]],
  ['sign-in-stopped', [cancelled('sign-in', 'stopped')]],
  ['sign-in-out-of-time', [cancelled('sign-in', 'out-of-time')]],
  ['deliver-stopped', [cancelled('deliver', 'stopped')]],
  ['deliver-out-of-time', [cancelled('deliver', 'out-of-time')]],
  ['domain-stopped', [cancelled('domain', 'stopped')]],
  ['domain-out-of-time', [cancelled('domain', 'out-of-time')]],
  [
    'connect-greeting-refused',
    [
      failedStep('connect', {
        kind: 'connected',
        address: '203.0.113.5',
        family: 4,
        port: 587,
        attempts: [],
        connectMs: 3,
        greeting: { kind: 'rejected', reply: reply('599 not for you'), ms: 5 },
      }),
    ],
  ],
  ['encrypt-greeting-refused', [behindTls({ kind: 'rejected', reply: reply('599 not for you'), ms: 5 })], PORT_465],
  [
    'encrypt-greeting-rate-limited',
    [behindTls({ kind: 'rejected', reply: reply('421 4.7.0 too many connections from your address'), ms: 5 })],
    PORT_465,
  ],
  [
    'encrypt-greeting-temporary',
    [behindTls({ kind: 'rejected', reply: reply('450 4.3.2 come again'), ms: 5 })],
    PORT_465,
  ],
  ['encrypt-greeting-closed', [behindTls({ kind: 'closed', ms: 5, reset: false })], PORT_465],
  [
    'encrypt-greeting-slow',
    [
      doneStep('encrypt', {
        kind: 'encrypted',
        tls: tls(),
        before: null,
        after: offering('PLAIN'),
        greeting: { kind: 'ready', reply: reply('220 mx'), ms: 8_000 },
        heloOnly: false,
        injectedOctets: 0,
      }),
    ],
    PORT_465,
  ],
  [
    'encrypt-certificate-not-trusted',
    [
      failedStep('encrypt', {
        kind: 'untrusted',
        tls: tls({ trusted: false, distrust: 'other', reason: 'odd' }),
        before: null,
      }),
    ],
  ],
  ['encrypt-handshake-silent', [shaken('timed-out')], PORT_465],
  ['encrypt-large-packets-lost', [shaken('timed-out', 'starttls')]],
  ['encrypt-handshake-closed', [shaken('closed')], PORT_465],
  [
    'encrypt-ehlo-refused',
    [
      failedStep('encrypt', {
        kind: 'ehlo-refused',
        reply: reply('500 what'),
        ehloName: 'web01.example.com',
        encrypted: false,
      }),
    ],
  ],
  [
    'encrypt-not-used',
    [doneStep('encrypt', { kind: 'plain', capabilities: offering(), heloOnly: false })],
    { security: 'none', auth: 'none', user: null },
  ],
  [
    'deliver-sender-malformed',
    [
      failedStep('deliver', {
        kind: 'mail-refused',
        mailFrom: 'root',
        reply: reply('504 5.5.2 <root>: Sender address rejected: need fully-qualified address'),
        signedIn: true,
      }),
    ],
  ],
  [
    'deliver-recipient-refused',
    [
      failedStep('deliver', {
        kind: 'rcpt-refused',
        mailFrom: 'ann@example.com',
        recipients: [{ address: 'bob@example.net', reply: reply('599 odd') }],
        signedIn: true,
      }),
    ],
  ],
  [
    'deliver-some-recipients-refused',
    [
      doneStep('deliver', {
        kind: 'envelope-accepted',
        mailFrom: 'ann@example.com',
        recipients: [
          { address: 'bob@example.net', reply: reply('250 ok') },
          { address: 'eve@example.net', reply: reply('550 5.1.1 User unknown') },
        ],
      }),
    ],
  ],
  [
    'domain-unknown',
    [
      doneStep('domain', {
        kind: 'looked-up',
        domain: 'example.com',
        sendingIp: null,
        spf: { record: null, state: 'unknown', coversProvider: null, wantedInclude: null },
        dmarc: { record: null, state: 'unknown', policy: null, at: null },
        ptr: null,
      }),
    ],
  ],
]

test.for(STORED)('%s', ([id, steps, settings]) => {
  expect(idsOf(steps, settings)).toContain(id)
})

test('a server that answers EHLO, and offers nothing, is not one that knows only HELO', () => {
  const answered = { ...NO_CAPABILITIES, lines: ['250 mx'] }
  expect(
    idsOf([failedStep('encrypt', { kind: 'starttls-not-offered', capabilities: answered, mangled: false })]),
  ).toEqual(['encrypt-starttls-not-offered'])
})
