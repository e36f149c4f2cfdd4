/** Two that belong together, or what lies between such on either side. */
export type Part<T> =
  | { readonly kind: 'pair'; readonly left: T; readonly right: T }
  | { readonly kind: 'gap'; readonly left: readonly T[]; readonly right: readonly T[] }

/**
 * Each level makes keys single that were not before. Sessions need two or three; more would only serve a text made to
 * keep this busy.
 */
const MOST_LEVELS = 8

/**
 * Pairs elements with the same key: at both ends, and at keys that stand once on each side, in the longest order that
 * the sides share (the patience diff); what lies between is treated alike. Takes n log n.
 */
export function alignLines<T>(left: readonly T[], right: readonly T[], keyOf: (line: T) => string): readonly Part<T>[] {
  const keyed = (lines: readonly T[]) => lines.map(line => ({ line, key: keyOf(line) }))
  return align(keyed(left), keyed(right), MOST_LEVELS)
}

type Keyed<T> = { readonly line: T; readonly key: string }
type Place = { readonly left: number; readonly right: number }

function align<T>(left: readonly Keyed<T>[], right: readonly Keyed<T>[], levels: number): readonly Part<T>[] {
  const shorter = Math.min(left.length, right.length)
  let head = 0
  while (head < shorter && left[head]?.key === right[head]?.key) head += 1
  let tail = 0
  while (tail < shorter - head && left.at(-1 - tail)?.key === right.at(-1 - tail)?.key) tail += 1
  const [leftEnd, rightEnd] = [left.length - tail, right.length - tail]
  return [
    ...pairs(left.slice(0, head), right.slice(0, head)),
    ...alignBetween(left.slice(head, leftEnd), right.slice(head, rightEnd), levels),
    ...pairs(left.slice(leftEnd), right.slice(rightEnd)),
  ]
}

function alignBetween<T>(left: readonly Keyed<T>[], right: readonly Keyed<T>[], levels: number): readonly Part<T>[] {
  if (left.length === 0 && right.length === 0) return []
  const anchors = levels === 0 ? [] : anchorsOf(left, right)
  if (anchors.length === 0)
    return [{ kind: 'gap', left: left.map(({ line }) => line), right: right.map(({ line }) => line) }]
  let from: Place = { left: 0, right: 0 }
  return [...anchors, { left: left.length, right: right.length }].flatMap(to => {
    const part = align(left.slice(from.left, to.left), right.slice(from.right, to.right), levels - 1)
    from = to
    return part
  })
}

function pairs<T>(left: readonly Keyed<T>[], right: readonly Keyed<T>[]): readonly Part<T>[] {
  return left.flatMap(({ line }, at): readonly Part<T>[] => {
    const other = right[at]
    return other === undefined ? [] : [{ kind: 'pair', left: line, right: other.line }]
  })
}

/** Where keys that are single on both sides stand, as many of them as are in the same order on both. */
function anchorsOf<T>(left: readonly Keyed<T>[], right: readonly Keyed<T>[]): readonly Place[] {
  const [single, other] = [singlesOf(left), singlesOf(right)]
  const places = [...single].flatMap(([key, at]): readonly Place[] => {
    const there = other.get(key)
    return there === undefined ? [] : [{ left: at, right: there }]
  })
  return longestRising(places)
}

/** The keys that stand once, in their order, with where they stand. */
function singlesOf<T>(lines: readonly Keyed<T>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { key } of lines) counts.set(key, (counts.get(key) ?? 0) + 1)
  return new Map(lines.flatMap(({ key }, at) => (counts.get(key) === 1 ? [[key, at] as const] : [])))
}

/** The longest row of places whose right rises as their left does (patience sorting). */
function longestRising(places: readonly Place[]): readonly Place[] {
  type Link = { readonly place: Place; readonly before: Link | null }
  const ends: Link[] = []
  for (const place of places) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle]?.place.right ?? 0) < place.right) low = middle + 1
      else high = middle
    }
    ends[low] = { place, before: ends[low - 1] ?? null }
  }
  const row: Place[] = []
  for (let link = ends.at(-1) ?? null; link !== null; link = link.before) row.push(link.place)
  return row.reverse()
}
