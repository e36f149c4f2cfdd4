import { parseIp } from '#engine/dns/ip.ts'
import { parseDomainSpec, parseMacroString } from '#engine/spf/macro.ts'
import type { Mechanism, Modifier, Qualifier, SpfRecord, SpfSyntaxFault } from '#engine/spf/record.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** RFC 7208 section 4.5: the version is `v=spf1`, then a blank or the end. Nothing may stand before it. */
export function isSpf(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text)
}

/**
 * The whole grammar of RFC 7208 section 12. One fault anywhere makes the record unusable (section 4.6), so the first is
 * the error.
 *
 * @param text a text for which `isSpf` holds
 */
export function parseSpf(text: string): Result<SpfRecord, SpfSyntaxFault> {
  const mechanisms: Mechanism[] = []
  const modifiers = new Map<string, Modifier>()
  // Section 4.6.1: terms are separated by blanks only. Other control characters make a term invalid.
  for (const term of text.slice('v=spf1'.length).split(' ')) {
    if (term === '') continue
    const modifier = /^([a-z][a-z0-9\-_.]*)=(.*)$/is.exec(term)
    if (modifier) {
      const name = (modifier[1] ?? '').toLowerCase()
      const fault = readModifier(name, modifier[2] ?? '', term, modifiers)
      if (fault !== null) return err({ term, reason: fault })
    } else {
      const mechanism = parseMechanism(term)
      if (!mechanism.ok) return err({ term, reason: mechanism.error })
      mechanisms.push(mechanism.value)
    }
  }
  return ok({ text, mechanisms, redirect: modifiers.get('redirect') ?? null, exp: modifiers.get('exp') ?? null })
}

function readModifier(name: string, value: string, term: string, modifiers: Map<string, Modifier>): string | null {
  if (name !== 'redirect' && name !== 'exp') {
    // Section 6: unknown modifiers are passed over, if they are well formed.
    const unknown = parseMacroString(value, 'modifier')
    return unknown.ok ? null : unknown.error
  }
  if (modifiers.has(name)) return `${name}= stands there twice`
  const domain = parseDomainSpec(value)
  if (!domain.ok) return domain.error
  modifiers.set(name, { text: term, domain: domain.value })
  return null
}

function parseMechanism(term: string): Result<Mechanism, string> {
  const match = /^([+\-~?]?)([a-z][a-z0-9\-_.]*)(?=[:/]|$)(.*)$/is.exec(term)
  if (!match) return err('not a mechanism and not a modifier')
  const [, sign = '', word = '', rest = ''] = match
  // The expression admits only these four and none at all.
  const base = { text: term, qualifier: (sign === '' ? '+' : sign) as Qualifier }
  const kind = word.toLowerCase()
  switch (kind) {
    case 'all':
      return rest === '' ? ok({ ...base, kind }) : err('"all" takes nothing behind it')
    case 'include':
    case 'exists': {
      if (!rest.startsWith(':')) return err(`"${kind}" needs a domain`)
      const domain = parseDomainSpec(rest.slice(1))
      return domain.ok ? ok({ ...base, kind, domain: domain.value }) : domain
    }
    case 'ptr': {
      if (rest === '') return ok({ ...base, kind, domain: null })
      if (!rest.startsWith(':')) return err('"ptr" takes only a domain behind it')
      const domain = parseDomainSpec(rest.slice(1))
      return domain.ok ? ok({ ...base, kind, domain: domain.value }) : domain
    }
    case 'a':
    case 'mx':
      return parseHosts(base, kind, rest)
    case 'ip4':
    case 'ip6':
      return parseNetwork(base, kind, rest)
    default:
      return err(`"${word}" is not a mechanism`)
  }
}

type Base = { readonly text: string; readonly qualifier: Qualifier }

function parseHosts(base: Base, kind: 'a' | 'mx', rest: string): Result<Mechanism, string> {
  // Section 5.6: no leading zeros. What does not fit stays in the first part and fails there.
  const match = /^(.*?)(?:\/(0|[1-9]\d?))?(?:\/\/(0|[1-9]\d{0,2}))?$/s.exec(rest)
  const [, head = '', four, six] = match ?? []
  const prefix4 = Number(four ?? 32)
  const prefix6 = Number(six ?? 128)
  if (prefix4 > 32 || prefix6 > 128) return err('a prefix length is out of range')
  if (head === '') return ok({ ...base, kind, domain: null, prefix4, prefix6 })
  if (!head.startsWith(':')) return err(`"${rest}" is not a prefix length`)
  const domain = parseDomainSpec(head.slice(1))
  return domain.ok ? ok({ ...base, kind, domain: domain.value, prefix4, prefix6 }) : domain
}

function parseNetwork(base: Base, kind: 'ip4' | 'ip6', rest: string): Result<Mechanism, string> {
  const match = /^:([^/]+)(?:\/(0|[1-9]\d{0,2}))?$/s.exec(rest)
  const network = parseIp(match?.[1] ?? '')
  const bits = kind === 'ip4' ? 32 : 128
  if (!match || !network || network.octets.length * 8 !== bits) return err(`"${rest}" is not an ${kind} network`)
  const prefix = Number(match[2] ?? bits)
  return prefix > bits ? err('the prefix length is out of range') : ok({ ...base, kind, network, prefix })
}
