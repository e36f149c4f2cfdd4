import { fromAutoconfig, fromGuess, fromPreset, fromSrv, rankCandidates } from '#engine/discover/candidates.ts'
import { fetchAutoconfig, ISPDB_URL } from '#engine/discover/fetch-autoconfig.ts'
import { recordsOf, type Answer, type DnsFault } from '#engine/dns/answer.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { addressFaultMessage, parseAddress, type MailAddress } from '#shared/account/address.ts'
import { presetForDomain, presetForMx } from '#shared/account/find-preset.ts'
import type { Candidate, ConfigureResult } from '#shared/contract/discover.ts'
import { Problem } from '#shared/problem.ts'

export type ConfigureOptions = {
  readonly resolver: Resolver
  readonly deadline: Deadline
  /** Asks Thunderbird's database over the internet; it learns the domain. */
  readonly onlineLookup: boolean
  readonly autoconfigUrl?: string
}

export type Discovery = ConfigureResult & {
  /** The domain itself does not exist, as DNS says. */
  readonly domainMissing: boolean
  /** The first question that nobody answered, where there was one: then "nothing found" proves nothing. */
  readonly dnsFault: DnsFault | null
}

/** A guess is worth testing and not worth calling the best answer. */
const BEST_MIN_CONFIDENCE = 0.5

/**
 * Settings for a mail address: the provider table, SRV records (RFC 6186, RFC 8314), the provider that receives the
 * domain's mail, and names that exist. MX hosts are for mail between servers: they are never offered themselves.
 * @throws Problem `bad-input` when this is no mail address
 */
export async function configure(text: string, options: ConfigureOptions): Promise<Discovery> {
  const parsed = parseAddress(text)
  if (!parsed.ok) {
    throw new Problem('bad-input', addressFaultMessage(parsed.error), {
      field: 'address',
      remedy: 'give an address such as anna@example.org',
    })
  }
  const address = parsed.value
  const domain = address.asciiDomain
  const { resolver, deadline } = options
  const table = presetForDomain(domain)
  const [implicit, upgraded, mx, autoconfig] = await Promise.all([
    resolver.lookup(`_submissions._tcp.${domain}`, 'SRV', deadline),
    resolver.lookup(`_submission._tcp.${domain}`, 'SRV', deadline),
    resolver.lookup(domain, 'MX', deadline),
    options.onlineLookup ? fetchAutoconfig(domain, deadline, options.autoconfigUrl ?? ISPDB_URL) : [],
  ])
  const known = [
    ...(table ? fromPreset(table, address, 'provider', 0.95, `${domain} is a domain of ${table.preset.name}`) : []),
    ...fromSrv(
      recordsOf(implicit).map(({ data }) => data),
      '_submissions._tcp',
      address,
    ),
    ...fromSrv(
      recordsOf(upgraded).map(({ data }) => data),
      '_submission._tcp',
      address,
    ),
    ...(table ? [] : fromMx(mx, address)),
    ...fromAutoconfig(autoconfig, address),
  ]
  const guessed = known.length > 0 ? [] : await guess(address, resolver, deadline)
  const candidates = [...rankCandidates([...known, ...guessed])]
  const best = candidates[0]
  return {
    address: address.address,
    domain,
    candidates,
    best: best && best.confidence >= BEST_MIN_CONFIDENCE ? best : null,
    domainMissing: mx.kind === 'nxdomain',
    dnsFault: [implicit, upgraded, mx].find(answer => answer.kind === 'failed')?.code ?? null,
  }
}

function fromMx(mx: Answer<'MX'>, address: MailAddress): readonly Candidate[] {
  const hosts = recordsOf(mx)
    .map(({ data }) => data)
    .sort((a, b) => a.preference - b.preference)
    .map(({ exchange }) => exchange)
  const match = presetForMx(hosts)
  if (!match) return []
  return fromPreset(
    match,
    address,
    'mx',
    0.8,
    `${match.preset.name} receives the mail of ${address.domain} (MX ${hosts[0] ?? ''})`,
  )
}

async function guess(address: MailAddress, resolver: Resolver, deadline: Deadline): Promise<readonly Candidate[]> {
  const names = ['smtp', 'mail'].map(label => `${label}.${address.asciiDomain}`)
  const exist = await Promise.all(
    names.map(async name => {
      const answers = await Promise.all([resolver.lookup(name, 'A', deadline), resolver.lookup(name, 'AAAA', deadline)])
      return answers.some(answer => recordsOf<'A' | 'AAAA'>(answer).length > 0)
    }),
  )
  return fromGuess(
    names.filter((_, at) => exist[at] === true),
    address,
  )
}
