import { GAP, NEAR, type Row, type Table } from '#shared/explain/row.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

/** A wording that was found, with its place in the normalised text. */
export type Hit = {
  readonly means: FailureClass
  readonly sure: number
  readonly start: number
  readonly end: number
}

type Part = { readonly says: string; /** How far behind the part before it. */ readonly within: number }

type Fragment = {
  readonly first: string
  readonly rest: readonly Part[]
  /** All-digit and very short ones must be whole words. */
  readonly whole: boolean
  readonly means: FailureClass
  readonly sure: number
}

/** Fragments by their first characters, so that a text is walked through once, however many there are. */
export type Fragments = ReadonlyMap<string, readonly Fragment[]>

const KEY = 3

/** Takes tables apart once, so that a match is nothing but searches for fixed strings. */
export function prepare(tables: readonly Table[]): Fragments {
  const fragments = new Map<string, Fragment[]>()
  for (const fragment of tables.flatMap(table => table.rows.flatMap(fragmentsOf))) {
    const key = fragment.first.slice(0, KEY)
    const alike = fragments.get(key)
    if (alike) alike.push(fragment)
    else fragments.set(key, [fragment])
  }
  return fragments
}

function fragmentsOf([means, sure, says]: Row): readonly Fragment[] {
  return says.split('|').flatMap(saying =>
    expand(saying.trim().replace(/\s+/g, ' ')).map(wording => {
      const [first = '', ...rest] = wording.split(/ ?(…|\.\.) ?/)
      const whole = first.length <= 4 || /^\d+$/.test(first)
      return { first, rest: partsOf(rest), whole, means, sure }
    }),
  )
}

function partsOf(gapsAndWords: readonly string[]): readonly Part[] {
  const parts: Part[] = []
  for (let at = 0; at + 1 < gapsAndWords.length; at += 2) {
    parts.push({ says: gapsAndWords[at + 1] ?? '', within: gapsAndWords[at] === '…' ? GAP : NEAR })
  }
  return parts
}

/** Every wording that a saying with `{one, or another}` stands for. */
function expand(saying: string): readonly string[] {
  const [, before = '', choices, behind = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(saying) ?? []
  if (choices === undefined) return [saying]
  const endings = expand(behind)
  return choices.split(',').flatMap(choice => endings.map(ending => before + choice.trim() + ending))
}

/** Every wording that occurs, in time linear to the text. Of two overlapping ones the longer counts. */
export function findHits(text: string, fragments: Fragments): readonly Hit[] {
  const found = new Map<Fragment, Hit>()
  const tries = new Map<Fragment, number>()
  for (let start = 0; start < text.length; start++) {
    const insideWord = start > 0 && isWord(text.charCodeAt(start - 1)) && isWord(text.charCodeAt(start))
    if (insideWord) continue
    for (const fragment of beginningAt(text, start, fragments)) {
      if (found.has(fragment) || !beginsAt(text, start, fragment)) continue
      // The first part may stand in several places before the others follow; a few tries are enough.
      const tried = tries.get(fragment) ?? 0
      if (tried === MOST_TRIES) continue
      tries.set(fragment, tried + 1)
      const end = followParts(text, fragment.rest, start + fragment.first.length)
      if (end >= 0) found.set(fragment, { means: fragment.means, sure: fragment.sure, start, end })
    }
  }
  const hits = [...found.values()]
  return hits.filter(hit => !hits.some(other => other !== hit && overrules(other, hit)))
}

const MOST_TRIES = 8

/** Those that may begin here; a few have a first part, such as `ip`, that is shorter than the others' key. */
function beginningAt(text: string, start: number, fragments: Fragments): readonly Fragment[] {
  const long = fragments.get(text.slice(start, start + KEY))
  const short = fragments.get(text.slice(start, start + KEY - 1))
  return long && short ? [...long, ...short] : (long ?? short ?? [])
}

function overrules(longer: Hit, hit: Hit): boolean {
  if (longer.means === hit.means) return false
  const covers = longer.start <= hit.start && longer.end >= hit.end
  return covers && longer.end - longer.start > hit.end - hit.start && longer.sure >= hit.sure
}

function beginsAt(text: string, start: number, { first, whole }: Fragment): boolean {
  if (!text.startsWith(first, start)) return false
  const end = start + first.length
  return !whole || !isWord(text.charCodeAt(end - 1)) || !isWord(text.charCodeAt(end))
}

function followParts(text: string, parts: readonly Part[], from: number): number {
  let end = from
  for (const { says, within } of parts) {
    const at = findPart(text.slice(end, end + within + says.length), says)
    if (at < 0) return -1
    end += at + says.length
  }
  return end
}

/** A part of three characters (`ptr`, `not`) must begin a word. */
function findPart(window: string, says: string): number {
  let at = window.indexOf(says)
  if (says.length > 3) return at
  while (at > 0 && isWord(window.charCodeAt(at - 1)) && isWord(says.charCodeAt(0))) at = window.indexOf(says, at + 1)
  return at
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
}
