import { joinTerms, termsOf } from '#shared/domain/edit-spf.ts'
import { nearestWord } from '#shared/nearest.ts'

/*
 * Repairs of records with mistakes: what can only have been meant is written so, what cannot be understood is left out.
 */

const POLICY_TAGS = ['p', 'sp', 'np'] as const
const POLICIES = ['none', 'quarantine', 'reject'] as const
/** RFC 9989 section 4.7, in the order in which people expect them. */
const DMARC_TAGS = ['v', 'p', 'sp', 'np', 'adkim', 'aspf', 'fo', 'psd', 't', 'rua', 'ruf'] as const
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  adkim: ['r', 's'],
  aspf: ['r', 's'],
  psd: ['y', 'n', 'u'],
  t: ['y', 'n'],
}

/** A DMARC record with only tags that receivers know and values that they can read. */
export function mendDmarc(text: string): string {
  const tags = new Map<string, string>()
  for (const part of text.split(';')) {
    const at = part.indexOf('=')
    const name = part.slice(0, Math.max(at, 0)).trim().toLowerCase()
    if (at > 0 && !tags.has(name)) tags.set(name, part.slice(at + 1).trim())
  }
  const values = DMARC_TAGS.map(name => [name, mendedValue(name, tags.get(name))] as const)
  return values.flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`])).join('; ')
}

function mendedValue(name: (typeof DMARC_TAGS)[number], value: string | undefined): string | null {
  if (name === 'v') return 'DMARC1'
  if (POLICY_TAGS.some(tag => tag === name)) return mendedPolicy(name, value)
  if (value === undefined || value === '') return null
  if (name === 'rua' || name === 'ruf') return mendedUris(value)
  const choices = CHOICES[name]
  const lower = value.toLowerCase()
  return choices === undefined ? value : choices.includes(lower) ? lower : null
}

/** Without a policy that can be read the mildest stands there, which only watches. */
function mendedPolicy(name: string, value: string | undefined): string | null {
  if (value === undefined) return name === 'p' ? 'none' : null
  return nearestWord(value.toLowerCase(), POLICIES) ?? (name === 'p' ? 'none' : null)
}

function mendedUris(value: string): string | null {
  const uris = value.split(',').flatMap(part => {
    const uri = part.trim().replace(/![0-9]+[kmgt]?$/i, '')
    if (/^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(uri)) return [uri]
    return /^[^\s@:]+@[^\s@:]+$/.test(uri) ? [`mailto:${uri}`] : []
  })
  return uris.length === 0 ? null : uris.join(',')
}

/** One record of tags with the edits of several repairs, each of which was made from the original alone. */
export function combinedTags(original: string, edits: readonly string[]): string {
  const before = tagsOf(original)
  const tags = new Map(before)
  for (const edit of edits) {
    const after = tagsOf(edit)
    for (const name of before.keys()) if (!after.has(name)) tags.delete(name)
    for (const [name, value] of after) if (before.get(name) !== value) tags.set(name, value)
  }
  return [...tags].map(([name, value]) => `${name}=${value}`).join('; ')
}

function tagsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(';').flatMap(part => {
      const at = part.indexOf('=')
      return at < 1 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()] as const]
    }),
  )
}

const MISSPELT: readonly (readonly [RegExp, string])[] = [
  [/^([+\-~?]?)ipv([46]):/i, '$1ip$2:'],
  [/^([+\-~?]?)ip([46])=/i, '$1ip$2:'],
  [/^([+\-~?]?)ip:(?=[^:]*$)/i, '$1ip4:'],
  [/^([+\-~?]?)includes?[:=]/i, '$1include:'],
  [/^redirect:/i, 'redirect='],
  [/^(\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?)$/, 'ip4:$1'],
]

/** An SPF record in which the faulty term is spelt as it can only have been meant, or left out. */
export function mendSpf(record: string, faulty: string): string {
  const spelling = MISSPELT.find(([pattern]) => pattern.test(faulty))
  const better = spelling === undefined ? null : faulty.replace(spelling[0], spelling[1])
  const mended = termsOf(record).flatMap(term =>
    term !== faulty ? [term] : better === null || better === faulty ? [] : [better],
  )
  return joinTerms(mended)
}
