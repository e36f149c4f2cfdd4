import { GAP, type Row, type Table } from '#shared/explain/row.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

/** A wording that was found, with its place in the normalised text. */
export type Hit = {
  readonly means: FailureClass
  readonly sure: number
  readonly start: number
  readonly end: number
}

type Fragment = { readonly parts: readonly string[]; readonly means: FailureClass; readonly sure: number }

/** Takes tables apart once, so that a match is nothing but searches for fixed strings. */
export function prepare(tables: readonly Table[]): readonly Fragment[] {
  return tables.flatMap(table => table.rows.flatMap(fragmentsOf))
}

function fragmentsOf([means, sure, says]: Row): readonly Fragment[] {
  return says
    .split('|')
    .map(saying => ({ parts: saying.split('…').map(part => part.trim().replace(/\s+/g, ' ')), means, sure }))
}

/** Every wording that occurs, in time linear to the text. Of two overlapping ones the longer counts. */
export function findHits(text: string, fragments: readonly Fragment[]): readonly Hit[] {
  const found: Hit[] = []
  for (const { parts, means, sure } of fragments) {
    const span = findParts(text, parts)
    if (span) found.push({ means, sure, ...span })
  }
  return found.filter(hit => !found.some(other => other !== hit && overrules(other, hit)))
}

function overrules(longer: Hit, hit: Hit): boolean {
  if (longer.means === hit.means) return false
  const covers = longer.start <= hit.start && longer.end >= hit.end
  return covers && longer.end - longer.start > hit.end - hit.start && longer.sure >= hit.sure
}

function findParts(text: string, parts: readonly string[]): { start: number; end: number } | null {
  // The first part may stand in several places before the others follow; a few tries are enough.
  let from = 0
  for (let tries = 0; tries < 8; tries++) {
    const start = findWord(text, parts[0] ?? '', from)
    if (start < 0) return null
    const end = followParts(text, parts, start)
    if (end >= 0) return { start, end }
    from = start + 1
  }
  return null
}

function followParts(text: string, parts: readonly string[], start: number): number {
  let end = start + (parts[0] ?? '').length
  for (const part of parts.slice(1)) {
    const at = text.slice(end, end + GAP + part.length).indexOf(part)
    if (at < 0) return -1
    end += at + part.length
  }
  return end
}

/** The next place where the fragment begins a word; all-digit and very short ones must be whole words. */
function findWord(text: string, fragment: string, from: number): number {
  const whole = fragment.length <= 4 || /^\d+$/.test(fragment)
  for (let at = text.indexOf(fragment, from); at >= 0; at = text.indexOf(fragment, at + 1)) {
    const begins = !isWord(fragment.charCodeAt(0)) || at === 0 || !isWord(text.charCodeAt(at - 1))
    const end = at + fragment.length
    const ends = !whole || !isWord(fragment.charCodeAt(fragment.length - 1)) || !isWord(text.charCodeAt(end))
    if (begins && ends) return at
  }
  return -1
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
}
