import { AccountSettings, type AuthMethod } from '#shared/account/account.ts'
import { domainOf, localPartOf } from '#shared/account/address.ts'
import type { Preset, PresetHost, PresetPort } from '#shared/account/preset.ts'

export type Endpoint = PresetPort & { readonly host: string }

export type PresetChoices = {
  readonly region?: string | null
  /** The mail address that will send. */
  readonly address?: string | null
  /** What the provider issued, where the user name is not made from the address. */
  readonly user?: string | null
  readonly fromName?: string | null
  /** The full name of this machine, for EHLO. */
  readonly ehlo?: string | null
  readonly port?: number | null
}

/** The host for a region, or the provider's default. A region of Amazon that is not in the table still has its host. */
export function hostOf(preset: Preset, region: string | null = null): PresetHost {
  const first = preset.hosts[0]
  if (!first) throw new Error(`preset ${preset.id} has no host`)
  if (region === null) return first
  const known = preset.hosts.find(one => one.region === region)
  if (known) return known
  if (preset.id === 'amazon-ses' && /^[a-z]{2,6}(?:-[a-z0-9]{1,12}){2,4}$/.test(region)) {
    return { ...first, region, label: region, host: `email-smtp.${region}.amazonaws.com` }
  }
  return first
}

/** Where to connect, in the provider's order of preference. */
export function endpointsOf(preset: Preset, region: string | null = null): readonly Endpoint[] {
  const { host } = hostOf(preset, region)
  return preset.ports.map(port => ({ host, ...port }))
}

/** The settings that this provider needs; what only the person can know stays empty. */
export function settingsFromPreset(preset: Preset, choices: PresetChoices = {}): AccountSettings {
  const { host } = hostOf(preset, choices.region ?? null)
  const wanted = choices.port ?? null
  const port = preset.ports.find(one => one.port === wanted) ?? preset.ports[0]
  if (!port) throw new Error(`preset ${preset.id} has no port`)
  const address = choices.address?.trim() || null
  const user = userOf(preset, address, choices.user ?? null)
  const auth = authOf(preset, user)
  return AccountSettings.parse({
    provider: preset.id,
    host,
    port: wanted ?? port.port,
    security: port.security,
    auth,
    user,
    secret: { kind: auth === 'none' ? 'none' : 'prompt' },
    from: address,
    fromName: choices.fromName ?? null,
    ehlo: choices.ehlo ?? ehloFor(preset, address),
  })
}

/** A name for the account: the local part and the provider, which tells accounts at one provider apart. */
export function suggestAccountName(preset: Preset | null, address: string | null): string {
  const words = [address === null ? null : domainOf(address), preset?.id].filter(
    word => word !== null && word !== undefined,
  )
  const name = preset !== null && preset.kind === 'mailbox' && address !== null ? address : (words[0] ?? 'account')
  // msmtp account names hold neither ":" nor ",".
  return name.replace(/[:,\s]+/g, '-').slice(0, 64)
}

function userOf(preset: Preset, address: string | null, issued: string | null): string | null {
  switch (preset.user.form) {
    case 'literal':
      return preset.user.literal
    case 'none':
    case 'provider-issued':
      return issued
    case 'address':
      return issued ?? address
    case 'local-part':
      return issued ?? (address === null ? null : localPartOf(address))
  }
}

function authOf(preset: Preset, user: string | null): AuthMethod {
  if (preset.user.form === 'none' && user === null) return 'none'
  return preset.secret.kind === 'oauth2' ? 'xoauth2' : 'auto'
}

/**
 * The sender's own domain stands in for a host name that nobody gave (RFC 5321 section 4.1.4 wants a full name);
 * the domain of a big provider would be a lie about who is speaking.
 */
function ehloFor(preset: Preset, address: string | null): string | null {
  const domain = address === null ? null : domainOf(address)
  if (domain === null || !domain.includes('.')) return null
  const providersOwn = preset.domains.includes(domain) || preset.hosts.some(one => one.domains.includes(domain))
  return providersOwn || preset.kind === 'own server' ? null : domain
}
