import type { SettingValue } from '#shared/msmtprc/argument.ts'
import type { SettingName } from '#shared/msmtprc/directive.ts'
import type { MsmtpEnvironment } from '#shared/msmtprc/resolve.ts'
import { err, ok, type Result } from '#shared/result.ts'

type Settings = ReadonlyMap<SettingName, SettingValue>

const FILE_SETTINGS: readonly SettingName[] = [
  'tls_trust_file',
  'tls_crl_file',
  'tls_key_file',
  'tls_cert_file',
  'logfile',
  'aliases',
]

/** What msmtp does to the settings of the chosen account before it checks and prints them. */
export function completeSettings(given: Settings, environment: MsmtpEnvironment): Result<Settings, string> {
  const settings = new Map(given)
  for (const name of FILE_SETTINGS) settings.set(name, expandTilde(settings.get(name) ?? null, environment.home))
  settings.set('password', passwordMark(given))
  settings.set('port', portOf(given))
  settings.set('proxy_port', given.get('proxy_port') ?? (given.get('proxy_host') == null ? '0' : '1080'))
  // `%U` stays as it is in the name for EHLO.
  const domain = fillIn(given.get('domain') ?? '', /%[HCM]/g, environment)
  if (!domain.ok) return domain
  const from = completeFrom(given, environment)
  if (!from.ok) return from
  return ok(settings.set('domain', domain.value).set('from', from.value))
}

/** The complaint that msmtp would have about the account as a whole; it names only the first. */
export function findConflict(settings: Settings): string | null {
  const has = (name: SettingName) => settings.get(name) != null
  if (!has('host') && !has('socket')) return 'host not set'
  if (!has('port')) return 'port not set'
  // With TLS a socket does not do: the certificate must be held against some name.
  if (!has('host') && settings.get('tls') === 'on' && !has('tls_host_override')) return 'host not set'
  if (has('tls_key_file') && !has('tls_cert_file')) return 'tls_key_file requires tls_cert_file'
  if (has('tls_cert_file') && !has('tls_key_file')) return 'tls_cert_file requires tls_key_file'
  const trusts = has('tls_trust_file') || has('tls_fingerprint') || settings.get('tls_certcheck') === 'off'
  if (settings.get('tls') === 'on' && !trusts) {
    return 'tls requires either tls_trust_file (highly recommended) or tls_fingerprint or a disabled tls_certcheck'
  }
  if (has('tls_crl_file') && !has('tls_trust_file')) return 'tls_crl_file requires tls_trust_file'
  return null
}

/** msmtp puts $HOME in the place of a leading `~`, whatever follows: `~root/x` is $HOME + `root/x`. */
function expandTilde(name: SettingValue, home: string): SettingValue {
  return name?.startsWith('~') === true ? home + name.slice(1) : name
}

/** msmtp runs `passwordeval` only where it will sign in and has no password yet. */
function passwordMark(settings: Settings): SettingValue {
  const evaluated = settings.get('auth') !== 'none' && settings.get('passwordeval') != null
  return settings.get('password') != null || evaluated ? '*' : null
}

/** LMTP has no port of its own, so one must be given. */
function portOf(settings: Settings): SettingValue {
  const port = settings.get('port') ?? null
  if (port !== null || settings.get('protocol') === 'lmtp') return port
  return settings.get('tls') === 'on' && settings.get('tls_starttls') === 'off' ? '465' : '25'
}

/** The patterns are filled in even where `auto_from` then makes another sender. */
function completeFrom(settings: Settings, environment: MsmtpEnvironment): Result<SettingValue, string> {
  const from = settings.get('from') ?? null
  const filled = from === null ? ok(null) : fillIn(from, /%[UHCM]/g, environment)
  if (!filled.ok || settings.get('auto_from') !== 'on') return filled
  const domain = settings.get('maildomain') ?? ''
  return ok(domain === '' ? environment.user : `${environment.user}@${domain}`)
}

function fillIn(text: string, patterns: RegExp, environment: MsmtpEnvironment): Result<SettingValue, string> {
  const { user, hostname, canonicalHostname, mailname } = environment
  if (text.includes('%M') && mailname === null) return err('/etc/mailname: No such file or directory')
  const replacements: Readonly<Record<string, string>> = {
    '%U': user,
    '%H': hostname,
    '%C': canonicalHostname,
    '%M': mailname ?? '',
  }
  return ok(text.replace(patterns, pattern => replacements[pattern] ?? pattern))
}
