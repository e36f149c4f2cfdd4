/** One budget for a whole attempt: resolving, connecting, TLS and every wait for a reply draw from it. */
export class Deadline {
  /** Aborts when the budget is spent or when the caller stops. */
  readonly signal: AbortSignal
  readonly budgetMs: number
  readonly #startedAt = performance.now()

  /** @param budgetMs milliseconds; `Infinity` for none @param stopped the caller's own stop */
  constructor(budgetMs: number, stopped?: AbortSignal) {
    this.budgetMs = budgetMs
    const signals: AbortSignal[] = []
    if (stopped) signals.push(stopped)
    // setTimeout, and so AbortSignal.timeout, holds at most 2^31 - 1 ms.
    if (budgetMs < 2 ** 31) signals.push(AbortSignal.timeout(Math.max(0, Math.ceil(budgetMs))))
    this.signal = AbortSignal.any(signals)
  }

  remainingMs(): number {
    return Math.max(0, this.#startedAt + this.budgetMs - performance.now())
  }

  /** "Ran out of time", as opposed to "the person pressed Stop". */
  get expired(): boolean {
    const reason: unknown = this.signal.reason
    return this.signal.aborted && reason instanceof Error && reason.name === 'TimeoutError'
  }

  get stopped(): boolean {
    return this.signal.aborted && !this.expired
  }

  /** A smaller budget inside this one, for one phase. */
  within(budgetMs: number): Deadline {
    return new Deadline(Math.min(budgetMs, this.remainingMs()), this.signal)
  }
}
