import { type DkimKey, isDkimKey, parseDkimKey } from '#engine/dkim/key.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import { selectTxt } from '#engine/policy/select-txt.ts'
import { PRESETS } from '#shared/account/presets/all.ts'
import type { DkimKeyReport } from '#shared/domain/report.ts'

/** RFC 8301 section 3.2: below 1024 bits nobody accepts a signature; 2048 is what signers should use. */
const SOUND_BITS = 2048

/** What the common signers call their keys when nobody chose a name. */
const SIGNER_SELECTORS = ['default', 'dkim', 'mail', 'k1', 'k2', 'k3', 'mxvault', 'zoho'] as const

/** Selectors worth a try. There is no list of a domain's selectors in the DNS, so without a name one can only try. */
export const USUAL_SELECTORS: readonly string[] = [
  ...new Set([...PRESETS.flatMap(({ dkimSelectors }) => dkimSelectors), ...SIGNER_SELECTORS]),
]

/**
 * The keys of the selectors that were named, missing ones too, and those of `tried` selectors that exist or point somewhere.
 *
 * @param domain normalized
 */
export async function lookupDkimKeys(
  domain: string,
  named: readonly string[],
  tried: readonly string[],
  lookup: Lookup,
): Promise<DkimKeyReport[]> {
  const guesses = tried.filter(selector => !named.includes(selector))
  const [asked, found] = await Promise.all([
    Promise.all(named.map(selector => lookupKey(domain, selector, lookup))),
    Promise.all(guesses.map(selector => lookupKey(domain, selector, lookup))),
  ])
  const seen = found.filter(
    ({ state, delegatedTo }) => state !== 'unknown' && (state !== 'missing' || delegatedTo !== null),
  )
  return [...asked, ...seen]
}

async function lookupKey(domain: string, selector: string, lookup: Lookup): Promise<DkimKeyReport> {
  const name = `${selector}._domainkey.${domain}`
  const answer = await lookup(name, 'TXT')
  const found = selectTxt(answer, isDkimKey)
  const delegatedTo = answer.kind === 'failed' ? null : (answer.chain.at(-1) ?? null)
  const nothing = { selector, name, keyType: null, bits: null, testing: false, delegatedTo, record: null }
  switch (found.kind) {
    case 'failed':
      return { ...nothing, state: 'unknown', detail: found.detail }
    case 'none': {
      const dangling = delegatedTo === null ? null : `${name} points to ${delegatedTo}, which has no key`
      return { ...nothing, state: 'missing', detail: dangling }
    }
    case 'several':
      // RFC 6376 section 3.6.2.2: what a verifier does with several is undefined.
      return { ...nothing, state: 'several', record: found.texts.join('\n'), detail: 'several keys at one selector' }
    case 'one': {
      const key = parseDkimKey(found.text)
      if (!key.ok) return { ...nothing, state: 'malformed', record: found.text, detail: key.error }
      const { keyType, bits, testing } = key.value
      return { ...nothing, keyType, bits, testing, record: found.text, ...stateOf(key.value) }
    }
  }
}

function stateOf({ keyType, bits }: DkimKey): Pick<DkimKeyReport, 'state' | 'detail'> {
  if (bits === null) return { state: 'revoked', detail: 'the key is empty: it was withdrawn' }
  if (keyType === 'rsa' && bits < SOUND_BITS) return { state: 'weak', detail: `an RSA key of ${bits} bits` }
  return { state: 'ok', detail: null }
}
