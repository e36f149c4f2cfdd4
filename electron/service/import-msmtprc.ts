import { AccountName, AccountSettings, type Security } from '#shared/account/account.ts'
import { type MsmtprcAccount, settingOf } from '#shared/msmtprc/accounts.ts'
import { DIRECTIVES } from '#shared/msmtprc/directives.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'

/** An account as another program has it: its settings, and its password where the text holds one. */
export type ImportedAccount = {
  readonly name: string
  readonly settings: AccountSettings
  readonly password: string | null
}
export type Imported = { readonly accounts: readonly ImportedAccount[]; readonly notes: readonly string[] }

/** The accounts of an msmtprc. What cannot be carried over is noted; no command in it is run. */
export function readMsmtprcAccounts(text: string): Imported {
  const parsed = parseMsmtprc(text)
  const notes = parsed.complaints.map(({ printed }) => printed)
  for (const { line } of parsed.unknownEvals) notes.push(`line ${line}: what this command prints is not known`)
  const accounts: ImportedAccount[] = []
  for (const account of parsed.accounts) {
    const imported = readAccount(account, notes)
    // `account default : work` only says which one is the default.
    const alias = account.name === 'default' && account.parents.length > 0
    if (imported !== null && !alias) accounts.push(imported)
  }
  return { accounts, notes }
}

function readAccount(account: MsmtprcAccount, notes: string[]): ImportedAccount | null {
  const value = (name: Parameters<typeof settingOf>[1]) => settingOf(account, name)?.value ?? null
  const fields: Record<string, unknown> = {}
  for (const { setting, field } of DIRECTIVES) {
    if (setting === null || field === null || field === 'security' || field === 'secret' || field === 'proxy') continue
    const found = settingOf(account, setting)
    if (found !== null) fields[field] = fieldValue(field, found.value)
  }
  const proxyHost = value('proxy_host')
  const command = value('passwordeval')
  const settings = AccountSettings.safeParse({
    ...fields,
    security: securityOf(value('tls'), value('tls_starttls')),
    auth: authOf(value('auth')),
    proxy: proxyHost === null ? null : { host: proxyHost, port: Number(value('proxy_port') ?? 1080) },
    secret: command === null ? { kind: 'prompt' } : { kind: 'command', command },
  })
  if (value('host') === null && value('socket') === null) {
    notes.push(`account ${account.name} (line ${account.line}) names no host`)
    return null
  }
  const name = AccountName.safeParse(account.name)
  if (!name.success || !settings.success) {
    const place = settings.success ? 'name' : (settings.error.issues[0]?.path.join('.') ?? '')
    notes.push(`account ${account.name} (line ${account.line}) could not be carried over: ${place} cannot be used`)
    return null
  }
  return { name: name.data, settings: settings.data, password: value('password') }
}

/** msmtp signs in only where `auth` says so. */
function authOf(value: string | null): string {
  if (value === null || value === 'off') return 'none'
  return value === 'on' || value === 'choose' ? 'auto' : value
}

function securityOf(tls: string | null, starttls: string | null): Security {
  if (tls !== 'on') return 'none'
  return starttls === 'off' ? 'tls' : 'starttls'
}

const NUMBERS = new Set(['port', 'timeoutSeconds'])
const ON_OFF = new Set(['verifyCertificate', 'allowFromOverride', 'removeBccHeaders', 'undisclosedRecipients'])

function fieldValue(field: string, value: string | null): unknown {
  if (value === null) return undefined
  if (NUMBERS.has(field)) return value === 'off' ? null : Number(value)
  return ON_OFF.has(field) ? value === 'on' : value
}
