import type { Entries } from '#shared/finding/catalogue/entry.ts'

export const DOMAIN = {
  'domain-spf-missing': {
    class: 'policy-spf-fail',
    severity: 'warning',
    title: '[{domain}|The domain] has no SPF record',
    why: 'Receivers cannot tell which servers may send for [{domain}|the domain], and many treat such mail as suspicious.',
  },
  'domain-spf-several': {
    class: 'policy-spf-fail',
    severity: 'warning',
    title: '[{domain}|The domain] has more than one SPF record',
    why: 'With several records none counts: receivers report an error instead of choosing one.',
  },
  'domain-spf-lacks-provider': {
    class: 'policy-spf-fail',
    severity: 'warning',
    title: 'The SPF record of [{domain}|the domain] does not name this provider',
    why: 'Mail through [{provider}|this server] fails SPF, because ["{wantedInclude}"|its include] is missing from the record.',
  },
  'domain-spf-broken': {
    class: 'policy-spf-fail',
    severity: 'warning',
    title: 'No receiver can evaluate the SPF record of [{domain}|the domain]',
    why: 'Receivers stop with an error (permerror)[: {broken}]. Mail that the record means to allow fails SPF, whoever sends it.',
  },
  'domain-dmarc-missing': {
    class: 'policy-dmarc-fail',
    severity: 'warning',
    title: '[{domain}|The domain] has no DMARC record',
    why: 'The large receivers ask for one, and without it nobody reports to you who sends in your name.',
  },
  'domain-dmarc-several': {
    class: 'policy-dmarc-fail',
    severity: 'warning',
    title: '[{domain}|The domain] has more than one DMARC record',
    why: 'With several records none applies.',
  },
  'domain-ptr-missing': {
    class: 'policy-ptr-missing',
    severity: 'warning',
    title: 'The sending address has no reverse DNS name',
    why: 'Large receivers refuse mail from an address without a name. The owner of the address, usually the hosting provider, sets it.',
  },
  'domain-ptr-not-confirmed': {
    class: 'policy-ptr-missing',
    severity: 'warning',
    title: 'The reverse DNS name of the sending address does not lead back to it',
    why: 'The address[ {ip}] is called [{names}|by a name], and that name does not have this address.',
  },
  'domain-ehlo-not-a-name': {
    class: 'helo-name-rejected',
    severity: 'warning',
    title: 'The sending server does not say its full name in EHLO',
    why: '[It says "{name}". ]Receivers expect the name of the sending address there[, {names}], and many refuse mail after localhost, a short name or an address.',
  },
  'domain-ehlo-elsewhere': {
    class: 'helo-name-rejected',
    severity: 'warning',
    title: 'The EHLO name[ {name}] does not lead to the sending address',
    why: 'In the DNS it has [the address {addresses}|no address][, and the mail comes from {ip}]: receivers take such a name for borrowed.',
  },
  'domain-ehlo-not-ptr': {
    class: null,
    severity: 'info',
    title: 'The EHLO name and reverse DNS are two names',
    why: 'The server says [{name}|one name] in EHLO, and reverse DNS calls its address [{names}|by another]. Some receivers trust only one name for both.',
  },
  'domain-greeting-not-ptr': {
    class: null,
    severity: 'info',
    title: 'The greeting and reverse DNS are two names',
    why: 'The server[ at {ip}] greets as [{name}|one host], and reverse DNS calls its address [{names}|by another name]. Where it sends under its greeting name, some receivers trust it less.',
  },
  'domain-unknown': {
    class: null,
    severity: 'info',
    title: 'The DNS records of [{domain}|the domain] could not be looked up',
    why: 'The DNS gave no answer, so nothing is said about SPF and DMARC.',
  },
  'domain-stopped': {
    class: null,
    severity: 'info',
    title: 'Stopped while looking at the domain',
    why: 'The test was stopped before the records of the domain were known.',
  },
  'domain-out-of-time': {
    class: null,
    severity: 'info',
    title: 'Looking at the domain took too long',
    why: 'The time limit ran out before the records of the domain were known.',
  },
} as const satisfies Entries<'domain'>
