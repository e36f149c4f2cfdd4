import { composeFinding } from '#shared/domain/compose-finding.ts'
import type { DomainFacts, MxReport, PtrReport } from '#shared/domain/report.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { Fix } from '#shared/fix/fix.ts'

export function judgeMx(domain: string, mx: MxReport): readonly Finding[] {
  switch (mx.state) {
    case 'unknown':
    case 'no-domain':
      return []
    case 'null-mx':
      return [composeFinding('domain-mx-null', { facts: { domain }, evidence: [`${domain} MX 0 .`] })]
    case 'none':
      return [composeFinding('domain-mx-missing', { facts: { domain } })]
    case 'found':
      return mx.hosts.flatMap(host => {
        const evidence = [`${domain} MX ${host.preference} ${host.host}`]
        const facts = { domain, host: host.host }
        if (host.state === 'alias')
          return [composeFinding('domain-mx-alias', { facts, evidence, ...nameItself(domain, host) })]
        return host.state === 'no-address' ? [composeFinding('domain-mx-no-address', { facts, evidence })] : []
      })
  }
}

/** The host that the alias stands for, named in its place. */
function nameItself(domain: string, { host, preference, aliasOf, addresses }: MxReport['hosts'][number]) {
  if (aliasOf === null || addresses.length === 0) return {}
  const [old, value] = [`${preference} ${host}`, `${preference} ${aliasOf}`]
  const why = 'an MX names a host with its own address'
  const changes = [{ action: 'replace' as const, name: domain, type: 'MX', value, replaces: old, why }]
  return { repair: { label: `Name ${aliasOf} itself`, changes } }
}

export function judgePtr({ domain, ptr }: DomainFacts): readonly Finding[] {
  if (ptr === null || ptr.state === 'unknown') return []
  const facts = { domain, ip: ptr.address, names: ptr.names.join(', ') || undefined }
  const evidence = ptr.names.map(name => `${ptr.address} PTR ${name}`)
  const fixes = [askForName(domain, ptr)]
  if (ptr.state === 'none') return [composeFinding('domain-ptr-missing', { facts, fixes })]
  if (!ptr.confirmed)
    return [
      composeFinding('domain-ptr-not-confirmed', { facts, evidence, fixes: [...leadBack(domain, ptr), ...fixes] }),
    ]
  return ptr.generic ? [composeFinding('domain-ptr-generic', { facts, evidence, fixes })] : []
}

/** Only the holder of the address can set its name. */
function askForName(domain: string, { address, names }: PtrReport): Fix {
  const own = names.find(name => name === domain || name.endsWith(`.${domain}`)) ?? `mail.${domain}`
  return {
    kind: 'ask',
    id: 'domain-ptr-ask',
    label: 'Ask the provider of the address',
    text: `Please set the reverse DNS (PTR) of ${address} to ${own}.\nWe send mail from this address, and ${own} has ${address} as its address.`,
  }
}

/** Where the name is the domain's own, its address can be added. */
function leadBack(domain: string, { address, names }: PtrReport): readonly Fix[] {
  const own = names.find(name => name === domain || name.endsWith(`.${domain}`))
  if (own === undefined) return []
  const type = address.includes(':') ? 'AAAA' : 'A'
  const why = `so that the name of ${address} leads back to it`
  const change = { action: 'add' as const, name: own, type, value: address, replaces: null, why }
  return [{ kind: 'dns', id: 'domain-ptr-not-confirmed-dns', label: `Give ${own} this address`, changes: [change] }]
}
