import type { Socket } from 'node:net'
import type { Address, ConnectAttempt } from '#shared/diagnosis/evidence.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { dial, type DialTarget } from '#engine/net/dial.ts'

export type Raced =
  | {
      readonly kind: 'connected'
      readonly socket: Socket
      readonly winner: ConnectAttempt
      readonly attempts: readonly ConnectAttempt[]
    }
  | { readonly kind: 'failed'; readonly attempts: readonly ConnectAttempt[] }

/** RFC 8305 section 5 recommends this "Connection Attempt Delay", in milliseconds. */
const ATTEMPT_DELAY_MS = 250

/** A host may publish hundreds of addresses; RFC 5321 section 5.1 lets a client stop after a configurable number. */
const MOST_ATTEMPTS = 8

/**
 * Happy Eyeballs (RFC 8305): starts an attempt, and the next one when that fails or a quarter of a second later, until
 * one connects. The others are broken off and reported as `abandoned`; attempts that never began are not listed.
 *
 * @param connectMs the longest that any one attempt may take
 */
export async function race(
  targets: readonly DialTarget[],
  deadline: Deadline,
  connectMs: number,
  delayMs: number = ATTEMPT_DELAY_MS,
): Promise<Raced> {
  const attempts = new Map<number, ConnectAttempt>()
  const decided = new AbortController()
  const listed = () => [...attempts.keys()].sort((a, b) => a - b).flatMap(index => attempts.get(index) ?? [])
  const candidates = targets.slice(0, MOST_ATTEMPTS)
  let running = 0

  const winner = await new Promise<{ socket: Socket; attempt: ConnectAttempt } | null>(resolve => {
    let next = 0
    let timer: NodeJS.Timeout | undefined
    let won = false

    const startNext = () => {
      clearTimeout(timer)
      const index = next++
      const target = candidates[index]
      if (!target || won) return
      running++
      const stop = AbortSignal.any([deadline.signal, decided.signal])
      void dial(target, new Deadline(Math.min(connectMs, deadline.remainingMs()), stop)).then(dialed => {
        running--
        if (dialed.kind === 'connected' && !won) {
          won = true
          clearTimeout(timer)
          attempts.set(index, dialed.attempt)
          decided.abort()
          resolve({ socket: dialed.socket, attempt: dialed.attempt })
          return
        }
        if (dialed.kind === 'connected') dialed.socket.destroy()
        attempts.set(index, won ? { ...dialed.attempt, outcome: 'abandoned' } : dialed.attempt)
        if (won) return
        if (next < candidates.length && !deadline.signal.aborted) startNext()
        else if (running === 0) {
          clearTimeout(timer)
          resolve(null)
        }
      })
      if (next < candidates.length && !deadline.signal.aborted) timer = setTimeout(startNext, delayMs)
    }
    if (candidates.length === 0) resolve(null)
    else startNext()
  })

  // Attempts that were broken off settle in the next turn: wait for them, so that each one's outcome is in the list.
  if (running > 0) await new Promise(resolve => setImmediate(resolve))
  if (winner === null) return { kind: 'failed', attempts: listed() }
  return { kind: 'connected', socket: winner.socket, winner: winner.attempt, attempts: listed() }
}

/** RFC 8305 section 4: the families take turns, beginning with the one that the resolver put first. */
export function interleaveFamilies(addresses: readonly Address[]): readonly Address[] {
  const first = addresses[0]?.family
  const leading = addresses.filter(each => each.family === first)
  const following = addresses.filter(each => each.family !== first)
  const turns = Array.from({ length: Math.max(leading.length, following.length) })
  return turns.flatMap((_, index) => [leading[index], following[index]].filter(each => each !== undefined))
}
