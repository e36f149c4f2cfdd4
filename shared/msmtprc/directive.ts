import type { AccountSettings } from '#shared/account/account.ts'
import type { ArgumentKind } from '#shared/msmtprc/argument.ts'

/** A setting of an account by the name of its modern command. */
export type SettingName =
  | 'host'
  | 'port'
  | 'source_ip'
  | 'proxy_host'
  | 'proxy_port'
  | 'socket'
  | 'timeout'
  | 'protocol'
  | 'domain'
  | 'auth'
  | 'user'
  | 'password'
  | 'passwordeval'
  | 'ntlmdomain'
  | 'tls'
  | 'tls_starttls'
  | 'tls_trust_file'
  | 'tls_crl_file'
  | 'tls_fingerprint'
  | 'tls_key_file'
  | 'tls_cert_file'
  | 'tls_certcheck'
  | 'tls_min_dh_prime_bits'
  | 'tls_priorities'
  | 'tls_host_override'
  | 'auto_from'
  | 'maildomain'
  | 'from'
  | 'allow_from_override'
  | 'from_full_name'
  | 'set_from_header'
  | 'set_date_header'
  | 'set_msgid_header'
  | 'set_to_header'
  | 'remove_bcc_headers'
  | 'undisclosed_recipients'
  | 'dsn_notify'
  | 'dsn_return'
  | 'logfile'
  | 'logfile_time_format'
  | 'syslog'
  | 'aliases'

export type Directive = {
  readonly command: string
  /** What it sets; null for a command that structures the file or does nothing. */
  readonly setting: SettingName | null
  readonly argument: ArgumentKind
  /** The setting without the command, in the words of `--pretend`; null is "(not set)". */
  readonly fallback: string | null
  /** The first msmtp that knows it, as far back as 1.8.0 and older. */
  readonly since: string
  readonly secret: boolean
  /** The field of an account that it stands for; null where an account has none. */
  readonly field: keyof AccountSettings | null
  readonly help: string
  /** Present on a command that a newer one replaces. */
  readonly replaced?: {
    readonly by: string
    /** What the setting becomes for a value of this command, where not the same; null where no one line says the same. */
    readonly values: Readonly<Record<string, string>> | null
  }
}

/** A row of the table for a command of today that msmtp has known for long and that holds no secret. */
export function row(
  command: string,
  setting: SettingName | null,
  argument: ArgumentKind,
  fallback: string | null,
  field: keyof AccountSettings | null,
  help: string,
): Directive {
  return { command, setting, argument, fallback, since: '1.4', secret: false, field, help }
}
