import { describe, expect, test } from 'vitest'
import type { ConnectAttempt, Greeting } from '#shared/diagnosis/evidence.ts'
import { judge } from '#shared/finding/judge.ts'
import { doneStep, failedStep, idsOf, reply, settings } from '../evidence-for-tests.ts'

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

  test('a source address of another machine is named, not the network blamed', () => {
    const attempts = [attempt({ outcome: 'unreachable', code: 'EADDRNOTAVAIL' })]
    const steps = [failedStep('connect', { kind: 'failed', port: 587, attempts })]
    expect(idsOf(steps, { sourceIp: '192.0.2.77' })).toEqual(['connect-source-not-here'])
    expect(idsOf(steps)).toEqual(['connect-unreachable'])
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
    [{ kind: 'ready', reply: reply('220 mx'), ms: 4_000 }, 'connect-greeting-slow'],
  ])('the greeting %j is %s', ([greeting, id]) => {
    expect(idsOf([connected(greeting)])).toEqual([id])
  })

  test('silence on port 465 means that TLS was expected at once', () => {
    expect(idsOf([connected({ kind: 'silent', waitedMs: 9000 })], { port: 465 })).toEqual(['connect-tls-expected'])
  })
})

describe('an address of the other family that was broken off', () => {
  const connected = (brokenOffMs: number, wonMs: number) =>
    doneStep('connect', {
      kind: 'connected',
      address: '192.0.2.1',
      family: 4,
      port: 587,
      attempts: [
        attempt({ outcome: 'abandoned', address: '2001:db8::1', family: 6, ms: brokenOffMs }),
        attempt({ outcome: 'connected', ms: wonMs }),
      ],
      connectMs: brokenOffMs,
      greeting: { kind: 'ready', reply: reply('220 mx'), ms: 10 },
    })

  test('hung, where the one that won answered much sooner', () => {
    expect(idsOf([connected(280, 20)])).toEqual(['connect-family-detour'])
  })

  test('says nothing, where it was about as slow as the one that won', () => {
    expect(idsOf([connected(500, 240)])).toEqual([])
  })
})
