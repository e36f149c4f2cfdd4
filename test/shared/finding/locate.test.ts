import { describe, expect, test } from 'vitest'
import type { BlockObservations, DialRole, DialSeen } from '#shared/diagnosis/block-observations.ts'
import type { ResolveEvidence } from '#shared/diagnosis/evidence.ts'
import { locateBlock } from '#shared/finding/locate.ts'

function dialed(role: DialRole, outcome: DialSeen['outcome'], changed: Partial<DialSeen> = {}): DialSeen {
  return { role, outcome, address: '203.0.113.5', family: 4, port: 587, ms: 20, code: null, ...changed }
}

function resolvedTo(...addresses: string[]): ResolveEvidence {
  const found = addresses.map(address => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) }))
  return { kind: 'resolved', host: 'mail.example.com', resolver: 'system', addresses: found, canonicalName: null }
}

function observed(changed: Partial<BlockObservations>): BlockObservations {
  return {
    host: 'mail.example.com',
    port: 587,
    security: 'starttls',
    inContainer: false,
    resolve: resolvedTo('203.0.113.5'),
    dns: null,
    dials: [],
    talk: null,
    controlHost: null,
    ...changed,
  }
}

const NOT_FOUND = { kind: 'not-found', host: 'mail.example.com', resolver: 'system', code: 'ENOTFOUND' } as const
const SILENT = { kind: 'resolver-failed', host: 'mail.example.com', resolver: 'system', code: 'EAI_AGAIN' } as const
const TALK = { greeting: null, mangled: false, certificate: null } as const

describe('the likeliest reading', () => {
  test.for<readonly [string, string, Partial<BlockObservations>]>([
    ['a name that nobody knows', 'name-wrong', { resolve: NOT_FOUND, dns: NOT_FOUND }],
    ['a name of an inner network', 'split-dns', { host: 'mail.corp', resolve: NOT_FOUND }],
    ['a name that only the DNS knows', 'split-dns', { resolve: NOT_FOUND, dns: resolvedTo('203.0.113.5') }],
    ['a resolver that is silent', 'resolver-silent', { resolve: SILENT, dns: SILENT }],
    [
      'a refusal, with another port open',
      'wrong-port',
      { dials: [dialed('asked', 'refused'), dialed('other-port', 'connected', { port: 465 })] },
    ],
    [
      'refusals on every port',
      'server-down',
      { dials: [dialed('asked', 'refused'), dialed('other-port', 'refused', { port: 465 })] },
    ],
    [
      'a router that says "no way" for one port alone',
      'network-blocks-port',
      { dials: [dialed('asked', 'unreachable'), dialed('other-port', 'connected', { port: 465 })] },
    ],
    [
      'a refusal here and at the host to compare with',
      'network-blocks-port',
      { dials: [dialed('asked', 'refused'), dialed('control', 'refused')] },
    ],
    [
      'silence on 25, with another port open',
      'network-blocks-port',
      { port: 25, dials: [dialed('asked', 'timed-out', { port: 25 }), dialed('other-port', 'connected')] },
    ],
    [
      'silence here and at the host to compare with',
      'network-blocks-port',
      { dials: [dialed('asked', 'timed-out'), dialed('control', 'timed-out')] },
    ],
    [
      'silence here, while the host to compare with answers',
      'server-down',
      {
        dials: [
          dialed('asked', 'timed-out'),
          dialed('other-port', 'timed-out', { port: 465 }),
          dialed('control', 'connected'),
        ],
      },
    ],
    [
      'the same, with another port of the server open',
      'wrong-port',
      {
        dials: [
          dialed('asked', 'timed-out'),
          dialed('other-port', 'connected', { port: 465 }),
          dialed('control', 'connected'),
        ],
      },
    ],
    [
      'silence everywhere',
      'server-down',
      { dials: [dialed('asked', 'timed-out'), dialed('other-port', 'timed-out', { port: 465 })] },
    ],
    [
      'no route at all',
      'offline',
      {
        dials: [dialed('asked', 'unreachable'), dialed('asked', 'unreachable', { family: 6, address: '2001:db8::5' })],
      },
    ],
    [
      'no route over IPv6, the only family',
      'family-blocked',
      { dials: [dialed('asked', 'unreachable', { family: 6, address: '2001:db8::5' })] },
    ],
    [
      'one family that hangs beside one that works',
      'family-blocked',
      {
        dials: [dialed('asked', 'connected'), dialed('asked', 'timed-out', { family: 6, address: '2001:db8::5' })],
        talk: TALK,
      },
    ],
    ['a local firewall', 'local-firewall', { dials: [dialed('asked', 'not-permitted', { code: 'EPERM' })] }],
    [
      'a port that nobody uses, and yet it answers',
      'answers-everywhere',
      { dials: [dialed('asked', 'connected'), dialed('unused-port', 'connected', { port: 51_234 })] },
    ],
    [
      'a web page in place of a greeting',
      'captive-portal',
      {
        dials: [dialed('asked', 'connected')],
        talk: { ...TALK, greeting: { kind: 'not-smtp', looksLike: 'http', preview: 'HTTP/1.1 302 Found', ms: 1 } },
      },
    ],
    [
      'extensions that are overwritten',
      'interception',
      { dials: [dialed('asked', 'connected')], talk: { ...TALK, mangled: true } },
    ],
    [
      'a certificate of an antivirus program',
      'interception',
      {
        dials: [dialed('asked', 'connected')],
        talk: {
          ...TALK,
          certificate: { subject: 'CN=x', issuer: 'CN=Mail Shield', trusted: false, distrust: 'intercepted' },
        },
      },
    ],
    [
      'localhost in a container',
      'localhost-in-container',
      { host: 'localhost', inContainer: true, dials: [dialed('asked', 'refused', { address: '127.0.0.1' })] },
    ],
    [
      'localhost outside of one',
      'server-down',
      { host: 'localhost', dials: [dialed('asked', 'refused', { address: '127.0.0.1' })] },
    ],
    [
      'a private address that leads nowhere',
      'split-dns',
      { resolve: resolvedTo('10.1.2.3'), dials: [dialed('asked', 'timed-out', { address: '10.1.2.3' })] },
    ],
    [
      'a server that takes the connection and is silent',
      'server-quiet',
      { dials: [dialed('asked', 'connected')], talk: { ...TALK, greeting: { kind: 'silent', waitedMs: 9000 } } },
    ],
    ['a server that speaks', 'reachable', { dials: [dialed('asked', 'connected')], talk: TALK }],
  ])('of %s is %s', ([, id, changed]) => {
    const readings = locateBlock(observed(changed))
    expect(readings[0]?.id).toBe(id)
    expect(readings[0]?.evidence).not.toEqual([])
    expect(readings.reduce((sum, { likelihood }) => sum + likelihood, 0)).toBeLessThanOrEqual(1.001)
  })
})

test('silence on another port than 25 is not decided without a host to compare with', () => {
  const [first, second] = locateBlock(
    observed({ dials: [dialed('asked', 'timed-out'), dialed('other-port', 'connected', { port: 465 })] }),
  )
  expect(new Set([first?.id, second?.id])).toEqual(new Set(['network-blocks-port', 'wrong-port']))
  expect(first?.likelihood).toBeLessThan(0.6)
})

test('ways in that are open are named with how each is spoken to, the safest first', () => {
  const dials = [
    dialed('asked', 'refused'),
    dialed('other-port', 'connected', { port: 25 }),
    dialed('other-port', 'connected', { port: 465 }),
  ]
  expect(locateBlock(observed({ dials }))[0]?.open).toEqual([
    { port: 465, security: 'tls' },
    { port: 25, security: 'none' },
  ])
})

test('a look that was stopped at once says nothing', () => {
  expect(locateBlock(observed({ dials: [dialed('asked', 'abandoned')] }))).toEqual([])
})
