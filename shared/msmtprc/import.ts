import type { z } from 'zod'
import { AccountName, AccountSettings, AuthMethod, type SecretRef } from '#shared/account/account.ts'
import { printFloor } from '#shared/account/tls-limits.ts'
import { TLS_VERSIONS } from '#shared/account/tls-version.ts'
import { type MsmtprcAccount, settingOf, valueOf } from '#shared/msmtprc/accounts.ts'
import type { SettingName } from '#shared/msmtprc/directive.ts'
import type { ParsedMsmtprc } from '#shared/msmtprc/parse.ts'

export type ImportedAccount = {
  readonly name: string
  readonly settings: AccountSettings
  /** The secret itself, from a `password` command: for the key ring, never to be stored with the settings. */
  readonly password: string | null
  readonly isDefault: boolean
  /** What could not be carried over. */
  readonly notes: readonly string[]
}

/** The accounts of a file, in its order. An account that only gives another one the name "default" is not made twice. */
export function accountsFromMsmtprc(parsed: ParsedMsmtprc): readonly ImportedAccount[] {
  const fallback = parsed.accounts.find(account => account.name === 'default')
  const aliased = fallback === undefined ? null : aliasedBy(fallback)
  return parsed.accounts
    .filter(account => account !== fallback || aliased === null)
    .filter(account => valueOf(account, 'host') !== null || valueOf(account, 'socket') !== null)
    .map(account => importAccount(account, account.name === (aliased ?? 'default')))
}

/** The one account that this one renames, when it sets nothing of its own. */
function aliasedBy(account: MsmtprcAccount): string | null {
  const [parent, ...others] = account.parents
  const sets = [...account.own.values()].some(setting => setting.line >= account.line)
  return parent !== undefined && others.length === 0 && !sets ? parent : null
}

function importAccount(account: MsmtprcAccount, isDefault: boolean): ImportedAccount {
  const notes: string[] = []
  const value = (name: SettingName) => valueOf(account, name)
  const settings: Record<string, unknown> = {}
  const fields: Readonly<Record<string, z.ZodType>> = AccountSettings.shape
  for (const [field, wanted] of Object.entries(fieldValues(account, value, notes))) {
    // Bytes that are not UTF-8 have no place in the settings of an account.
    if (typeof wanted === 'string' && !wanted.isWellFormed()) {
      notes.push(`${field} could not be carried over: it is not UTF-8`)
      continue
    }
    const parsed = fields[field]?.safeParse(wanted)
    if (parsed?.success === true) settings[field] = parsed.data
    else notes.push(`${field} could not be carried over: its value does not fit`)
  }
  const name = AccountName.safeParse(account.name)
  if (!name.success) notes.push('the name was changed: it does not fit')
  return {
    name: name.success ? name.data : `account at line ${account.line}`,
    settings: AccountSettings.parse(settings),
    password: value('password'),
    isDefault,
    notes,
  }
}

function fieldValues(
  account: MsmtprcAccount,
  value: (name: SettingName) => string | null,
  notes: string[],
): Partial<AccountSettings> {
  const tls = value('tls') === 'on'
  const on = (name: SettingName) => value(name) === 'on'
  const timeout = value('timeout')
  const proxyHost = value('proxy_host')
  noteLosses(account, value, notes)
  return {
    host: value('host') ?? '',
    // Without a port msmtp uses 25 for STARTTLS, where an account would use 587.
    port: numberOf(value('port')) ?? (tls && on('tls_starttls') && value('protocol') === 'smtp' ? 25 : null),
    security: tls ? (on('tls_starttls') ? 'starttls' : 'tls') : 'none',
    protocol: value('protocol') === 'lmtp' ? 'lmtp' : 'smtp',
    socket: value('socket'),
    sourceIp: value('source_ip'),
    proxy: proxyHost === null ? null : { host: proxyHost, port: numberOf(value('proxy_port')) ?? 1080 },
    timeoutSeconds: timeout === 'off' ? null : numberOf(timeout),
    ehlo: settingOf(account, 'domain') === null ? null : textOf(value('domain')),
    auth: authOf(value('auth')),
    user: value('user'),
    secret: secretOf(value),
    ntlmDomain: value('ntlmdomain'),
    verifyCertificate: on('tls_certcheck'),
    caFile: value('tls_trust_file') === 'system' ? null : value('tls_trust_file'),
    crlFile: value('tls_crl_file'),
    fingerprint: value('tls_fingerprint'),
    clientCertFile: value('tls_cert_file'),
    clientKeyFile: value('tls_key_file'),
    hostOverride: value('tls_host_override'),
    ...floorOrPriorities(value('tls_priorities')),
    from: textOf(value('from')),
    fromName: value('from_full_name'),
    allowFromOverride: on('allow_from_override'),
    dsnNotify: value('dsn_notify')?.toLowerCase() ?? null,
    dsnReturn: dsnReturnOf(value('dsn_return')),
    setFromHeader: oneOf(value('set_from_header'), ['auto', 'on', 'off'] as const),
    setDateHeader: oneOf(value('set_date_header'), ['auto', 'off'] as const),
    setMsgidHeader: oneOf(value('set_msgid_header'), ['auto', 'off'] as const),
    removeBccHeaders: on('remove_bcc_headers'),
    undisclosedRecipients: on('undisclosed_recipients') || value('set_to_header') === 'undisclosed_recipients',
    aliases: value('aliases'),
    logFile: value('logfile'),
    logFileTimeFormat: value('logfile_time_format'),
    syslog: value('syslog'),
  }
}

/** A floor that was written from an account is one again; anything else is kept as it stands. */
function floorOrPriorities(text: string | null): Pick<AccountSettings, 'tlsMin' | 'priorities'> {
  const tlsMin = TLS_VERSIONS.find(version => printFloor(version) === text) ?? null
  return { tlsMin, priorities: tlsMin === null ? text : null }
}

function noteLosses(account: MsmtprcAccount, value: (name: SettingName) => string | null, notes: string[]): void {
  if (value('auto_from') === 'on') notes.push('auto_from is obsolete: set the sender address instead')
  if (value('tls_min_dh_prime_bits') !== null)
    notes.push('tls_min_dh_prime_bits was left out: say it in the TLS priorities')
  if (value('tls_trust_file') === null) notes.push("tls_trust_file was empty: the system's authorities are trusted now")
  if (value('set_to_header') === 'on') notes.push('set_to_header on was left out')
  if (/%[UHCMF]/.test(value('from') ?? ''))
    notes.push(`msmtp fills ${value('from') ?? ''} in by itself: give the real sender address`)
  if (account.parents.length > 0) notes.push(`what ${account.parents.join(', ')} set is part of this account now`)
}

function secretOf(value: (name: SettingName) => string | null): SecretRef {
  const command = value('passwordeval')
  if (value('auth') === 'none') return { kind: 'none' }
  if (value('password') !== null) return { kind: 'keyring' }
  if (command !== null) return { kind: 'command', command }
  // Without either msmtp asks the key ring, and then the person.
  return value('user') === null ? { kind: 'none' } : { kind: 'keyring' }
}

function authOf(value: string | null): AuthMethod {
  if (value === 'choose' || value === null) return 'auto'
  const method = AuthMethod.safeParse(value.toLowerCase())
  return method.success ? method.data : 'auto'
}

function dsnReturnOf(value: string | null): 'headers' | 'full' | null {
  if (value === null) return null
  return value === 'FULL' ? 'full' : 'headers'
}

function oneOf<const T extends string>(value: string | null, choices: readonly T[]): T | 'auto' {
  return choices.find(choice => choice === value) ?? 'auto'
}

function numberOf(value: string | null): number | null {
  return value === null ? null : Number(value)
}

function textOf(value: string | null): string | null {
  return value === '' ? null : value
}
