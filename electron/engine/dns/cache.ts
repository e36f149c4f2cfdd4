import type { Answer } from '#engine/dns/answer.ts'

/** RFC 8767 section 4 keeps answers for days; for a diagnosis an hour is old. */
const TTL_LIMIT_SECONDS = 3600

type Entry = { readonly answer: Answer; readonly endsAt: number }

/**
 * Answers by question, each until its TTL ends. Most are never asked for again, and in a long batch these would push out
 * the few that everybody needs, the policies of the large providers: so three quarters of the room are for answers that
 * were asked for twice.
 */
export class AnswerCache {
  readonly #once: Recent
  readonly #again: Recent

  /** @param limit how many answers at most */
  constructor(limit: number) {
    this.#once = new Recent(Math.ceil(limit / 4))
    this.#again = new Recent(Math.floor((limit * 3) / 4))
  }

  /** @param now milliseconds of a monotonic clock */
  read(key: string, now: number): Answer | null {
    const again = this.#again.read(key)
    const entry = again ?? this.#once.read(key)
    if (entry === undefined || entry.endsAt <= now) return null
    if (again === undefined) this.#again.store(key, entry)
    return entry.answer
  }

  /** A failure is not kept: the next one who asks may have more luck. */
  keep(key: string, answer: Answer, now: number): void {
    if (answer.kind === 'failed') return
    const seconds = Math.min(answer.ttlSeconds, TTL_LIMIT_SECONDS)
    if (seconds <= 0) return
    const entry = { answer, endsAt: now + seconds * 1000 }
    // An answer that has ended there must not hide the new one.
    if (this.#again.read(key) !== undefined) this.#again.store(key, entry)
    else this.#once.store(key, entry)
  }
}

/**
 * When the newer half is full the older half is dropped, so what is read stays; nothing is deleted singly, which is dear
 * in maps that live long (see `RenewedMap`).
 */
class Recent {
  readonly #limit: number
  #newer = new Map<string, Entry>()
  #older = new Map<string, Entry>()

  constructor(limit: number) {
    this.#limit = limit
  }

  read(key: string): Entry | undefined {
    const newer = this.#newer.get(key)
    if (newer !== undefined) return newer
    const older = this.#older.get(key)
    if (older !== undefined) this.store(key, older)
    return older
  }

  store(key: string, entry: Entry): void {
    if (this.#limit === 0) return
    this.#newer.set(key, entry)
    if (this.#newer.size < this.#limit / 2) return
    this.#older = this.#newer
    this.#newer = new Map()
  }
}
