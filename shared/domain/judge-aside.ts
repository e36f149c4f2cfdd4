import type { CaaReport, DelegationReport, DnsTrouble, DomainAside } from '#shared/domain/aside.ts'
import { composeFinding } from '#shared/domain/compose-finding.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { DnsChange, Fix } from '#shared/fix/fix.ts'

/** The servers that answer, and who may make certificates. */
export function judgeAside(domain: string, aside: DomainAside): readonly Finding[] {
  return [
    ...judgeTrouble(domain, aside.trouble),
    ...(aside.delegation === null ? [] : judgeDelegation(aside.delegation)),
    ...(aside.invented === null ? [] : [judgeInvented(aside.invented)]),
    ...(aside.caa === null ? [] : judgeCaa(domain, aside.caa)),
  ]
}

/** A resolver that cannot be reached is told once, by `domain-unknown`; these are answers that show a fault of the zone. */
function judgeTrouble(domain: string, trouble: readonly DnsTrouble[]): readonly Finding[] {
  const own = trouble.filter(({ name }) => name === domain || name.endsWith(`.${domain}`))
  const truncated = own.filter(({ code }) => code === 'TRUNCATED')
  const failing = own.filter(({ code }) => /^(?:SERVFAIL|REFUSED|MALFORMED|CNAME-LOOP)$/.test(code))
  const codes = [...new Set(failing.map(({ code }) => code))].join(', ')
  return [
    ...(truncated.length === 0
      ? []
      : [
          composeFinding('domain-dns-truncated', {
            facts: { domain, detail: truncated[0]?.detail ?? 'no answer' },
            evidence: truncated.map(printTrouble),
            fixes: [TRUNCATED_STEPS],
          }),
        ]),
    ...(failing.length === 0
      ? []
      : [
          composeFinding('domain-dns-failing', {
            facts: { domain, codes },
            evidence: failing.map(printTrouble),
            fixes: [FAILING_STEPS],
          }),
        ]),
  ]
}

/** The resolver, or the way to it, is out of order; the domain may be sound. */
export function judgeSilence(domain: string, trouble: readonly DnsTrouble[]): Finding {
  const evidence = trouble.slice(0, EVIDENCE_LIMIT).map(printTrouble)
  return composeFinding('domain-unknown', { facts: { domain }, evidence, fixes: [SILENCE_STEPS] })
}

/** More lines of the same kind prove nothing more. */
const EVIDENCE_LIMIT = 5
const SILENCE_STEPS = steps('domain-unknown-steps', 'Get an answer', [
  'Check that this machine is online, and that a firewall lets it ask DNS servers.',
  'Name another resolver for this look, or under Settings for all.',
])
const TRUNCATED_STEPS = steps('domain-dns-truncated-steps', 'Let the whole answer through', [
  'Allow TCP to port 53 of the name servers, in the firewall too: RFC 7766 section 5 requires it.',
  'Or make the answer smaller: remove TXT records of the domain that nothing needs any more.',
])
const FAILING_STEPS = steps('domain-dns-failing-steps', 'Find the server that fails', [
  'Ask the name servers of the zone themselves ("Ask the authoritative servers"): one that does not know the zone is named there.',
  'Where all of them answer, the DNSSEC signatures or the DS record at the registrar are wrong: sign the zone again, or replace the DS record.',
])

function judgeDelegation({ zone, servers }: DelegationReport): readonly Finding[] {
  const lame = servers.filter(({ state }) => state !== 'ok')
  const sound = servers.filter(({ state }) => state === 'ok')
  const serials = [...new Set(sound.flatMap(({ serial }) => (serial === null ? [] : [serial])))]
  const found = lame.map(server => {
    const { host, address, state, detail } = server
    const why = 'it does not answer for the zone; change it at the registrar too'
    const remove: DnsChange = { action: 'remove', name: zone, type: 'NS', value: host, replaces: null, why }
    // Without another server that works, taking this one away would leave none.
    const repair = sound.length === 0 ? {} : { repair: { label: `Take ${host} away`, changes: [remove] } }
    return composeFinding('domain-dns-lame', {
      facts: { zone, host, detail: detail ?? (state === 'no-address' ? 'it has no address' : state) },
      evidence: [`${zone} NS ${host}`, `${host} ${address ?? 'no address'}: ${detail ?? state}`],
      ...repair,
      fixes: [
        steps(`domain-dns-lame-${host}`, 'Or set it up', [
          `Load the zone ${zone} on ${host}, or let it fetch the zone.`,
        ]),
      ],
    })
  })
  if (serials.length < 2) return found
  const evidence = sound.map(({ host, address, serial }) => `${host} (${address ?? ''}) SOA ${serial ?? ''}`)
  return [...found, composeFinding('domain-dns-disagree', { facts: { zone, serials: serials.join(', ') }, evidence })]
}

function judgeInvented(addresses: readonly string[]): Finding {
  return composeFinding('domain-resolver-invents', {
    facts: { addresses: addresses.join(', ') },
    fixes: [
      steps('domain-resolver-choose', 'Ask another resolver', [
        'Name a resolver that you trust for this look, or under Settings for all.',
        'Tell the owner of this one to turn off "search assistance" or the like.',
      ]),
    ],
  })
}

function judgeCaa(domain: string, { state, at, records }: CaaReport): readonly Finding[] {
  const issuers = records.filter(({ tag }) => tag.toLowerCase() === 'issue')
  // RFC 8659 section 4.2: a value without a domain name allows nobody.
  const nobody = issuers.length > 0 && issuers.every(({ value }) => /^\s*(?:;|$)/.test(value))
  if (state !== 'found' || !nobody) return []
  const evidence = issuers.map(({ flags, tag, value }) => `${at ?? domain} CAA ${flags} ${tag} "${value}"`)
  return [composeFinding('domain-caa-nobody', { facts: { domain, at: at ?? domain }, evidence })]
}

function printTrouble({ name, type, code, detail, server }: DnsTrouble): string {
  return `${name} ${type}: ${code}${detail === null ? '' : ` (${detail})`}${server === null ? '' : ` from ${server}`}`
}

function steps(id: string, label: string, lines: readonly string[]): Fix {
  return { kind: 'provider', id, label, url: null, steps: [...lines] }
}
