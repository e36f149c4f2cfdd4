/**
 * Lets a limited number through at a time, the others in the order in which they came. Without it a long list of
 * domains overflows the receive buffer of a socket, and what is lost there is lost again at each retry.
 */
export class Gate {
  readonly #limit: number
  readonly #queue: (() => void)[] = []
  #inside = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Whether the next one has to wait. */
  get full(): boolean {
    return this.#inside >= this.#limit
  }

  /** Waits until there is room, or goes in at once. Whose time has ended meanwhile is let in all the same: it leaves by itself. */
  enter(): Promise<void> | undefined {
    if (this.full) return new Promise(resolve => this.#queue.push(resolve))
    this.#inside++
    return undefined
  }

  leave(): void {
    // Whoever is next takes over this place, so the number inside stays as it is.
    const next = this.#queue.shift()
    if (next) next()
    else this.#inside--
  }
}
