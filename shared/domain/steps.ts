import type { DomainFindingId } from '#shared/domain/catalogue.ts'
import type { Facts } from '#shared/finding/judged.ts'
import { fillWords } from '#shared/finding/words.ts'
import type { Fix } from '#shared/fix/fix.ts'

type Steps = { readonly label: string; readonly steps: readonly string[] }

/** What to do where no record that we could write ends the finding by itself. */
const STEPS: Readonly<Partial<Record<DomainFindingId, Steps>>> = {
  'domain-not-found': {
    label: 'Find out where the name went',
    steps: [
      'Compare the spelling, letter by letter.',
      'Ask the registrar whether the registration of {domain} has lapsed, and renew it.',
    ],
  },
  'domain-mx-null': {
    label: 'Decide whether the domain takes mail',
    steps: [
      'A domain that sends mail needs to take the answers: name a mail host in an MX record in place of "0 .".',
      'A domain that neither sends nor takes mail is right as it is.',
    ],
  },
  'domain-mx-missing': {
    label: 'Name the host that takes mail',
    steps: ['Publish the MX records that your mail provider shows for {domain}.'],
  },
  'domain-mx-no-address': {
    label: 'Mend the mail host',
    steps: [
      'Compare {host} with the name that the mail provider shows, and correct the MX record.',
      'If the host is your own, give it an A or AAAA record.',
    ],
  },
  'domain-spf-dead-include': {
    label: 'Find out what was meant',
    steps: [
      'Look up in the documentation of the provider which include it asks for now.',
      'Where the faulty record is that of a provider, tell it; until it is mended, every message ends in an error.',
    ],
  },
  'domain-spf-void-lookups': {
    label: 'Tell the owner of the record',
    steps: ['The terms stand in a record that {domain} includes: ask its owner to take them away.'],
  },
  'domain-spf-too-many-lookups': {
    label: 'Make do with ten lookups',
    steps: [
      'Take away the includes of providers that do not send for {domain} any more.',
      'Let a provider send from a subdomain, with an SPF record of its own: it then counts on its own.',
      'An include is of no use where the provider uses its own domain in MAIL FROM: DKIM carries that mail.',
    ],
  },
  'domain-spf-long': {
    label: 'Make it shorter',
    steps: [
      'Take away senders that are not used any more.',
      'Move some of the terms into a record of its own, such as _spf1.{domain}, and include that: it costs one lookup.',
    ],
  },
  'domain-spf-lacks-provider': {
    label: 'Make room first',
    steps: ['With {wantedInclude} the record would need more than ten lookups: take senders away that are not used.'],
  },
  'domain-from-not-aligned': {
    label: 'Let one of the two speak for the From domain',
    steps: [
      'Have the mail signed with a DKIM key of {from}.',
      'Or send with a MAIL FROM address of {from} or below it.',
    ],
  },
  'domain-dkim-none-seen': {
    label: 'Find the selector',
    steps: [
      'Open a message that you sent, look at its source, and take what stands behind "s=" in DKIM-Signature.',
      'Name it here (DKIM selectors; on the command line --selector).',
      'Without such a line the mail is not signed: turn DKIM on at the provider.',
    ],
  },
  'domain-dkim-missing': {
    label: 'Publish the key',
    steps: [
      'Take the record for the selector {selector} from the program or provider that signs, and publish it at {name}.',
      'If that selector is not used, sign with one whose key is published; a new pair is made under "New DKIM key".',
    ],
  },
  'domain-dkim-unusable': {
    label: 'Publish a sound key',
    steps: [
      'If mail is still signed with it: take the record from the signer again and publish it at {name}, or make a new pair under "New DKIM key".',
      'If nothing signs with it any more, the record can go.',
    ],
  },
  'domain-dkim-weak': {
    label: 'Change to a longer key',
    steps: [
      'Make a new pair of 2048 bits under "New DKIM key", with a selector of another name.',
      'Publish it, let the signer use it, and remove the old record a week later, when no mail is on its way any more.',
    ],
  },
  'domain-mta-sts-broken': {
    label: 'Mend the policy',
    steps: [
      'Publish the policy at https://mta-sts.{domain}/.well-known/mta-sts.txt, with a certificate for mta-sts.{domain} and without a redirect.',
      'Give the TXT record at _mta-sts.{domain} a new id: 1 to 32 letters and digits.',
      'To give MTA-STS up, publish a policy with "mode: none" first, and remove the record when its max_age is over.',
    ],
  },
  'domain-tls-rpt-broken': {
    label: 'Write it anew',
    steps: ['At _smtp._tls.{domain} there is to be one TXT record: v=TLSRPTv1; rua=mailto:ADDRESS.'],
  },
  'domain-dane-unusable': {
    label: 'Let the records count',
    steps: [
      'Turn DNSSEC on for the zone of {host}, and have the registrar publish the DS record.',
      'If it is signed already, ask a resolver that validates: this one does not say so.',
      'Publish TLSA records of the form "3 1 1", with the digest of the key of the certificate.',
    ],
  },
  'domain-bimi-broken': {
    label: 'Mend or remove it',
    steps: [
      'The record at default._bimi.{domain} has the form v=BIMI1; l=https://…/logo.svg; a=https://…/certificate.pem.',
      'Receivers show a logo only where DMARC is at quarantine or reject, and most ask for a certificate (a=).',
    ],
  },
  'domain-blocklist-silent': {
    label: 'Ask through a resolver of your own',
    steps: ['Name a resolver that only you use, or look {subject} up on the page of {list}.'],
  },
  'domain-caa-nobody': {
    label: 'Allow your authority',
    steps: ['Publish a CAA record at {at} that names the authority of your certificates: 0 issue "ca.example".'],
  },
  'domain-dns-disagree': {
    label: 'Wait, then look again',
    steps: [
      'A change reaches the other servers within minutes. Ask the authoritative servers again then.',
      'If one stays behind, look at its log: it may not be allowed to fetch the zone any more.',
    ],
  },
  'domain-unknown': {
    label: 'Get an answer',
    steps: ['Look again in a minute, or name another resolver for this look.'],
  },
}

/** The steps for a finding; none where there are records or a text that end it. */
export function stepsFor(id: DomainFindingId, facts: Facts): readonly Fix[] {
  const found = STEPS[id]
  if (found === undefined) return []
  const steps = found.steps.map(step => fillWords(step, facts))
  return [{ kind: 'provider', id: `${id}-steps`, label: found.label, url: null, steps }]
}
