/** Longer words are no slips of the pen, and the time grows with the square of the length. */
const WORD_MAX_CHARACTERS = 64

/**
 * The known word that is closest to what was typed, or null when none is close enough to be a slip: by default a third
 * of its letters may be wrong. Ties go to the first.
 */
export function nearestWord(
  typed: string,
  known: Iterable<string>,
  mostSlips = Math.max(1, Math.floor(typed.length / 3)),
): string | null {
  if (typed.length > WORD_MAX_CHARACTERS) return null
  let best: string | null = null
  let bestDistance = mostSlips + 1
  for (const word of known) {
    if (Math.abs(word.length - typed.length) >= bestDistance) continue
    const distance = slipsBetween(typed.toLowerCase(), word.toLowerCase())
    if (distance < bestDistance) {
      best = word
      bestDistance = distance
    }
  }
  return best
}

/** Edit distance: an insertion, a deletion, a replacement and a swap of neighbours are one slip each. */
function slipsBetween(a: string, b: string): number {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      next.push(
        Math.min(
          (row[j - 1] ?? 0) + (same ? 0 : 1),
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
        ),
      )
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
