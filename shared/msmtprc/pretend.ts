import type { SettingName } from '#shared/msmtprc/directive.ts'
import type { Resolved } from '#shared/msmtprc/resolve.ts'

/** What `msmtp --pretend` of 1.8.23 prints, in its order; two words instead of an underscore where it says so. */
const PRINTED: readonly (readonly [SettingName, string])[] = [
  ['host', 'host'],
  ['port', 'port'],
  ['source_ip', 'source ip'],
  ['proxy_host', 'proxy host'],
  ['proxy_port', 'proxy port'],
  ['socket', 'socket'],
  ['timeout', 'timeout'],
  ['protocol', 'protocol'],
  ['domain', 'domain'],
  ['auth', 'auth'],
  ['user', 'user'],
  ['password', 'password'],
  ['passwordeval', 'passwordeval'],
  ['ntlmdomain', 'ntlmdomain'],
  ['tls', 'tls'],
  ['tls_starttls', 'tls_starttls'],
  ['tls_trust_file', 'tls_trust_file'],
  ['tls_crl_file', 'tls_crl_file'],
  ['tls_fingerprint', 'tls_fingerprint'],
  ['tls_key_file', 'tls_key_file'],
  ['tls_cert_file', 'tls_cert_file'],
  ['tls_certcheck', 'tls_certcheck'],
  ['tls_min_dh_prime_bits', 'tls_min_dh_prime_bits'],
  ['tls_priorities', 'tls_priorities'],
  ['tls_host_override', 'tls_host_override'],
  ['auto_from', 'auto_from'],
  ['maildomain', 'maildomain'],
  ['from', 'from'],
  ['allow_from_override', 'allow_from_override'],
  ['set_from_header', 'set_from_header'],
  ['set_date_header', 'set_date_header'],
  ['remove_bcc_headers', 'remove_bcc_headers'],
  ['undisclosed_recipients', 'undisclosed_recipients'],
  ['dsn_notify', 'dsn_notify'],
  ['dsn_return', 'dsn_return'],
  ['logfile', 'logfile'],
  ['logfile_time_format', 'logfile_time_format'],
  ['syslog', 'syslog'],
  ['aliases', 'aliases'],
]

/** The lines from "loaded user configuration file" to the end. */
export function printPretend(resolved: Resolved, fileName: string): readonly string[] {
  const using = resolved.account === null ? [] : [`using account ${resolved.account.name} from ${fileName}`]
  return [
    `loaded user configuration file ${fileName}`,
    ...resolved.said,
    ...using,
    ...printSettings(resolved).map(({ name, value }) => `${name} = ${value}`),
    'reading recipients from the command line',
  ]
}

/** The settings alone, each with the name and the value that `--pretend` prints. */
export function printSettings(resolved: Resolved): readonly { readonly name: string; readonly value: string }[] {
  return PRINTED.map(([setting, name]) => ({
    name,
    value: printValue(setting, resolved.settings.get(setting) ?? null),
  }))
}

function printValue(setting: SettingName, value: string | null): string {
  if (value === null) return '(not set)'
  if (setting !== 'timeout' || value === 'off') return value
  return value === '1' ? '1 second' : `${value} seconds`
}
