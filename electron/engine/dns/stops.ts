type Watch = { readonly end: () => void; at: number }
type Group = { readonly watches: Watch[]; readonly tell: () => void }

/**
 * Tells everybody who waits when a signal aborts. It listens once to each signal: thousands of questions share a
 * deadline, and a listener for each of them costs more than the question.
 */
export class Stops {
  readonly #groups = new Map<AbortSignal, Group>()

  /** @returns what ends the watch; to be called once */
  watch(signal: AbortSignal, end: () => void): () => void {
    const group = this.#groups.get(signal) ?? this.#listen(signal)
    // An array, where the last one fills the gap, and no set: see `RenewedMap`.
    const watch: Watch = { end, at: group.watches.length }
    group.watches.push(watch)
    return () => this.#leave(signal, group, watch)
  }

  #listen(signal: AbortSignal): Group {
    const watches: Watch[] = []
    const tell = () => {
      this.#groups.delete(signal)
      for (const { end } of watches.slice()) end()
    }
    signal.addEventListener('abort', tell, { once: true })
    const group = { watches, tell }
    this.#groups.set(signal, group)
    return group
  }

  #leave(signal: AbortSignal, group: Group, watch: Watch): void {
    const last = group.watches.pop()
    if (last !== undefined && last !== watch) {
      group.watches[watch.at] = last
      last.at = watch.at
    }
    if (group.watches.length > 0) return
    signal.removeEventListener('abort', group.tell)
    if (this.#groups.get(signal) === group) this.#groups.delete(signal)
  }
}
