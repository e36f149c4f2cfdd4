import { ASIDE } from '#shared/domain/catalogue-aside.ts'
import type { Entries } from '#shared/finding/catalogue/entry.ts'
import { DOMAIN } from '#shared/finding/catalogue/domain.ts'

/** What only the look at a whole domain finds, beside what a diagnosis says about it too. */
const WHOLE_DOMAIN = {
  'domain-not-found': {
    class: null,
    severity: 'error',
    title: '{domain} does not exist',
    why: 'The DNS has no such name. It may be misspelt, not registered, or have lapsed.',
  },
  'domain-mx-null': {
    class: null,
    severity: 'info',
    title: '{domain} says that it takes no mail',
    why: 'Its MX record is the null MX. Replies and bounces to its addresses are refused, and some receivers refuse mail from such a domain.',
  },
  'domain-mx-missing': {
    class: null,
    severity: 'warning',
    title: '{domain} has no MX record',
    why: 'Replies and bounces go to the web address of the domain, if to anything.',
  },
  'domain-mx-alias': {
    class: null,
    severity: 'warning',
    title: 'The mail host {host} is an alias',
    why: 'An MX record must name a host with its own address; some servers do not follow the CNAME and give the mail back.',
  },
  'domain-mx-no-address': {
    class: null,
    severity: 'error',
    title: 'The mail host {host} has no address',
    why: 'Mail for {domain} cannot be delivered to a host that the DNS does not know.',
  },
  'domain-spf-leading-blank': {
    class: 'policy-spf-fail',
    severity: 'error',
    title: 'The SPF record of {domain} does not count',
    why: 'An SPF record begins with exactly "v=spf1"; with a blank or a quote in front receivers pass it over.',
  },
  'domain-spf-syntax': {
    class: 'policy-spf-fail',
    severity: 'error',
    title: 'The SPF record of {domain} has a mistake',
    why: 'One faulty term makes the whole record an error for receivers: {detail}.',
  },
  'domain-spf-open': {
    class: 'policy-spf-fail',
    severity: 'error',
    title: 'The SPF record of {domain} lets everybody send',
    why: '"{term}" means that every address on the internet may send in the name of {domain}.',
  },
  'domain-spf-no-end': {
    class: 'policy-spf-fail',
    severity: 'warning',
    title: 'The SPF record of {domain} says nothing about other senders',
    why: 'Without "all" or "redirect" at its end every other sender is neutral, as if there were no record.',
  },
  'domain-spf-ptr': {
    class: 'policy-spf-fail',
    severity: 'warning',
    title: 'The SPF record of {domain} uses "ptr"',
    why: 'It is slow and unreliable, RFC 7208 says not to use it, and some receivers pass it over.',
  },
  'domain-spf-too-many-lookups': {
    class: 'policy-spf-fail',
    severity: 'error',
    title: 'The SPF record of {domain} needs {lookups} lookups',
    why: 'Receivers stop after ten and report an error, so mail that the record means to allow fails.',
  },
  'domain-spf-dead-include': {
    class: 'policy-spf-fail',
    severity: 'error',
    title: 'The SPF record of {domain} leads to nothing',
    why: '"{term}" names a domain without a usable SPF record, which makes the whole record an error: {detail}.',
  },
  'domain-spf-refuses-address': {
    class: 'policy-spf-fail',
    severity: 'error',
    title: 'SPF says {result} for {ip}',
    why: 'Receivers that look at SPF see mail from {ip} in the name of {domain} as not allowed: {detail}.',
  },
  'domain-spf-type-99': {
    class: null,
    severity: 'info',
    title: '{domain} still has SPF records of the old type',
    why: 'The DNS type SPF (99) is not used any more; the records do nothing and can only disagree with the TXT record.',
  },
  'domain-dmarc-faulty': {
    class: 'policy-dmarc-fail',
    severity: 'warning',
    title: 'The DMARC record of {domain} has a mistake',
    why: 'Receivers pass faulty tags over and use the default: {detail}.',
  },
  'domain-dmarc-only-watches': {
    class: null,
    severity: 'info',
    title: 'DMARC of {domain} only watches',
    why: 'The policy in force is "none": receivers report, and mail that fails is treated as before.',
  },
  'domain-dmarc-no-reports': {
    class: null,
    severity: 'warning',
    title: 'DMARC of {domain} watches, and nobody is told',
    why: 'With "p=none" the reports are all that the record is for, and it names no address for them (rua).',
  },
  'domain-dmarc-old-tags': {
    class: null,
    severity: 'info',
    title: 'The DMARC record of {domain} has tags without a meaning',
    why: 'RFC 9989 took {tags} away. Old receivers may still follow them; "t=y" is what says "testing" now.',
  },
  'domain-dmarc-destination': {
    class: null,
    severity: 'warning',
    title: 'Reports to {uri} are not sent',
    why: '{destination} has not agreed to take reports about {domain}, so receivers do not send them there.',
  },
  'domain-from-not-aligned': {
    class: 'policy-dmarc-fail',
    severity: 'warning',
    title: 'SPF for {domain} does not count for {from}',
    why: 'The two do not belong together for DMARC, so only a DKIM signature of {from} can carry mail from that address.',
  },
  'domain-dkim-none-seen': {
    class: null,
    severity: 'info',
    title: 'No DKIM key was found at the usual names',
    why: 'The DNS has no list of selectors. Name the selector that your provider gave you to have its key looked at.',
  },
  'domain-dkim-missing': {
    class: 'policy-dkim-fail',
    severity: 'error',
    title: 'There is no DKIM key at {name}',
    why: 'Signatures with the selector {selector} cannot be checked, so they count as none.',
  },
  'domain-dkim-unusable': {
    class: 'policy-dkim-fail',
    severity: 'error',
    title: 'The DKIM key at {name} cannot be used',
    why: 'Signatures with it fail: {detail}.',
  },
  'domain-dkim-weak': {
    class: 'policy-dkim-fail',
    severity: 'warning',
    title: 'The DKIM key at {name} is short',
    why: 'It has {bits} bits. 2048 is what to use; below 1024 receivers do not accept the signature at all.',
  },
  'domain-dkim-testing': {
    class: null,
    severity: 'info',
    title: 'The DKIM key at {name} is marked as a test',
    why: 'With "t=y" receivers treat mail with a bad signature like mail without one.',
  },
  'domain-ptr-generic': {
    class: 'policy-ptr-missing',
    severity: 'warning',
    title: 'The name of {ip} looks like a home connection',
    why: 'It is called {names}, a name made from the address. Many receivers refuse mail from such names.',
  },
  'domain-mta-sts-broken': {
    class: null,
    severity: 'warning',
    title: 'MTA-STS of {domain} does not work',
    why: 'Senders that honour it find no valid policy: {detail}.',
  },
  'domain-mta-sts-uncovered': {
    class: null,
    severity: 'error',
    title: 'The MTA-STS policy of {domain} leaves out {host}',
    why: 'Senders that honour the policy ({mode}) do not deliver to that host.',
  },
  'domain-tls-rpt-broken': {
    class: null,
    severity: 'warning',
    title: 'The TLS reporting record of {domain} does not count',
    why: 'Nobody sends reports about failed encryption: {detail}.',
  },
  'domain-dane-unusable': {
    class: null,
    severity: 'warning',
    title: 'The TLSA records of {host} do nothing',
    why: 'Senders pass them over: {detail}.',
  },
  'domain-bimi-broken': {
    class: null,
    severity: 'info',
    title: 'The BIMI record of {domain} does not count',
    why: 'No logo is shown: {detail}.',
  },
  'domain-blocklisted': {
    class: 'policy-ip-blocklisted',
    severity: 'error',
    title: '{subject} is on the blocklist {list}',
    why: 'Receivers that use this list refuse the mail. Its page says why it is listed and how that ends.',
  },
  'domain-blocklist-silent': {
    class: null,
    severity: 'info',
    title: '{list} does not answer this resolver',
    why: 'Whether {subject} is listed cannot be told from here: such lists refuse public and busy resolvers.',
  },
} as const satisfies Entries<'domain'>

export const DOMAIN_CATALOGUE = { ...DOMAIN, ...WHOLE_DOMAIN, ...ASIDE }
export type DomainFindingId = keyof typeof DOMAIN_CATALOGUE
