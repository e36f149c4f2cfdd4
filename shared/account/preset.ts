import type { AuthMethod, Security } from '#shared/account/account.ts'

/** Where a fact comes from; `general knowledge` is shown as unsure. */
export type Evidence = 'provider documentation' | 'source code' | 'third party' | 'general knowledge'

export type Fact = { readonly text: string; readonly evidence: Evidence; readonly url: string | null }

/** One way in: a port and how TLS starts there. */
export type PresetPort = { readonly port: number; readonly security: Security }

/** One host of a provider. `region` is null where the provider has one host for everybody. */
export type PresetHost = {
  readonly region: string | null
  /** What a person chooses by: "Europe (Frankfurt)", "paid organisation". */
  readonly label: string
  readonly host: string
  /** MX suffixes and mail domains that speak for this host rather than for its siblings. */
  readonly mxSuffixes: readonly string[]
  readonly domains: readonly string[]
}

/** What the provider takes as the user name. `literal` is the same word for every customer. */
export type UserForm =
  | { readonly form: 'address'; readonly hint: string | null }
  | { readonly form: 'local-part'; readonly hint: string | null }
  | { readonly form: 'literal'; readonly literal: string }
  | { readonly form: 'provider-issued'; readonly hint: string }
  | { readonly form: 'none'; readonly hint: string }

export type SecretKind = 'password' | 'app-password' | 'api-key' | 'smtp-password' | 'token' | 'oauth2' | 'none'

export type PresetSecret = {
  readonly kind: SecretKind
  /** In the provider's own words: "app password, 16 letters". */
  readonly hint: string
  /** Where the person gets it. */
  readonly url: string | null
  /** The provider shows it in groups; the blanks between them are not part of it. */
  readonly groupedWithBlanks: boolean
  readonly length: number | null
}

/** A way to sign in and how long it lasts. `until` is a date (YYYY-MM-DD) or null when none is announced. */
export type SignInMethod = {
  readonly method: 'password' | 'app-password' | 'key' | 'oauth2' | 'ip-address'
  readonly mechanisms: readonly AuthMethod[]
  readonly state: 'works' | 'ending' | 'ended' | 'unsure'
  readonly until: string | null
  readonly note: string | null
  readonly source: string | null
}

export type PresetKind = 'mailbox' | 'relay service' | 'own server'

/** What is known about one provider. Everything in it is data: adding a provider adds no code. */
export type Preset = {
  readonly id: string
  readonly name: string
  readonly kind: PresetKind
  /** Other words that people search it by. */
  readonly aliases: readonly string[]
  /** The first is the default. */
  readonly hosts: readonly PresetHost[]
  /** In order of preference. */
  readonly ports: readonly PresetPort[]
  readonly user: UserForm
  readonly secret: PresetSecret
  readonly signIn: readonly SignInMethod[]
  readonly gotchas: readonly Fact[]
  /** Mail domains whose addresses live here. */
  readonly domains: readonly string[]
  readonly mxSuffixes: readonly string[]
  /** DKIM selectors that every customer has; empty where they differ from customer to customer or are not known. */
  readonly dkimSelectors: readonly string[]
  readonly spfInclude: string | null
  /** Greets by a full host name only: EHLO localhost is refused or deferred. */
  readonly needsRealEhlo: boolean
  readonly evidence: Evidence
  readonly source: string | null
  /** The month in which these facts were gathered. */
  readonly verifiedOn: string
}

type Spelling = Pick<Preset, 'id' | 'name' | 'kind' | 'ports' | 'user' | 'secret' | 'evidence'> &
  Partial<Omit<Preset, 'hosts'>> & { readonly hosts: string | readonly PresetHost[] }

/** A preset from the facts that differ: one host may be given as its name, and lists that are absent are empty. */
export function preset(spelt: Spelling): Preset {
  return {
    aliases: [],
    signIn: [],
    gotchas: [],
    domains: [],
    mxSuffixes: [],
    dkimSelectors: [],
    spfInclude: null,
    needsRealEhlo: false,
    source: null,
    verifiedOn: '2026-11',
    ...spelt,
    hosts: typeof spelt.hosts === 'string' ? [host(null, spelt.name, spelt.hosts)] : spelt.hosts,
  }
}

export function host(
  region: string | null,
  label: string,
  name: string,
  known: { readonly mxSuffixes?: readonly string[]; readonly domains?: readonly string[] } = {},
): PresetHost {
  return { region, label, host: name, mxSuffixes: known.mxSuffixes ?? [], domains: known.domains ?? [] }
}

export const TLS_465: PresetPort = { port: 465, security: 'tls' }
export const STARTTLS_587: PresetPort = { port: 587, security: 'starttls' }
export const starttls = (port: number): PresetPort => ({ port, security: 'starttls' })
export const implicitTls = (port: number): PresetPort => ({ port, security: 'tls' })

export const ADDRESS_AS_USER: UserForm = { form: 'address', hint: null }
export const LOCAL_PART_AS_USER: UserForm = {
  form: 'local-part',
  hint: 'the part of the address before the @, not the whole address',
}

export function secret(
  kind: SecretKind,
  hint: string,
  url: string | null = null,
  shape: { readonly groupedWithBlanks?: boolean; readonly length?: number } = {},
): PresetSecret {
  return { kind, hint, url, groupedWithBlanks: shape.groupedWithBlanks ?? false, length: shape.length ?? null }
}

export const MAILBOX_PASSWORD = secret('password', 'the password of the mailbox')

export function signIn(
  method: SignInMethod['method'],
  mechanisms: readonly AuthMethod[],
  more: Partial<Omit<SignInMethod, 'method' | 'mechanisms'>> = {},
): SignInMethod {
  return { method, mechanisms, state: 'works', until: null, note: null, source: null, ...more }
}

/** A fact with a source. */
export function known(text: string, evidence: Evidence, url: string | null = null): Fact {
  return { text, evidence, url }
}

/** A fact of general knowledge, shown as such. */
export function unsure(text: string): Fact {
  return { text, evidence: 'general knowledge', url: null }
}
