import { type Answer } from '#engine/dns/answer.ts'
import { textOf } from '#engine/dns/record.ts'
import { isSpf } from '#engine/spf/parse.ts'

/** What the TXT records of a domain say about SPF. */
export type SpfFound =
  | { readonly kind: 'one'; readonly text: string }
  | { readonly kind: 'none'; readonly because: 'nxdomain' | 'nodata' | 'other-records' | 'bad-name' }
  | { readonly kind: 'several'; readonly texts: readonly string[] }
  | { readonly kind: 'failed'; readonly detail: string }

/** RFC 7208 sections 4.4 and 4.5. */
export function selectSpf(answer: Answer<'TXT'>): SpfFound {
  switch (answer.kind) {
    case 'failed':
      // RFC 7208 section 4.3: a malformed name has no policy; it is no trouble of the DNS.
      if (answer.code === 'BAD-NAME') return { kind: 'none', because: 'bad-name' }
      return { kind: 'failed', detail: answer.detail === null ? answer.code : `${answer.code}: ${answer.detail}` }
    case 'nxdomain':
    case 'nodata':
      return { kind: 'none', because: answer.kind }
    case 'found': {
      const texts = answer.records.map(textOf).filter(isSpf)
      const [only] = texts
      if (only === undefined) return { kind: 'none', because: 'other-records' }
      return texts.length > 1 ? { kind: 'several', texts } : { kind: 'one', text: only }
    }
  }
}
