import type { SaidName } from '#shared/domain/said-name.ts'

type Named = { readonly address: string; readonly names: readonly string[]; readonly said: readonly SaidName[] }

export type SaidFault = {
  readonly id: 'domain-ehlo-not-a-name' | 'domain-ehlo-elsewhere' | 'domain-ehlo-not-ptr' | 'domain-greeting-not-ptr'
  readonly said: SaidName
  readonly facts: Readonly<Record<string, string | undefined>>
  readonly evidence: readonly string[]
}

/**
 * Where the names that a server gives itself and reverse DNS do not fit together. RFC 5321 section 4.1.4 forbids refusing
 * mail for that alone; large receivers count it all the same.
 */
export function judgeSaidNames({ address, names, said }: Named): readonly SaidFault[] {
  const known = new Set(names.map(bare))
  return said.flatMap(one => {
    const { where, name, state, addresses } = one
    const evidence = [
      where === 'ehlo' ? `EHLO ${name}` : `220 ${name}`,
      ...(state === 'no-address' ? [`${name}: no address`] : addresses.map(found => `${name}: ${found}`)),
      ...names.map(ptr => `${address} PTR ${ptr}`),
    ]
    const facts = { name, ip: address, names: joined(names), addresses: joined(addresses) }
    const fault = (id: SaidFault['id']) => [{ id, said: one, facts, evidence }]
    const differs = names.length > 0 && !known.has(bare(name))
    if (where === 'greeting') return differs ? fault('domain-greeting-not-ptr') : []
    if (state === 'not-a-name') return fault('domain-ehlo-not-a-name')
    if (state === 'elsewhere' || state === 'no-address') return fault('domain-ehlo-elsewhere')
    return state === 'ok' && differs ? fault('domain-ehlo-not-ptr') : []
  })
}

/** The name in a greeting or in the first line of an EHLO reply (RFC 5321 section 4.2); null where there is none. */
export function nameInReply(text: string | undefined): string | null {
  const [name = ''] = (text ?? '').trim().split(/\s+/)
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\.?$/i.test(name) && !/^[\d.]+$/.test(name) ? name : null
}

function joined(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : texts.join(', ')
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}
