import type { AccountSettings, Security } from '#shared/account/account.ts'
import { presetById, presetForHost } from '#shared/account/find-preset.ts'
import type { Preset } from '#shared/account/preset.ts'
import { isLoopback } from '#shared/finding/loopback.ts'

/** What rules and fixes need to know about a mail provider. */
export type ProviderPolicy = {
  readonly id: string
  readonly name: string
  /** The password of the account itself never works over SMTP, one made for this program does. */
  readonly appPasswordsOnly: boolean
  /** Passwords of every kind are refused since this day (ISO date). */
  readonly passwordsEnded: { readonly date: string | null; readonly source: string | null } | null
  /** Passwords still work and are announced to end. */
  readonly passwordsEnding: { readonly date: string | null; readonly source: string | null } | null
  /** What the secret is called there, where it is made by the provider for sending alone; else null. */
  readonly secretName: string | null
  readonly secretHint: string
  /** Where the secret is found or made. */
  readonly secretUrl: string | null
  readonly userForm: Preset['user']['form']
  /** The one user name that everybody uses, such as `apikey`. */
  readonly fixedUser: string | null
  /** In order of preference. */
  readonly endpoints: readonly { readonly port: number; readonly security: Security }[]
  /** What the sender's SPF record includes for this provider. */
  readonly spfInclude: string | null
}

const SECRET_NAMES: Readonly<Record<Preset['secret']['kind'], string | null>> = {
  password: null,
  'app-password': null,
  'api-key': 'API key',
  'smtp-password': 'SMTP password',
  token: 'token',
  oauth2: null,
  none: null,
}

/** The provider of an account: the one it names, else the one its host belongs to. */
export function providerOf(account: Pick<AccountSettings, 'provider' | 'host'>): ProviderPolicy | null {
  const named = account.provider === null ? null : presetById(account.provider)
  // Several programs listen on the machine itself; its address says nothing about which of them this is.
  const guessed = isLoopback(account.host) ? null : (presetForHost(account.host)?.preset ?? null)
  const preset = named ?? guessed
  return preset && policyOf(preset)
}

export function policyOf(preset: Preset): ProviderPolicy {
  const own = preset.signIn.find(({ method }) => method === 'password')
  const app = preset.signIn.find(({ method }) => method === 'app-password')
  const works = (method: typeof own) => method?.state === 'works' || method?.state === 'ending'
  const ended = own?.state === 'ended' && !works(app) ? own : null
  const ending = own?.state === 'ending' ? own : null
  return {
    id: preset.id,
    name: preset.name,
    appPasswordsOnly: works(app) && !works(own),
    passwordsEnded: ended && { date: ended.until, source: ended.source },
    passwordsEnding: ending && { date: ending.until, source: ending.source },
    secretName: SECRET_NAMES[preset.secret.kind],
    secretHint: preset.secret.hint,
    secretUrl: preset.secret.url,
    userForm: preset.user.form,
    fixedUser: preset.user.form === 'literal' ? preset.user.literal : null,
    endpoints: preset.ports,
    spfInclude: preset.spfInclude,
  }
}
