const HIDDEN = '***'

/** Shorter texts would also hide harmless parts of what the server says, such as `250`. */
const SHORTEST_HIDDEN = 4

/** What must not be seen in anything recorded: hidden also where a server repeats it to us. */
export class Mask {
  #texts: readonly string[] = []

  hide(texts: readonly string[]): void {
    const wanted = texts.filter(text => text.length >= SHORTEST_HIDDEN)
    // Longest first: a text that contains another one is hidden whole.
    this.#texts = [...new Set([...this.#texts, ...wanted])].sort((a, b) => b.length - a.length)
  }

  apply(line: string): string {
    return this.#texts.reduce((text, hidden) => text.replaceAll(hidden, HIDDEN), line)
  }
}
