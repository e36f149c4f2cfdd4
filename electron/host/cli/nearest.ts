/** The known word that is closest to what was typed, when it is close enough to be a slip. */
export function nearestWord(typed: string, known: Iterable<string>): string | null {
  const limit = Math.max(1, Math.floor(typed.length / 3))
  let best: string | null = null
  let bestDistance = limit + 1
  for (const word of known) {
    const distance = editDistance(typed.slice(0, 64), word)
    if (distance < bestDistance || (distance === bestDistance && best === null)) {
      best = word
      bestDistance = distance
    }
  }
  if (best !== null) return best
  const starting = [...known].filter(word => typed.length > 1 && word.startsWith(typed))
  return starting.length === 1 ? (starting[0] ?? null) : null
}

/** Levenshtein distance, with a swap of neighbours as one slip. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let value = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, (beforeLast[j - 2] ?? 0) + 1)
      row.push(value)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
