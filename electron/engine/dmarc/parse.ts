import { parseTagList, tagValue } from '#engine/policy/tag-list.ts'
import type { DmarcPolicy, DmarcRecord } from '#shared/domain/dmarc.ts'

/** RFC 9989 section 4.8: `v` comes first and its value is written exactly so. */
export function isDmarc(text: string): boolean {
  return /^v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/.test(text)
}

const POLICIES: readonly DmarcPolicy[] = ['none', 'quarantine', 'reject']
const KNOWN = new Set(['v', 'p', 'sp', 'np', 'adkim', 'aspf', 'fo', 'psd', 't', 'rua', 'ruf'])
/** Of RFC 7489; RFC 9989 has no meaning for them. */
const OBSOLETE = new Set(['pct', 'rf', 'ri'])

/**
 * RFC 9989 section 4.7. Unknown tags and faulty values never make the record unusable: they fall back to the default
 * and are listed in `faults`.
 *
 * @param text a text for which `isDmarc` holds
 */
export function parseDmarc(text: string): DmarcRecord {
  const list = parseTagList(text)
  const faults = list.broken.map(part => `"${part}" is not a tag`)
  const choose = <T extends string>(name: string, choices: readonly T[]): T | null => {
    const value = tagValue(list, name)
    if (value === null) return null
    const chosen = choices.find(choice => choice === value.toLowerCase())
    if (chosen === undefined) faults.push(`${name}=${value} is not one of ${choices.join(', ')}`)
    return chosen ?? null
  }
  const uris = (name: string) => readUris(tagValue(list, name) ?? '', name, faults)
  const policies = { p: choose('p', POLICIES), sp: choose('sp', POLICIES), np: choose('np', POLICIES) }
  return {
    text,
    ...policies,
    adkim: choose('adkim', ['r', 's']) ?? 'r',
    aspf: choose('aspf', ['r', 's']) ?? 'r',
    psd: choose('psd', ['y', 'n', 'u']) ?? 'u',
    testing: choose('t', ['y', 'n']) === 'y',
    rua: uris('rua'),
    ruf: uris('ruf'),
    policyFault: (['p', 'sp', 'np'] as const).some(name => policies[name] === null && tagValue(list, name) !== null),
    obsolete: list.tags.filter(({ name }) => OBSOLETE.has(name)).map(({ name, value }) => `${name}=${value}`),
    unknown: list.tags.map(({ name }) => name).filter(name => !KNOWN.has(name) && !OBSOLETE.has(name)),
    faults,
  }
}

function readUris(value: string, name: string, faults: string[]): string[] {
  const uris: string[] = []
  for (const part of value.split(',')) {
    // The size limit behind `!` is gone; RFC 9990 has it ignored.
    const uri = part.trim().replace(/![0-9]+[kmgt]?$/i, '')
    if (uri === '') continue
    if (/^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(uri)) uris.push(uri)
    else faults.push(`${name}: "${uri}" is not a URI (mailto:reports@example.com)`)
  }
  return uris
}
