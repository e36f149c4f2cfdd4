import { composeFinding } from '#shared/domain/compose-finding.ts'
import type { DomainFacts, MxReport, PtrReport } from '#shared/domain/report.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { DnsChange, Fix } from '#shared/fix/fix.ts'

export function judgeMx(facts: DomainFacts): readonly Finding[] {
  const { domain, mx } = facts
  switch (mx.state) {
    case 'unknown':
    case 'no-domain':
      return []
    case 'null-mx':
      return [
        composeFinding('domain-mx-null', {
          facts: { domain },
          evidence: [`${domain} MX 0 .`],
          ...takeMail(facts, '0 .'),
        }),
      ]
    case 'none':
      return [composeFinding('domain-mx-missing', { facts: { domain }, ...takeMail(facts, null) })]
    case 'found':
      return mx.hosts.flatMap(host => {
        const evidence = [`${domain} MX ${host.preference} ${host.host}`]
        const words = { domain, host: host.host }
        if (host.state === 'alias')
          return [composeFinding('domain-mx-alias', { facts: words, evidence, ...nameItself(facts, host) })]
        if (host.state !== 'no-address') return []
        return [composeFinding('domain-mx-no-address', { facts: words, evidence, ...mendHost(facts, host) })]
      })
  }
}

type MxHost = MxReport['hosts'][number]

/** A host without an address: its MX goes where another host takes the mail, else it gets the address that is known. */
function mendHost({ domain, mx, ptr }: DomainFacts, { host, preference, aliasOf }: MxHost) {
  const value = `${preference} ${host}`
  if (mx.hosts.some(({ addresses }) => addresses.length > 0)) {
    const why = 'mail for a host without an address comes back'
    const changes = [{ action: 'remove' as const, name: domain, type: 'MX', value, replaces: null, why }]
    return { repair: { label: `Take ${host} away`, changes } }
  }
  if (ptr === null || !isOwn(host, domain)) return {}
  const why = 'the mail host needs an address'
  const alias = aliasOf === null ? [] : [removeAlias(host, aliasOf)]
  return { repair: { label: `Give ${host} an address`, changes: [...alias, addAddress(host, ptr.address, why)] } }
}

function removeAlias(name: string, value: string): DnsChange {
  return { action: 'remove', name, type: 'CNAME', value, replaces: null, why: 'it leads nowhere' }
}

/** An MX record for the host at the sending address, where that is known. */
function takeMail(facts: DomainFacts, old: string | null) {
  const { domain, ptr } = facts
  if (ptr === null) return {}
  const { name, known } = ownHost(facts, ptr)
  const why = 'so that replies and bounces arrive, if this server takes mail'
  const action = old === null ? ('add' as const) : ('replace' as const)
  const mx: DnsChange = { action, name: domain, type: 'MX', value: `10 ${name}`, replaces: old, why }
  const changes = known ? [mx] : [mx, addAddress(name, ptr.address, 'the mail host needs an address')]
  return { repair: { label: 'Take mail for the domain', changes } }
}

/** The host that the alias stands for, named in its place. */
function nameItself(facts: DomainFacts, mxHost: MxHost) {
  const { domain } = facts
  const { host, preference, aliasOf, addresses } = mxHost
  // A CNAME that leads nowhere: the name behind it is worth no more.
  if (aliasOf === null || addresses.length === 0) return mendHost(facts, mxHost)
  const [old, value] = [`${preference} ${host}`, `${preference} ${aliasOf}`]
  const why = 'an MX names a host with its own address'
  const changes = [{ action: 'replace' as const, name: domain, type: 'MX', value, replaces: old, why }]
  return { repair: { label: `Name ${aliasOf} itself`, changes } }
}

export function judgePtr(facts: DomainFacts): readonly Finding[] {
  const { domain, ptr } = facts
  if (ptr === null || ptr.state === 'unknown') return []
  const words = { domain, ip: ptr.address, names: ptr.names.join(', ') || undefined }
  const evidence = ptr.names.map(name => `${ptr.address} PTR ${name}`)
  const fixes = [askForName(facts, ptr)]
  const repair = nameAddress(facts, ptr)
  if (ptr.state === 'none') return [composeFinding('domain-ptr-missing', { facts: words, repair, fixes })]
  if (!ptr.confirmed) {
    const mended = leadBack(domain, ptr) ?? repair
    return [composeFinding('domain-ptr-not-confirmed', { facts: words, evidence, repair: mended, fixes })]
  }
  return ptr.generic ? [composeFinding('domain-ptr-generic', { facts: words, evidence, repair, fixes })] : []
}

/** Only the holder of the address can set its name. */
function askForName(facts: DomainFacts, ptr: PtrReport): Fix {
  const { name } = ownHost(facts, ptr)
  return {
    kind: 'ask',
    id: 'domain-ptr-ask',
    label: 'Ask the provider of the address',
    text: `Please set the reverse DNS (PTR) of ${ptr.address} to ${name}.\nWe send mail from this address, and ${name} has ${ptr.address} as its address.`,
  }
}

/** The PTR record itself, and the address of its name where that is missing. */
function nameAddress(facts: DomainFacts, ptr: PtrReport) {
  const { name, known } = ownHost(facts, ptr)
  const [old = null] = ptr.names
  const why = 'made by whoever holds the address, usually the hosting provider'
  const action = old === null ? ('add' as const) : ('replace' as const)
  const record: DnsChange = { action, name: ptr.name, type: 'PTR', value: name, replaces: old, why }
  const back = known ? [] : [addAddress(name, ptr.address, `so that the name of ${ptr.address} leads back to it`)]
  return { label: 'Name the address', changes: [record, ...back] }
}

/** Where the name is the domain's own, its address can be added. */
function leadBack(domain: string, { address, names }: PtrReport) {
  const own = names.find(name => isOwn(name, domain))
  if (own === undefined) return null
  const change = addAddress(own, address, `so that the name of ${address} leads back to it`)
  return { label: `Give ${own} this address`, changes: [change] }
}

/** What the sending host is called, and whether that name has its address already. */
export function ownHost({ domain, mx }: DomainFacts, { address, names, generic }: PtrReport) {
  const host = mx.hosts.find(({ addresses }) => addresses.includes(address))
  if (host) return { name: host.aliasOf ?? host.host, known: true }
  const named = generic ? undefined : names.find(name => isOwn(name, domain))
  return { name: named ?? `mail.${domain}`, known: false }
}

export function addAddress(name: string, address: string, why: string): DnsChange {
  return { action: 'add', name, type: address.includes(':') ? 'AAAA' : 'A', value: address, replaces: null, why }
}

export function isOwn(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`)
}
