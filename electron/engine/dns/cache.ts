import type { Answer } from '#engine/dns/answer.ts'

/** RFC 8767 section 4 keeps answers for days; for a diagnosis an hour is old. */
const TTL_LIMIT_SECONDS = 3600

type Entry = { readonly answer: Answer; readonly endsAt: number }

/**
 * Answers by question, each until its TTL ends. When the newer half is full the older half is dropped, so what is asked
 * for again stays; nothing is deleted singly, which is dear in maps that live long (see `RenewedMap`).
 */
export class AnswerCache {
  readonly #limit: number
  #newer = new Map<string, Entry>()
  #older = new Map<string, Entry>()

  /** @param limit how many answers at most */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** @param now milliseconds of a monotonic clock */
  read(key: string, now: number): Answer | null {
    const newer = this.#newer.get(key)
    const entry = newer ?? this.#older.get(key)
    if (entry === undefined || entry.endsAt <= now) return null
    if (newer === undefined) this.#store(key, entry)
    return entry.answer
  }

  /** A failure is not kept: the next one who asks may have more luck. */
  keep(key: string, answer: Answer, now: number): void {
    if (answer.kind === 'failed' || this.#limit === 0) return
    const seconds = Math.min(answer.ttlSeconds, TTL_LIMIT_SECONDS)
    if (seconds > 0) this.#store(key, { answer, endsAt: now + seconds * 1000 })
  }

  #store(key: string, entry: Entry): void {
    this.#newer.set(key, entry)
    if (this.#newer.size < this.#limit / 2) return
    this.#older = this.#newer
    this.#newer = new Map()
  }
}
