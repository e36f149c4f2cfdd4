import type { ServerInfo } from '#shared/contract/server-info.ts'
import { printDuration } from '../shell/time.ts'
import { offersOf } from './offers.ts'

/** One fact of two looks. */
export type Difference = {
  readonly what: string
  readonly left: string
  readonly right: string
  readonly same: boolean
}

/** The facts of two looks side by side, in the order in which a page shows them. Times are never the same and not called different. */
export function differencesOf(left: ServerInfo, right: ServerInfo): readonly Difference[] {
  const offers = [offered(left), offered(right)] as const
  const keywords = [...new Set([...offers[0].keys(), ...offers[1].keys()])]
  const row = (what: string, of: (info: ServerInfo) => string | null | undefined): Difference =>
    compared(what, of(left) ?? '–', of(right) ?? '–')
  return [
    row('Address', info => info.address),
    row('Name behind it', info => info.canonicalName),
    row('Greeting', info => info.banner),
    row('Software (a guess)', info => info.software),
    row('TLS', info => info.tls && [info.tls.protocol, info.tls.cipher].filter(Boolean).join(' · ')),
    row('Certificate', info => info.tls && (info.tls.trusted ? 'trusted' : `not trusted: ${info.tls.reason ?? ''}`)),
    row('Subject', info => info.tls?.chain[0]?.subject),
    row('Issuer', info => info.tls?.chain[0]?.issuer),
    row('Valid until', info => info.tls?.chain[0]?.notAfter.slice(0, 10)),
    row('SHA-256', info => info.tls?.chain[0]?.sha256),
    ...keywords.map(keyword => compared(keyword, offers[0].get(keyword) ?? '–', offers[1].get(keyword) ?? '–')),
    { ...row('Time in all', info => printDuration(info.timings.totalMs)), same: true },
    { ...row('Greeting came after', info => msOf(info.timings.greetingMs)), same: true },
  ]
}

// Of the EHLO that counts: the one behind TLS where there is TLS.
function offered({ capabilities }: ServerInfo): ReadonlyMap<string, string> {
  const counts =
    capabilities.tls === null ? { plain: capabilities.plain, tls: null } : { plain: null, tls: capabilities.tls }
  return new Map(offersOf(counts).map(({ keyword, plain, tls }) => [keyword, (tls ?? plain ?? '') || 'offered']))
}

function compared(what: string, left: string, right: string): Difference {
  return { what, left, right, same: left === right }
}

function msOf(ms: number | null): string | null {
  return ms === null ? null : printDuration(ms)
}
