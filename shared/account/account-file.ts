import { AccountName, AccountSettings, type Security } from '#shared/account/account.ts'
import { FIELD_NAMES, FIELDS, type FieldName } from '#shared/account/field.ts'
import { presetById } from '#shared/account/find-preset.ts'
import { settingsFromPreset } from '#shared/account/settings-from-preset.ts'
import { nearestWord } from '#shared/nearest.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** One account as JSON: what `--account-file` takes and what `accounts show --json` prints. */
export type AccountFile = { readonly name: string } & AccountSettings

export type AccountFileFault = {
  readonly code: 'bad-input'
  /** The path of the value: `proxy.port`; absent when the whole is wrong. */
  readonly field?: string
  readonly message: string
  readonly remedy: string
}

export type ReadAccount = {
  readonly name: string
  readonly settings: AccountSettings
  readonly notes: readonly string[]
}

/** Names that programs give to what must not stand in such a file. */
const SECRET_KEY = /pass(?:word|wd|phrase)?$|secret|token|oauth|credential|api_?key/i

/** What other programs call our fields, their separators removed. */
const OTHER_NAMES: Readonly<Record<string, FieldName>> = {
  hostname: 'host',
  server: 'host',
  smtphost: 'host',
  smtpserver: 'host',
  username: 'user',
  login: 'user',
  tls: 'security',
  ssl: 'security',
  secure: 'security',
  starttls: 'security',
  encryption: 'security',
  sender: 'from',
  mailfrom: 'from',
  fullname: 'fromName',
  helo: 'ehlo',
  timeout: 'timeoutSeconds',
  rejectunauthorized: 'verifyCertificate',
  verify: 'verifyCertificate',
}

/**
 * Reads one account. Only `host` is required (or `socket`, or a `provider` that has a host); the rest defaults as in
 * msmtp or as the provider has it. Every fault names the value it is about.
 */
export function parseAccountFile(json: unknown): Result<ReadAccount, readonly AccountFileFault[]> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return err([
      { code: 'bad-input', message: 'an account is a JSON object', remedy: 'write { "host": "smtp.example.org" }' },
    ])
  }
  // typeof and Array.isArray proved an object, whose values are not known yet.
  const given = json as Readonly<Record<string, unknown>>
  const secrets = secretFaults(given)
  if (secrets.length > 0) return err(secrets)
  const notes: string[] = []
  const { name, id: _, ...rest } = given
  const parsedName = AccountName.safeParse(name ?? 'account')
  const settings = AccountSettings.safeParse({ ...defaultsFor(given, notes), ...present(knownOnly(rest, notes)) })
  const faults = [
    ...(parsedName.success ? [] : parsedName.error.issues.map(issue => faultOf(['name'], issue.message))),
    ...(settings.success ? [] : settings.error.issues.map(issue => faultOf(issue.path, issue.message))),
  ]
  if (!settings.success || !parsedName.success) return err(faults)
  if (settings.data.host === '' && settings.data.socket === null) {
    return err([
      {
        code: 'bad-input',
        field: 'host',
        message: 'host is missing',
        remedy: 'give "host", or a "provider" of the table',
      },
    ])
  }
  return ok({ name: parsedName.data, settings: settings.data, notes })
}

/** The same as a flat object with every field; there is no field that could hold a secret. */
export function printAccountFile(account: AccountFile): AccountFile {
  const settings = AccountSettings.parse(account)
  return { name: account.name, ...settings }
}

/** What holds when the file does not say: the provider's facts, and encryption by the port (RFC 8314 section 3.3). */
function defaultsFor(given: Readonly<Record<string, unknown>>, notes: string[]): Partial<AccountSettings> {
  const preset = typeof given['provider'] === 'string' ? presetById(given['provider']) : null
  if (typeof given['provider'] === 'string' && preset === null) {
    notes.push(
      `provider: "${given['provider'].slice(0, 64)}" is not in the table of providers, so nothing is filled in from it`,
    )
  }
  const port = typeof given['port'] === 'number' ? given['port'] : null
  const fromPreset = preset ? presetDefaults(preset.id, port, given) : {}
  const security = fromPreset.security ?? securityOf(port)
  // A user who signs in has a password somewhere: it is asked for unless the file says where it is.
  const user = given['user'] ?? fromPreset.user ?? null
  const signsIn = user !== null && given['auth'] !== 'none'
  return { ...fromPreset, security, secret: { kind: signsIn ? 'prompt' : 'none' } }
}

function presetDefaults(
  id: string,
  port: number | null,
  given: Readonly<Record<string, unknown>>,
): Partial<AccountSettings> {
  const preset = presetById(id)
  if (!preset) return {}
  const address = typeof given['from'] === 'string' ? given['from'] : null
  const known = preset.ports.some(one => one.port === port)
  const settings = settingsFromPreset(preset, { address, ...(known ? { port } : {}) })
  // What the provider issues is asked for only when the file has no user of its own.
  const { host, user, auth, ehlo } = settings
  return {
    host,
    user,
    auth: given['user'] !== undefined && auth === 'none' ? 'auto' : auth,
    ehlo,
    ...(port === null || known ? { port: settings.port, security: settings.security } : {}),
  }
}

function securityOf(port: number | null): Security {
  if (port === 465) return 'tls'
  return port === 587 ? 'starttls' : 'none'
}

function knownOnly(given: Readonly<Record<string, unknown>>, notes: string[]): Record<string, unknown> {
  const known: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(given)) {
    if (isFieldName(key)) {
      known[key] = value
      continue
    }
    const near = nearestField(key)
    notes.push(`${key.slice(0, 64)}: no such setting${near === null ? '' : `; did you mean ${near}?`}`)
  }
  return known
}

/** A null says "none" where a setting can be none, so that what was printed reads back; elsewhere it says "the default". */
function present(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([key, value]) =>
        value !== undefined &&
        (value !== null || (isFieldName(key) && AccountSettings.shape[key].safeParse(null).success)),
    ),
  )
}

function secretFaults(given: Readonly<Record<string, unknown>>): readonly AccountFileFault[] {
  return Object.keys(given)
    .filter(key => SECRET_KEY.test(key) && !(key === 'secret' && typeof given[key] === 'object'))
    .map(key => ({
      code: 'bad-input' as const,
      field: key.slice(0, 64),
      message: 'an account file never holds a secret',
      remedy: 'take it out, and pass it by --password-stdin or --password-env NAME',
    }))
}

function nearestField(key: string): FieldName | null {
  const bare = key.toLowerCase().replace(/[^a-z0-9]/g, '')
  const other = Object.hasOwn(OTHER_NAMES, bare) ? OTHER_NAMES[bare] : undefined
  if (other) return other
  const same = FIELD_NAMES.find(
    name => name.toLowerCase() === bare || FIELDS[name].directive?.split(', ').includes(key.toLowerCase()),
  )
  if (same) return same
  const near = nearestWord(key, FIELD_NAMES)
  return near !== null && isFieldName(near) ? near : null
}

function isFieldName(key: string): key is FieldName {
  return Object.hasOwn(FIELDS, key)
}

function faultOf(path: readonly PropertyKey[], message: string): AccountFileFault {
  const field = path.map(String).join('.')
  return {
    code: 'bad-input',
    field,
    message: `${field}: ${message}`,
    remedy: 'mailwright accounts show NAME --json prints the form',
  }
}
