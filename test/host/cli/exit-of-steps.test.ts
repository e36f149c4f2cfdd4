import { describe, expect, test } from 'vitest'
import { exitOfSteps } from '#host/cli/exit-of-steps.ts'
import { Step } from '#shared/diagnosis/step.ts'
import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'

const reply = (code: number) => ({ code, enhanced: null, text: ['text'] })
const greeting = (code: number) => ({ kind: 'rejected', reply: reply(code), ms: 1 })
const attempt = (outcome: string) => ({ address: '127.0.0.1', family: 4, port: 25, outcome, ms: 1, code: null })
const connected = (seen: object) => ({
  kind: 'connected',
  address: '127.0.0.1',
  family: 4,
  port: 25,
  attempts: [attempt('connected')],
  connectMs: 1,
  greeting: seen,
})
const tls = { protocol: 'TLSv1.3', cipher: 'x', trusted: false, reason: 'expired', distrust: 'expired', chain: [] }

function failedStep(id: string, evidence: object): Step {
  return Step.parse({ id, state: 'failed', startedAt: '2026-11-21T10:00:00.000Z', ms: 1, evidence })
}

describe('the exit code tells what did not work', () => {
  test.each([
    [
      'a name that does not exist',
      68,
      'resolve',
      { kind: 'not-found', host: 'h', resolver: 'system', code: 'NXDOMAIN' },
    ],
    [
      'a resolver that is silent',
      75,
      'resolve',
      { kind: 'resolver-failed', host: 'h', resolver: 'system', code: 'TIMEOUT' },
    ],
    ['a refused connection', 69, 'connect', { kind: 'failed', port: 25, attempts: [attempt('refused')] }],
    [
      'an unreachable network',
      69,
      'connect',
      { kind: 'failed', port: 25, attempts: [attempt('unreachable'), attempt('timed-out')] },
    ],
    ['a connection that times out', 75, 'connect', { kind: 'failed', port: 25, attempts: [attempt('timed-out')] }],
    ['a greeting 421', 75, 'connect', connected(greeting(421))],
    ['a greeting 554', 69, 'connect', connected(greeting(554))],
    ['a greeting 354', 76, 'connect', connected(greeting(354))],
    ['no greeting', 75, 'connect', connected({ kind: 'silent', waitedMs: 30_000 })],
    ['a close before the greeting', 69, 'connect', connected({ kind: 'closed', ms: 1, reset: false })],
    ['another protocol', 76, 'connect', connected({ kind: 'not-smtp', looksLike: 'http', preview: 'HTTP/1.1', ms: 1 })],
    ['an untrusted certificate', 69, 'encrypt', { kind: 'untrusted', tls, before: null }],
    [
      'STARTTLS that is not offered',
      69,
      'encrypt',
      { kind: 'starttls-not-offered', capabilities: NO_CAPABILITIES, mangled: false },
    ],
    [
      'STARTTLS answered 454',
      75,
      'encrypt',
      { kind: 'starttls-refused', reply: reply(454), capabilities: NO_CAPABILITIES },
    ],
    [
      'a broken handshake',
      76,
      'encrypt',
      { kind: 'handshake-failed', mode: 'tls', fault: { kind: 'alert', code: null, message: 'x' }, before: null },
    ],
    [
      'EHLO and HELO refused',
      76,
      'encrypt',
      { kind: 'ehlo-refused', reply: reply(550), ehloName: 'h', encrypted: false },
    ],
    ['a refused password', 77, 'sign-in', { kind: 'rejected', mechanism: 'PLAIN', reply: reply(535) }],
    ['too many sign-ins', 75, 'sign-in', { kind: 'rejected', mechanism: 'PLAIN', reply: reply(454) }],
    ['no password to send', 78, 'sign-in', { kind: 'no-secret', because: 'none-stored' }],
    [
      'relay denied',
      77,
      'deliver',
      {
        kind: 'rcpt-refused',
        mailFrom: 'a@b.example',
        recipients: [{ address: 'c@d.example', reply: reply(554) }],
        signedIn: true,
      },
    ],
    [
      'greylisting',
      75,
      'deliver',
      {
        kind: 'rcpt-refused',
        mailFrom: 'a@b.example',
        recipients: [{ address: 'c@d.example', reply: reply(450) }],
        signedIn: true,
      },
    ],
  ])('%s: %i', (_, exit, id, evidence) => {
    expect(exitOfSteps([failedStep(id, evidence)])).toBe(exit)
  })

  test('a run out of time is a temporary failure, a stopped one is 130', () => {
    const cancelled = (because: string) =>
      Step.parse({ id: 'connect', state: 'cancelled', startedAt: null, ms: null, because, evidence: null })
    expect(exitOfSteps([cancelled('out-of-time')])).toBe(75)
    expect(exitOfSteps([cancelled('stopped')])).toBe(130)
  })

  test('a domain without SPF does not make a working path fail', () => {
    const evidence = {
      kind: 'looked-up',
      domain: 'd.example',
      sendingIp: null,
      ptr: null,
      spf: { record: null, state: 'none', coversProvider: null, wantedInclude: null },
      dmarc: { record: null, state: 'none', policy: null, at: null },
    }
    expect(exitOfSteps([failedStep('domain', evidence)])).toBe(0)
  })
})
