/** Values pushed from callbacks, read in order by one `for await`. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = []
  #closed = false
  #failure: { readonly error: unknown } | null = null
  #wake: () => void = () => {}

  push(value: T): void {
    this.#waiting.push(value)
    this.#wake()
  }

  close(): void {
    this.#closed = true
    this.#wake()
  }

  /** Ends the reading with this error, behind what was pushed before. */
  fail(error: unknown): void {
    this.#failure = { error }
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      while (this.#waiting.length > 0) yield* this.#waiting.splice(0)
      if (this.#failure !== null) throw this.#failure.error
      if (this.#closed) return
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }
}
