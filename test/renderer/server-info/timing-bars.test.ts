import { expect, test } from 'vitest'
import { timingBars } from '../../../renderer/server-info/timing-bars.ts'

const timings = {
  resolveMs: 1,
  connectMs: 10,
  greetingMs: 100,
  ehloMs: 5,
  starttlsMs: null,
  tlsMs: 20,
  secondEhloMs: null,
  totalMs: 136,
}

test('each part begins where the one before ended, and what was not done has no bar', () => {
  const bars = timingBars({ timings: { ...timings, starttlsMs: 5, secondEhloMs: 4 }, security: 'starttls' })
  expect(bars.map(({ label, startMs }) => [label, startMs])).toEqual([
    ['Name lookup', 0],
    ['TCP connection', 1],
    ['Waiting for the greeting', 11],
    ['EHLO', 111],
    ['STARTTLS', 116],
    ['TLS handshake', 121],
    ['EHLO again', 141],
  ])
})

test('with TLS from the start the greeting comes behind the handshake', () => {
  expect(timingBars({ timings, security: 'tls' }).map(({ label }) => label)).toEqual([
    'Name lookup',
    'TCP connection',
    'TLS handshake',
    'Waiting for the greeting',
    'EHLO',
  ])
})
