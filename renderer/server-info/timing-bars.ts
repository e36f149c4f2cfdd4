import type { ServerInfo } from '#shared/contract/server-info.ts'
import type { Bar } from '../delivery-path/waterfall.ts'

/** Where the time of a look went, one part behind the other: nothing of one connection overlaps. */
export function timingBars({ timings, security }: Pick<ServerInfo, 'timings' | 'security'>): readonly Bar[] {
  const greeting = ['Waiting for the greeting', timings.greetingMs, 'waiting'] as const
  const ehlo = ['EHLO', timings.ehloMs, 'plain'] as const
  const tls = ['TLS handshake', timings.tlsMs, 'plain'] as const
  const parts = [
    ['Name lookup', timings.resolveMs, 'plain'] as const,
    ['TCP connection', timings.connectMs, 'plain'] as const,
    ...(security === 'tls'
      ? [tls, greeting, ehlo]
      : [greeting, ehlo, ['STARTTLS', timings.starttlsMs, 'plain'] as const, tls]),
    ['EHLO again', timings.secondEhloMs, 'plain'] as const,
  ]
  let startMs = 0
  const bars: Bar[] = []
  for (const [label, durationMs, tone] of parts) {
    if (durationMs === null || durationMs <= 0) continue
    bars.push({ label, startMs, durationMs, tone })
    startMs += durationMs
  }
  return bars
}
