import type { Judged } from '#shared/finding/judged.ts'
import type { DnsChange, Fix } from '#shared/fix/fix.ts'

/** Records to publish. */
export function dnsFixes(found: Judged): readonly Fix[] {
  if (found.id === 'encrypt-dane-mismatch' || found.id === 'encrypt-dane-unusable') return announceCertificate(found)
  const domain = text(found, 'domain')
  if (domain === null) return []
  if (found.id === 'domain-spf-missing') return [addSpf(domain, text(found, 'wantedInclude'))]
  if (found.id === 'domain-spf-lacks-provider') {
    return extendSpf(domain, text(found, 'record'), text(found, 'wantedInclude'))
  }
  return found.id === 'domain-dmarc-missing' ? [addDmarc(domain)] : []
}

/** DANE-EE with the digest of the key (RFC 7672 section 3.1.1): it outlives a renewal that keeps the key. */
function announceCertificate(found: Judged): readonly Fix[] {
  const [name, value, records] = [text(found, 'name'), text(found, 'wanted'), text(found, 'records')]
  if (name === null || value === null) return []
  const [first, ...others] = records?.split('; ') ?? []
  const why = 'is about the key that the server shows now'
  const replaced: DnsChange = { action: 'replace', name, type: 'TLSA', value, replaces: first ?? null, why }
  const removed = others.map((record): DnsChange => ({
    action: 'remove',
    name,
    type: 'TLSA',
    value: record,
    replaces: null,
    why: 'is about another certificate',
  }))
  const label = 'Publish the record of the certificate that is shown, if that is the right one'
  return [{ kind: 'dns', id: 'announce-certificate', label, changes: [replaced, ...removed] }]
}

function addSpf(domain: string, include: string | null): Fix {
  const why = 'names the servers that may send for the domain'
  return publish('add-spf', 'Publish an SPF record', add(domain, `v=spf1 ${include ?? 'mx'} ~all`, why))
}

function extendSpf(domain: string, record: string | null, include: string | null): readonly Fix[] {
  if (record === null || include === null) return []
  return [
    publish('extend-spf', 'Add the provider to the SPF record', {
      action: 'replace',
      name: domain,
      type: 'TXT',
      value: withInclude(record, include),
      replaces: record,
      why: 'the provider sends from its own servers, and they have to be named',
    }),
  ]
}

/** RFC 7208 section 4.6.2: terms are tried from left to right, so the new one goes before `all` and `redirect`. */
function withInclude(record: string, include: string): string {
  const terms = record.split(/ +/).filter(Boolean)
  const end = terms.findIndex(term => /^[-+?~]?all$|^redirect=/i.test(term))
  const at = end < 0 ? terms.length : end
  return [...terms.slice(0, at), include, ...terms.slice(at)].join(' ')
}

function addDmarc(domain: string): Fix {
  const why = 'satisfies receivers that ask for one, and changes nothing else'
  return publish(
    'add-dmarc',
    'Publish a DMARC record that only watches',
    add(`_dmarc.${domain}`, 'v=DMARC1; p=none', why),
  )
}

function add(name: string, value: string, why: string): DnsChange {
  return { action: 'add', name, type: 'TXT', value, replaces: null, why }
}

function publish(id: string, label: string, change: DnsChange): Fix {
  return { kind: 'dns', id, label, changes: [change] }
}

function text(found: Judged, fact: string): string | null {
  const value = found.facts[fact]
  return typeof value === 'string' ? value : null
}
