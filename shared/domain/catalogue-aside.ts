import type { Entries } from '#shared/finding/catalogue/entry.ts'

/** What the look beside the records finds: the servers that answer, the provider, certificates. */
export const ASIDE = {
  'domain-spf-void-lookups': {
    class: 'policy-spf-fail',
    severity: 'warning',
    title: 'The SPF record of {domain} asks for names with nothing there',
    why: '{count} of its terms find nothing: {terms}. With more than two such terms receivers report an error instead of a result.',
  },
  'domain-spf-joined': {
    class: 'policy-spf-fail',
    severity: 'error',
    title: 'Two terms of the SPF record of {domain} run into one',
    why: 'The record is written as several strings, and receivers join them without a blank: "{joined}". Each string but the last must end with a blank.',
  },
  'domain-spf-long': {
    class: null,
    severity: 'info',
    title: 'The SPF record of {domain} is long',
    why: 'It has {length} characters. Above 450 the answer may not fit a small DNS packet, and some receivers then see none.',
  },
  'domain-dkim-dangling': {
    class: 'policy-dkim-fail',
    severity: 'error',
    title: 'The DKIM record at {name} leads nowhere',
    why: 'It points to {target}, where there is no key: the provider may have given the domain up. Signatures with it count as none.',
  },
  'domain-dns-truncated': {
    class: null,
    severity: 'error',
    title: 'A DNS answer for {domain} is cut short',
    why: 'It does not fit a UDP packet, and the server does not give it over TCP: {detail}. Receivers see no record then.',
  },
  'domain-dns-failing': {
    class: null,
    severity: 'error',
    title: 'The DNS servers fail for some names of {domain}',
    why: 'Questions about them end in {codes}. The name servers of the zone may not hold it, or its DNSSEC signatures may be wrong.',
  },
  'domain-dns-lame': {
    class: null,
    severity: 'error',
    title: 'The name server {host} does not know {zone}',
    why: 'It is named as a server of the zone and gives no answer about it ({detail}). Resolvers that ask it see delays and failures.',
  },
  'domain-dns-disagree': {
    class: null,
    severity: 'info',
    title: 'The name servers of {zone} do not have the same version',
    why: 'Their serial numbers are {serials}. A change that was just made is still on its way, or one server no longer gets updates.',
  },
  'domain-resolver-invents': {
    class: null,
    severity: 'warning',
    title: 'The resolver makes answers up',
    why: 'It gave the address {addresses} for a name that cannot exist, so "not found" may be missing from everything here.',
  },
  'domain-caa-nobody': {
    class: null,
    severity: 'info',
    title: 'CAA lets nobody make a certificate for {domain}',
    why: 'The records at {at} allow no authority, so a certificate for a mail server or for MTA-STS below it cannot be renewed.',
  },
  'domain-dane-mismatch': {
    class: null,
    severity: 'error',
    title: 'The certificate of {host} is not the one in its TLSA record',
    why: 'Senders that honour DANE do not deliver to this host until the record or the certificate is changed.',
  },
  'domain-mta-sts-testing': {
    class: null,
    severity: 'info',
    title: 'MTA-STS of {domain} is on trial',
    why: 'The policy file says "{mode}": senders still deliver when encryption fails.',
  },
} as const satisfies Entries<'domain'>
