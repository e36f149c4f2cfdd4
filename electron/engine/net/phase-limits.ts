/** The longest wait for each kind of answer, in milliseconds. All of them lie inside the one deadline of the attempt. */
export type PhaseLimits = {
  /** One TCP connection, proxy included. */
  readonly connectMs: number
  readonly greetingMs: number
  readonly handshakeMs: number
  /** One reply to one command. */
  readonly replyMs: number
  /** The reply to the whole message. */
  readonly messageMs: number
}

/*
 * RFC 5321 section 4.5.3.2 asks a mail server to wait minutes (greeting 5, the end of DATA 10). A person in front of a
 * window does not: these are long enough for tarpits and greet delays of half a minute, which the field uses.
 */
export const PHASE_LIMITS: PhaseLimits = {
  connectMs: 20_000,
  greetingMs: 45_000,
  handshakeMs: 20_000,
  replyMs: 60_000,
  messageMs: 300_000,
}

/** An account's own time-out bounds each wait, as msmtp's `timeout` does. */
export function limitsFor(timeoutSeconds: number | null, overrides: Partial<PhaseLimits> = {}): PhaseLimits {
  if (timeoutSeconds === null) return { ...PHASE_LIMITS, ...overrides }
  const each = timeoutSeconds * 1000
  return { connectMs: each, greetingMs: each, handshakeMs: each, replyMs: each, messageMs: each, ...overrides }
}
