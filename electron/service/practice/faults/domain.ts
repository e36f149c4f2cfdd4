import type { Effect, Fault } from '../fault.ts'
import { PRACTICE_DOMAIN } from '../names.ts'
import type { ZoneRecord } from '../zone.ts'

/** Behind a sign-in the provider's address counts, not that of this machine. */
const RELAY_ONLY = ', with an account for the way in that asks nobody to sign in'

/** RFC 7208 section 4.6.4 allows ten. */
const COSTLY_SPF = `v=spf1 ${Array.from({ length: 11 }, (_, index) => `a:a${index}.${PRACTICE_DOMAIN}`).join(' ')} -all`

const DMARC = `_dmarc.${PRACTICE_DOMAIN}`

export const DOMAIN_FAULTS: readonly Fault[] = [
  reply(
    'dmarc-reject',
    'Rejects because of DMARC',
    'The message is refused because neither SPF nor DKIM carries DMARC.',
    550,
    '5.7.26 Unauthenticated email is not accepted due to the DMARC policy of the domain',
  ),
  reply(
    'spf-reject',
    'Rejects because of SPF',
    'The message is refused because SPF does not allow the sending address.',
    550,
    '5.7.23 The message was rejected because of Sender Policy Framework violation: SPF fail',
  ),
  reply(
    'dkim-reject',
    'Rejects because of DKIM',
    'The message is refused because its signature does not hold.',
    550,
    '5.7.20 No passing DKIM signature found: body hash did not verify',
  ),
  reply(
    'ptr-required',
    'Rejects for want of a PTR record',
    'The message is refused because the sending address has no name.',
    550,
    '5.7.25 The sending IP address does not have a PTR record set up',
  ),
  reply(
    'ip-blocklisted',
    'Rejects an address on a block list',
    'The message is refused because the sending address is on a list.',
    554,
    '5.7.1 Service unavailable; client host [192.0.2.25] blocked using bl.practice.test',
  ),
  reply(
    'blocklist-broken',
    'Misreads a block list',
    'The message is refused because the receiver asks a block list through an open resolver: nobody is listed.',
    554,
    '5.7.1 Service unavailable; client host [192.0.2.25] blocked using bl.practice.test; Error: open resolver',
  ),
  reply(
    'low-reputation',
    'Distrusts the sending address',
    'The message is put off because of a bad reputation.',
    421,
    '4.7.0 Deferred: the sending address has a very low reputation',
  ),
  zone('no-spf', 'No SPF record', 'has no SPF record', records => records.filter(record => !isSpf(record))),
  zone('two-spf', 'Two SPF records', 'has two SPF records, which is an error', records => [
    ...records,
    { name: PRACTICE_DOMAIN, type: 'TXT', text: 'v=spf1 mx ~all' },
  ]),
  zone('spf-lookups', 'SPF record that costs too much', 'has an SPF record that needs eleven lookups', records =>
    records.map(record => (isSpf(record) ? { ...record, text: COSTLY_SPF } : record)),
  ),
  zone('no-dmarc', 'No DMARC record', 'has no DMARC record', records =>
    records.filter(record => record.name !== DMARC),
  ),
  zone('two-dmarc', 'Two DMARC records', 'has two DMARC records, so none applies', records => [
    ...records,
    { name: DMARC, type: 'TXT', text: 'v=DMARC1; p=none' },
  ]),
  zone(
    'dane-mismatch',
    'TLSA record of another certificate',
    'announces, signed, the digest of another key for the ports that are for sending mail',
    records => [...records, ...records.flatMap(staleTlsa)],
  ),
  zone(
    'no-ptr',
    'No name for the address',
    'has a mail server whose address has no PTR record',
    records => records.filter(record => record.type !== 'PTR'),
    RELAY_ONLY,
  ),
  zone(
    'ptr-mismatch',
    'Name and address do not match',
    'has a mail server whose PTR record names a host with another address',
    records =>
      records.map(record => (record.type === 'PTR' ? { ...record, target: `elsewhere.${PRACTICE_DOMAIN}` } : record)),
    RELAY_ONLY,
  ),
]

function fault(id: string, title: string, description: string, effect: Effect): Fault {
  return { id, title, description, group: 'domain', effects: [effect] }
}

function reply(id: string, title: string, what: string, code: number, text: string): Fault {
  const description = `${what} Shows when a message is really sent, on all three ports.`
  return fault(id, title, description, { kind: 'refuse', at: 'message', code, text })
}

function zone(
  id: string,
  title: string,
  what: string,
  change: (records: readonly ZoneRecord[]) => readonly ZoneRecord[],
  where = '',
) {
  const description = `In the practice DNS server, ${PRACTICE_DOMAIN} ${what}. Shows where that server is the resolver${where}.`
  return fault(id, title, description, { kind: 'zone', change })
}

function staleTlsa(record: ZoneRecord): readonly ZoneRecord[] {
  if (record.type !== 'SRV') return []
  return [{ name: `_${record.port}._tcp.${record.target}`, type: 'TLSA', digest: '00'.repeat(32) }]
}

function isSpf(record: ZoneRecord): boolean {
  return record.type === 'TXT' && record.name === PRACTICE_DOMAIN && record.text.startsWith('v=spf1')
}
