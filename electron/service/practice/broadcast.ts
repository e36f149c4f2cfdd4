/** Hands every event to everyone who watches at that moment. */
export class Broadcast<T> {
  readonly #watchers = new Set<(event: T) => void>()

  send(event: T): void {
    for (const watcher of this.#watchers) watcher(event)
  }

  /**
   * How it is now, then every event, until the signal aborts: then the stream ends without an error. Whoever watches
   * misses nothing that happens between asking how it is and the first event.
   */
  async *watch(signal: AbortSignal, now: () => T): AsyncGenerator<T, void, undefined> {
    const waiting: T[] = []
    let wake = Promise.withResolvers<void>()
    const watcher = (event: T) => {
      waiting.push(event)
      // A watcher that stopped reading must not fill the memory; it asks again for what it shows anyway.
      if (waiting.length > WAITING_LIMIT) waiting.shift()
      wake.resolve()
    }
    const stop = () => wake.resolve()
    this.#watchers.add(watcher)
    watcher(now())
    signal.addEventListener('abort', stop)
    try {
      while (!signal.aborted) {
        await wake.promise
        wake = Promise.withResolvers<void>()
        yield* waiting.splice(0)
      }
    } finally {
      this.#watchers.delete(watcher)
      signal.removeEventListener('abort', stop)
    }
  }
}

const WAITING_LIMIT = 256
