import type { ServerInfo } from '#shared/contract/server-info.ts'
import { extensionOf, type Extension, extensionsIn } from '#shared/smtp/extensions.ts'

/** One extension, and what TLS makes of it. */
export type Offer = {
  readonly keyword: string
  readonly known: Extension | null
  /** Parameters; null where it is not offered. */
  readonly plain: string | null
  readonly tls: string | null
  readonly change: 'same' | 'only-plain' | 'only-tls' | 'parameters' | null
}

/** Everything that is offered before or behind TLS, in the server's order. `change` is null where only one list is known. */
export function offersOf({ plain, tls }: ServerInfo['capabilities']): readonly Offer[] {
  const before = parametersBy(plain?.lines ?? [])
  const after = parametersBy(tls?.lines ?? [])
  const keywords = new Set([...before.keys(), ...after.keys()])
  return [...keywords].map(keyword => {
    const offer = { plain: before.get(keyword) ?? null, tls: after.get(keyword) ?? null }
    const change = plain === null || tls === null ? null : changeOf(keyword, offer)
    return { keyword, known: extensionOf(keyword), ...offer, change }
  })
}

function parametersBy(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { keyword, parameters } of extensionsIn(lines)) {
    const before = found.get(keyword)
    found.set(keyword, before === undefined || before === parameters ? parameters : `${before} ${parameters}`)
  }
  return found
}

function changeOf(keyword: string, { plain, tls }: Pick<Offer, 'plain' | 'tls'>): Offer['change'] {
  // RFC 3207 section 4.2: behind TLS it must not be offered again.
  if (plain === tls || (keyword === 'STARTTLS' && tls === null)) return 'same'
  if (tls === null) return 'only-plain'
  return plain === null ? 'only-tls' : 'parameters'
}

export const CHANGE_WORDS: Readonly<Record<Exclude<Offer['change'], null | 'same'>, string>> = {
  'only-plain': 'gone behind TLS',
  'only-tls': 'only behind TLS',
  parameters: 'changes behind TLS',
}
