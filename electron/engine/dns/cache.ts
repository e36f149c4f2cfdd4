import type { Answer } from '#engine/dns/answer.ts'

/** RFC 8767 section 4 keeps answers for days; for a diagnosis an hour is old. */
const TTL_LIMIT_SECONDS = 3600

/** Answers by question, each until its TTL ends; the least recently used go first when it is full. */
export class AnswerCache {
  readonly #answers = new Map<string, { readonly answer: Answer; readonly endsAt: number }>()
  readonly #limit: number

  /** @param limit how many answers at most */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** @param now milliseconds of a monotonic clock */
  read(key: string, now: number): Answer | null {
    const entry = this.#answers.get(key)
    if (!entry) return null
    this.#answers.delete(key)
    if (entry.endsAt <= now) return null
    this.#answers.set(key, entry)
    return entry.answer
  }

  /** A failure is not kept: the next one who asks may have more luck. */
  keep(key: string, answer: Answer, now: number): void {
    if (answer.kind === 'failed' || this.#limit === 0) return
    const seconds = Math.min(answer.ttlSeconds, TTL_LIMIT_SECONDS)
    if (seconds <= 0) return
    this.#answers.delete(key)
    this.#answers.set(key, { answer, endsAt: now + seconds * 1000 })
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= this.#limit) break
      this.#answers.delete(oldest)
    }
  }
}
