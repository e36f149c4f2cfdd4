import type { Lookup } from '#engine/dns/lookup.ts'
import { selectTxt } from '#engine/policy/select-txt.ts'
import { parseTagList, tagValue } from '#engine/policy/tag-list.ts'
import type { TxtReport } from '#shared/domain/report.ts'

/** RFC 8460 section 3: where reports about failed TLS go. @param domain normalized */
export function lookupTlsRpt(domain: string, lookup: Lookup): Promise<TxtReport> {
  return lookupTxtPolicy(`_smtp._tls.${domain}`, /^v=TLSRPTv1[ \t]*(?:;|$)/, lookup, text => {
    const rua = tagValue(parseTagList(text), 'rua')
    if (rua === null || rua === '') return 'rua is missing: nobody receives the reports'
    const wrong = rua.split(',').find(uri => !/^\s*(?:mailto|https):\S+\s*$/i.test(uri))
    return wrong === undefined ? null : `"${wrong.trim()}" is not a mailto: or https: address`
  })
}

/** The shape of a BIMI record, as far as DNS shows it; the logo and its certificate are not fetched. @param domain normalized */
export function lookupBimi(domain: string, lookup: Lookup): Promise<TxtReport> {
  return lookupTxtPolicy(`default._bimi.${domain}`, /^v=BIMI1[ \t]*(?:;|$)/, lookup, text => {
    const list = parseTagList(text)
    const [logo, evidence] = [tagValue(list, 'l'), tagValue(list, 'a')]
    if (logo === null) return 'l is missing: the address of the logo'
    if (logo !== '' && !/^https:\/\/\S+$/i.test(logo)) return 'l must be an https: address'
    if (evidence !== null && evidence !== '' && evidence !== 'self' && !/^https:\/\/\S+$/i.test(evidence)) {
      return 'a must be an https: address'
    }
    return null
  })
}

async function lookupTxtPolicy(
  name: string,
  version: RegExp,
  lookup: Lookup,
  faultOf: (text: string) => string | null,
): Promise<TxtReport> {
  const found = selectTxt(await lookup(name, 'TXT'), text => version.test(text))
  switch (found.kind) {
    case 'failed':
      return { state: 'unknown', record: null, detail: found.detail }
    case 'none':
      return { state: 'none', record: null, detail: null }
    case 'several':
      return {
        state: 'several',
        record: found.texts.join('\n'),
        detail: `${found.texts.length} records, so none counts`,
      }
    case 'one': {
      const detail = faultOf(found.text)
      return { state: detail === null ? 'ok' : 'malformed', record: found.text, detail }
    }
  }
}
