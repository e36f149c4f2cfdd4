import type { Step } from '#shared/diagnosis/step.ts'

/** One bar: a part of the run that took time, in milliseconds from its first step. */
export type Bar = {
  readonly label: string
  readonly startMs: number
  readonly durationMs: number
  readonly tone: 'plain' | 'bad' | 'waiting'
}

type Timed = Step & { readonly startedAt: string; readonly ms: number }

/** Where the time went. A greeting that takes its time is a bar of its own: it is not a slow network. */
export function waterfallOf(steps: readonly Step[]): readonly Bar[] {
  const timed = steps.filter((step): step is Timed => step.startedAt !== null && step.ms !== null)
  const beganAt = Math.min(...timed.map(step => Date.parse(step.startedAt)))
  return timed
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
    .flatMap(step => barsOf(step, Math.max(0, Date.parse(step.startedAt) - beganAt)))
    .filter(bar => bar.durationMs > 0)
}

function barsOf(step: Timed, startMs: number): readonly Bar[] {
  const tone = step.state === 'failed' ? 'bad' : 'plain'
  const whole = (label: string): Bar => ({ label, startMs, durationMs: step.ms, tone })
  switch (step.id) {
    case 'resolve':
      return [whole('Name lookup')]
    case 'connect': {
      const seen = step.evidence
      if (seen?.kind !== 'connected' || seen.greeting === null) return [whole('TCP connection')]
      const waitedMs = seen.greeting.kind === 'silent' ? seen.greeting.waitedMs : seen.greeting.ms
      return [
        { label: 'TCP connection', startMs, durationMs: seen.connectMs, tone: 'plain' },
        {
          label: 'Waiting for the greeting',
          startMs: startMs + seen.connectMs,
          durationMs: waitedMs,
          tone: waitTone(tone),
        },
      ]
    }
    case 'encrypt': {
      const seen = step.evidence
      if (seen?.kind === 'plain') return [whole('EHLO')]
      if (seen?.kind !== 'encrypted' || seen.greeting?.kind !== 'ready')
        return [whole(seen?.kind === 'encrypted' ? 'TLS and EHLO' : 'TLS')]
      // With implicit TLS the greeting comes after the handshake, and EHLO after it; only the greeting is timed apart.
      const shakenMs = Math.max(0, step.ms - seen.greeting.ms)
      return [
        { label: 'TLS and EHLO', startMs, durationMs: shakenMs, tone },
        {
          label: 'Waiting for the greeting',
          startMs: startMs + shakenMs,
          durationMs: seen.greeting.ms,
          tone: 'waiting',
        },
      ]
    }
    case 'sign-in':
      return [whole('Sign-in')]
    case 'deliver':
      return [whole(step.evidence?.kind === 'sent' ? 'Envelope and message' : 'Envelope')]
    case 'domain':
      return [whole('Domain records')]
  }
}

function waitTone(tone: 'plain' | 'bad'): Bar['tone'] {
  return tone === 'bad' ? 'bad' : 'waiting'
}
