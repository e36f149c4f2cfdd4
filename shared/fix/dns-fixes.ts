import type { Judged } from '#shared/finding/judged.ts'
import type { DnsChange, Fix } from '#shared/fix/fix.ts'

/** Records to publish. */
export function dnsFixes(found: Judged): readonly Fix[] {
  const domain = String(found.facts['domain'] ?? '')
  if (domain === '') return []
  const include = text(found, 'wantedInclude')
  const record = text(found, 'record')
  switch (found.id) {
    case 'domain-spf-missing': {
      const value = `v=spf1 ${include === null ? 'mx' : include} ~all`
      return [
        publish(
          'add-spf',
          'Publish an SPF record',
          add(domain, value, 'names the servers that may send for the domain'),
        ),
      ]
    }
    case 'domain-spf-lacks-provider':
      if (include === null || record === null) return []
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
    case 'domain-dmarc-missing':
      return [
        publish(
          'add-dmarc',
          'Publish a DMARC record that only watches',
          add(`_dmarc.${domain}`, 'v=DMARC1; p=none', 'satisfies receivers that ask for one, and changes nothing else'),
        ),
      ]
    default:
      return []
  }
}

/** RFC 7208 section 4.6.2: terms are tried from left to right, so the new one goes before `all` and `redirect`. */
function withInclude(record: string, include: string): string {
  const terms = record.split(/ +/).filter(Boolean)
  const end = terms.findIndex(term => /^[-+?~]?all$|^redirect=/i.test(term))
  const at = end < 0 ? terms.length : end
  return [...terms.slice(0, at), include, ...terms.slice(at)].join(' ')
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
