/** Longer words are no slip of the keyboard; the limit also bounds the work that a hostile file can cause. */
const MAX_LENGTH = 40

/** The known word that was probably meant: at most two slips away, and a third of its letters. Ties go to the first. */
export function nearestCommand(typed: string, known: readonly string[]): string | null {
  if (typed.length > MAX_LENGTH) return null
  let best: string | null = null
  let bestDistance = Math.min(2, Math.floor(typed.length / 3)) + 1
  for (const word of known) {
    if (Math.abs(word.length - typed.length) >= bestDistance) continue
    const distance = editDistance(typed, word)
    if (distance < bestDistance) {
      best = word
      bestDistance = distance
    }
  }
  return best
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + cost,
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      )
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
