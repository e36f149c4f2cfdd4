import type { Ip } from '#engine/dns/ip.ts'
import type { MacroString } from '#engine/spf/macro.ts'

/** RFC 7208 section 4.6.2: what a match means. */
export type Qualifier = '+' | '-' | '~' | '?'

type Base = { readonly text: string; readonly qualifier: Qualifier }

export type Mechanism = Base &
  (
    | { readonly kind: 'all' }
    | { readonly kind: 'include' | 'exists'; readonly domain: MacroString }
    | {
        readonly kind: 'a' | 'mx'
        /** null: the domain that is being checked. */
        readonly domain: MacroString | null
        readonly prefix4: number
        readonly prefix6: number
      }
    | { readonly kind: 'ptr'; readonly domain: MacroString | null }
    | { readonly kind: 'ip4' | 'ip6'; readonly network: Ip; readonly prefix: number }
  )

export type SpfRecord = {
  readonly text: string
  readonly mechanisms: readonly Mechanism[]
  readonly redirect: Modifier | null
  readonly exp: Modifier | null
}

export type Modifier = { readonly text: string; readonly domain: MacroString }

export type SpfSyntaxFault = { readonly term: string; readonly reason: string }
