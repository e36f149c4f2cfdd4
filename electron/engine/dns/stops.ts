/**
 * Tells everybody who waits when a signal aborts. It listens once to each signal: thousands of questions share a
 * deadline, and a listener for each of them costs more than the question.
 */
export class Stops {
  readonly #waiting = new Map<AbortSignal, { readonly ends: Set<() => void>; readonly tell: () => void }>()

  /** @returns what ends the watch */
  watch(signal: AbortSignal, end: () => void): () => void {
    const group = this.#waiting.get(signal) ?? this.#listen(signal)
    group.ends.add(end)
    return () => {
      group.ends.delete(end)
      if (group.ends.size > 0) return
      signal.removeEventListener('abort', group.tell)
      if (this.#waiting.get(signal) === group) this.#waiting.delete(signal)
    }
  }

  #listen(signal: AbortSignal) {
    const ends = new Set<() => void>()
    const tell = () => {
      this.#waiting.delete(signal)
      for (const end of ends) end()
    }
    signal.addEventListener('abort', tell, { once: true })
    const group = { ends, tell }
    this.#waiting.set(signal, group)
    return group
  }
}
