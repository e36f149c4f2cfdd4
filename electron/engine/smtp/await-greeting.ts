import type { Greeting } from '#shared/diagnosis/evidence.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { dial, type DialTarget } from '#engine/net/dial.ts'
import type { Recorder } from '#engine/smtp/recorder.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'

/** A server that greets at all does so within a second or two; one that waits for a TLS ClientHello is silent for ever. */
const SUSPICIOUS_SILENCE_MS = 3000

const PROBE_LIMIT_MS = 5000

/** Servers delay here on purpose, and hold it against clients that speak first (postscreen's pregreet test). */
const RELAY_PORT = 25

/**
 * Reads the greeting. When the server stays silent, a second connection finds out whether the port begins with TLS: the
 * answer then comes in seconds and is proved, where otherwise there would only be a time-out and a guess.
 */
export async function awaitGreeting(
  session: SmtpSession,
  target: DialTarget,
  recorder: Recorder,
  deadline: Deadline,
): Promise<Greeting> {
  const startedAt = performance.now()
  const greeted = new AbortController()
  const greeting = session.greeting(deadline).finally(() => greeted.abort())
  if (target.kind === 'socket' || target.port === RELAY_PORT) return greeting
  const probe = speaksTls(
    target,
    recorder,
    new Deadline(deadline.remainingMs(), AbortSignal.any([deadline.signal, greeted.signal])),
  )
  const tls = probe.then((spoken): Greeting | Promise<Greeting> => {
    if (!spoken) return greeting
    return { kind: 'not-smtp', looksLike: 'tls', preview: '', ms: performance.now() - startedAt }
  })
  return Promise.race([greeting, tls])
}

async function speaksTls(target: DialTarget, recorder: Recorder, deadline: Deadline): Promise<boolean> {
  if (!(await silenceLasts(deadline.signal))) return false
  const limit = deadline.within(PROBE_LIMIT_MS)
  const record = recorder.openConnection()
  record.note('no greeting so far: trying on a second connection whether the port begins with TLS')
  const dialed = await dial(target, limit)
  if (dialed.kind === 'failed') return false
  const [{ handshake }, { NO_MATERIAL }] = await Promise.all([
    import('#engine/tls/handshake.ts'),
    import('#engine/tls/trust-store.ts'),
  ])
  const shaken = await handshake(dialed.socket, '', NO_MATERIAL, limit, new Date())
  if (shaken.kind === 'failed') return false
  shaken.socket.destroy()
  record.note('it does: the TLS handshake worked')
  return true
}

function silenceLasts(greeted: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(true), SUSPICIOUS_SILENCE_MS)
    const onAbort = () => {
      clearTimeout(timer)
      resolve(false)
    }
    if (greeted.aborted) onAbort()
    greeted.addEventListener('abort', onAbort, { once: true })
  })
}
