import type { Deadline } from '#engine/net/deadline.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import { fetchPolicy, type FetchOptions } from '#engine/policy/fetch-policy.ts'
import { mxMatches, parseMtaStsPolicy } from '#engine/policy/mta-sts-policy.ts'
import { selectTxt } from '#engine/policy/select-txt.ts'
import { parseTagList, tagValue } from '#engine/policy/tag-list.ts'
import type { MtaStsReport } from '#shared/domain/report.ts'

/**
 * The record and the policy file of MTA-STS (RFC 8461), and whether the policy covers the MX hosts.
 *
 * @param domain normalized
 * @param mxHosts normalized, as soon as they are known; in which order does not matter
 */
export async function lookupMtaSts(
  domain: string,
  mxHosts: readonly string[] | Promise<readonly string[]>,
  lookup: Lookup,
  deadline: Deadline,
  options: FetchOptions = {},
): Promise<MtaStsReport> {
  const nothing = { record: null, id: null, mode: null, mx: [], maxAgeSeconds: null, uncovered: [], detail: null }
  const found = selectTxt(await lookup(`_mta-sts.${domain}`, 'TXT'), text => /^v=STSv1[ \t]*(?:;|$)/.test(text))
  if (found.kind === 'failed') return { ...nothing, state: 'unknown', detail: found.detail }
  if (found.kind === 'none') return { ...nothing, state: 'none' }
  // RFC 8461 section 3.1: several records count as none.
  if (found.kind === 'several') return { ...nothing, state: 'several', record: found.texts.join('\n') }
  const id = tagValue(parseTagList(found.text), 'id')
  const seen = { ...nothing, record: found.text, id }
  if (id === null || !/^[a-z0-9]{1,32}$/i.test(id)) {
    return { ...seen, state: 'malformed', detail: 'id must be 1 to 32 letters and digits' }
  }
  const file = await fetchPolicy(`mta-sts.${domain}`, lookup, deadline, options)
  if (!file.ok) return { ...seen, state: 'no-policy', detail: file.error }
  const policy = parseMtaStsPolicy(file.value)
  if (!policy.ok) return { ...seen, state: 'bad-policy', detail: policy.error }
  const { mode, mx, maxAgeSeconds } = policy.value
  const hosts = await mxHosts
  const uncovered = mode === 'none' ? [] : hosts.filter(host => !mx.some(pattern => mxMatches(host, pattern)))
  return { ...seen, state: 'ok', mode, mx: [...mx], maxAgeSeconds, uncovered }
}
