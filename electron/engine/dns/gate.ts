/** More small datagrams than this do not surely fit a receive buffer of 208 KiB, the usual size. */
const LIMIT = 128
/** So many whose turn is over stay in the queue; taking each out of a long array singly is dear. */
const SERVED = 1_000

/**
 * Lets a limited number through at a time, the others in the order in which they came. Without it a long list of
 * domains overflows the receive buffer of a socket, and what is lost there is lost again at each retry.
 */
export class Gate {
  readonly #limit: number
  readonly #onRoom: () => void
  #queue: (() => void)[] = []
  /** Whose turn it is. */
  #first = 0
  #inside = 0

  /** @param onRoom called when somebody has left and nobody waits */
  constructor(limit = LIMIT, onRoom: () => void = () => {}) {
    this.#limit = limit
    this.#onRoom = onRoom
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
    const next = this.#queue[this.#first++]
    if (next === undefined || this.#first >= SERVED) {
      this.#queue = this.#queue.slice(this.#first)
      this.#first = 0
    }
    if (next !== undefined) next()
    else {
      this.#inside--
      this.#onRoom()
    }
  }
}
