import type { AutoconfigServer } from '#engine/discover/autoconfig.ts'
import { isWithin } from '#engine/dns/name.ts'
import type { Rdata } from '#engine/dns/record.ts'
import type { MailAddress } from '#shared/account/address.ts'
import { presetForHost, type PresetMatch } from '#shared/account/find-preset.ts'
import { endpointsOf, settingsFromPreset } from '#shared/account/settings-from-preset.ts'
import type { Candidate } from '#shared/contract/discover.ts'

/** More records than any domain has: what is beyond is not looked at. */
const RECORDS_MAX = 8

/** What a provider's table says for one of its addresses. Ports that are there for blocked networks are left out. */
export function fromPreset(
  { preset, region }: PresetMatch,
  address: MailAddress,
  source: 'provider' | 'mx',
  confidence: number,
  note: string,
): readonly Candidate[] {
  const { user } = settingsFromPreset(preset, { region, address: address.address })
  const ended = preset.signIn.some(({ method, state }) => method === 'password' && state !== 'works')
  return endpointsOf(preset, region)
    .filter(({ port }) => port === 465 || port === 587 || preset.ports.length === 1)
    .map((endpoint, at) => ({
      source,
      ...endpoint,
      user,
      preset: preset.id,
      confidence: confidence - at * 0.05,
      note,
      warning: ended ? `signs in with: ${preset.secret.hint}` : null,
    }))
}

/**
 * RFC 6186 section 3.1 and RFC 8314 section 5.1. A target of "." says that the service is not offered (RFC 2782).
 * Anybody who can forge DNS can name a host here, so one outside the mail domain is pointed out (RFC 6186 section 6).
 */
export function fromSrv(
  records: readonly Rdata['SRV'][],
  service: '_submissions._tcp' | '_submission._tcp',
  address: MailAddress,
): readonly Candidate[] {
  const implicit = service === '_submissions._tcp'
  return [...records]
    .filter(({ target, port }) => target !== '.' && target !== '' && port > 0)
    .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
    .slice(0, RECORDS_MAX)
    .map((record, at) => {
      const host = record.target.toLowerCase().replace(/\.$/, '')
      const known = presetForHost(host)
      const inside = isWithin(host, address.asciiDomain)
      return {
        source: 'srv' as const,
        host,
        port: record.port,
        security: implicit ? ('tls' as const) : ('starttls' as const),
        user: known ? settingsFromPreset(known.preset, { address: address.address }).user : address.address,
        preset: known?.preset.id ?? null,
        confidence: (inside || known ? 0.9 : 0.7) - at * 0.05 - (implicit ? 0 : 0.02),
        note: `the domain names it in ${service}.${address.asciiDomain}`,
        warning: inside
          ? null
          : `${host} is not in the domain ${address.domain}${known ? `, but belongs to ${known.preset.name}` : '; make sure that it is yours before you send it a password'}`,
      }
    })
}

export function fromAutoconfig(servers: readonly AutoconfigServer[], address: MailAddress): readonly Candidate[] {
  return servers.slice(0, RECORDS_MAX).map((server, at) => ({
    source: 'autoconfig',
    host: server.host,
    port: server.port,
    security: server.security,
    user: server.user === 'address' ? address.address : server.user === 'local-part' ? address.localPart : null,
    preset: presetForHost(server.host)?.preset.id ?? null,
    confidence: 0.8 - at * 0.05,
    note: "Thunderbird's database of providers names it",
    warning: server.oauth2Only ? 'signs in with OAuth2 only' : null,
  }))
}

/** Names that many domains have; only those that exist are offered, and nobody has confirmed them. */
export function fromGuess(hosts: readonly string[], address: MailAddress): readonly Candidate[] {
  return hosts.flatMap((host, at) =>
    (
      [
        ['tls', 465],
        ['starttls', 587],
      ] as const
    ).map(([security, port], second) => ({
      source: 'guess' as const,
      host,
      port,
      security,
      user: address.address,
      preset: null,
      confidence: 0.3 - at * 0.05 - second * 0.02,
      note: 'the name exists; nothing says yet that it takes mail: test it',
      warning: null,
    })),
  )
}

/** The surest first; the same place from two sources once, with the surer one's words. */
export function rankCandidates(candidates: readonly Candidate[]): readonly Candidate[] {
  const sorted = [...candidates].sort((a, b) => b.confidence - a.confidence)
  const seen = new Set<string>()
  return sorted.filter(({ host, port, security }) => {
    const place = `${host} ${port} ${security}`
    if (seen.has(place)) return false
    seen.add(place)
    return true
  })
}
