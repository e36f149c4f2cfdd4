import type { AccountSettings } from '#shared/account/account.ts'
import { portOf } from '#shared/account/port-of.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { printFloor } from '#shared/account/tls-limits.ts'

/** A command with the value that msmtp is to read, and the field of the account that it comes from. */
export type ComposedLine = { readonly command: string; readonly value: string; readonly field: string }

export type ComposedSettings = {
  readonly lines: readonly ComposedLine[]
  /** Lines for a newer msmtp, which stand in the file as comments. */
  readonly later: readonly ComposedLine[]
  readonly notes: readonly string[]
  readonly problems: readonly ProblemData[]
}

/** What msmtp 1.8.23 can say of an account, without its secret. `hostname` is the name of this machine, if it has a full one. */
export function composeSettings(settings: AccountSettings, hostname: string | null): ComposedSettings {
  const notes: string[] = []
  const lines = [
    ...serverLines(settings, hostname),
    ...encryptionLines(settings),
    ...signInLines(settings, notes),
    ...messageLines(settings),
  ]
  const later = settings.fromName === null ? [] : [line('from_full_name', settings.fromName, 'fromName')]
  if (later.length > 0) notes.push('from_full_name needs msmtp 1.8.24: it stands in the file as a comment.')
  if (settings.ciphers !== null && settings.security !== 'none' && settings.priorities === null)
    notes.push(
      'The cipher list is OpenSSL’s and was left out: msmtp takes ciphers in its tls_priorities, as GnuTLS writes them.',
    )
  if (settings.ipFamily !== 'any')
    notes.push(`msmtp cannot be held to IPv${settings.ipFamily}; source_ip with an address of that family does it.`)
  if (!lines.some(({ command }) => command === 'domain')) {
    notes.push(
      'No name for EHLO is known: msmtp will say localhost, which many servers refuse. Set the EHLO name of the account.',
    )
  }
  return { lines, later, notes, problems: findProblems(settings) }
}

function serverLines(settings: AccountSettings, hostname: string | null): readonly ComposedLine[] {
  const { proxy, timeoutSeconds, socket } = settings
  // msmtp wants a port for LMTP even where a socket takes its place; 24 is the one registered for private mail systems.
  const port = settings.protocol === 'lmtp' && settings.port === null && socket !== null ? 24 : portOf(settings)
  const ehlo = settings.ehlo ?? hostname ?? domainOf(settings.from) ?? domainOf(settings.user)
  return [
    ...optional('host', settings.host === '' ? null : settings.host, 'host'),
    ...optional('socket', socket, 'socket'),
    line('port', String(port), 'port'),
    ...(settings.protocol === 'lmtp' ? [line('protocol', 'lmtp', 'protocol')] : []),
    ...optional('domain', ehlo, 'ehlo'),
    ...optional('source_ip', settings.sourceIp, 'sourceIp'),
    ...(proxy === null
      ? []
      : [line('proxy_host', proxy.host, 'proxy'), line('proxy_port', String(proxy.port), 'proxy')]),
    ...optional('timeout', timeoutSeconds === null ? null : String(timeoutSeconds), 'timeoutSeconds'),
  ]
}

function encryptionLines(settings: AccountSettings): readonly ComposedLine[] {
  const { security } = settings
  if (security === 'none') return [line('tls', 'off', 'security')]
  return [
    line('tls', 'on', 'security'),
    line('tls_starttls', security === 'starttls' ? 'on' : 'off', 'security'),
    ...(settings.verifyCertificate ? [] : [line('tls_certcheck', 'off', 'verifyCertificate')]),
    ...optional('tls_trust_file', settings.caFile, 'caFile'),
    ...optional('tls_crl_file', settings.crlFile, 'crlFile'),
    ...optional('tls_fingerprint', settings.fingerprint, 'fingerprint'),
    ...optional('tls_cert_file', settings.clientCertFile, 'clientCertFile'),
    ...optional('tls_key_file', settings.clientKeyFile, 'clientKeyFile'),
    ...optional('tls_host_override', settings.hostOverride, 'hostOverride'),
    ...optional('tls_priorities', prioritiesOf(settings), settings.priorities === null ? 'tlsMin' : 'priorities'),
  ]
}

function prioritiesOf({ priorities, tlsMin }: AccountSettings): string | null {
  return priorities ?? (tlsMin === null ? null : printFloor(tlsMin))
}

function signInLines(settings: AccountSettings, notes: string[]): readonly ComposedLine[] {
  const { auth, user } = settings
  // `auto` without a user is an account of a relay that asks nobody to sign in.
  if (auth === 'none' || (auth === 'auto' && user === null)) return [line('auth', 'off', 'auth')]
  const plus = auth.endsWith('-plus')
  if (plus) notes.push(`auth ${auth} is newer than msmtp 1.8.23: the file says ${auth.slice(0, -5)}.`)
  if (auth === 'auto' && settings.security === 'none') {
    notes.push('Without TLS msmtp chooses SCRAM only, and signs in nowhere else.')
  }
  return [
    line('auth', auth === 'auto' ? 'on' : plus ? auth.slice(0, -5) : auth, 'auth'),
    ...optional('user', user, 'user'),
    ...optional('ntlmdomain', settings.ntlmDomain, 'ntlmDomain'),
  ]
}

function messageLines(settings: AccountSettings): readonly ComposedLine[] {
  return [
    ...optional('from', settings.from, 'from'),
    ...unless(settings.allowFromOverride, true, 'allow_from_override', 'off', 'allowFromOverride'),
    ...unless(settings.setFromHeader, 'auto', 'set_from_header', settings.setFromHeader, 'setFromHeader'),
    ...unless(settings.setDateHeader, 'auto', 'set_date_header', settings.setDateHeader, 'setDateHeader'),
    ...unless(settings.setMsgidHeader, 'auto', 'set_msgid_header', settings.setMsgidHeader, 'setMsgidHeader'),
    ...unless(settings.removeBccHeaders, true, 'remove_bcc_headers', 'off', 'removeBccHeaders'),
    ...unless(settings.undisclosedRecipients, false, 'undisclosed_recipients', 'on', 'undisclosedRecipients'),
    ...optional('dsn_notify', settings.dsnNotify, 'dsnNotify'),
    ...optional('dsn_return', settings.dsnReturn, 'dsnReturn'),
    ...optional('aliases', settings.aliases, 'aliases'),
    ...optional('logfile', settings.logFile, 'logFile'),
    ...optional('logfile_time_format', settings.logFileTimeFormat, 'logFileTimeFormat'),
    ...optional('syslog', settings.syslog, 'syslog'),
  ]
}

function findProblems(settings: AccountSettings): readonly ProblemData[] {
  const problems: ProblemData[] = []
  const add = (field: string, message: string, remedy: string) =>
    problems.push({ code: 'configuration', field, message, remedy })
  if (settings.host === '' && settings.socket === null) add('host', 'has no host', 'set the host or a socket')
  if (
    settings.host === '' &&
    settings.socket !== null &&
    settings.security !== 'none' &&
    settings.hostOverride === null
  ) {
    add(
      'hostOverride',
      'TLS over a socket needs a name for the certificate',
      'set the host override, or turn encryption off',
    )
  }
  if (settings.protocol === 'lmtp' && settings.port === null && settings.socket === null) {
    add('port', 'LMTP has no port of its own', 'set the port, often 24')
  }
  if (settings.clientCertFile !== null && settings.clientKeyFile === null) {
    add('clientKeyFile', 'a client certificate needs its key', 'set the key file or remove the certificate')
  }
  if (settings.clientKeyFile !== null && settings.clientCertFile === null) {
    add('clientCertFile', 'a client key needs its certificate', 'set the certificate file or remove the key')
  }
  return problems
}

function domainOf(address: string | null): string | null {
  // `user@[192.0.2.1]` and patterns carry no name to say in EHLO.
  return /@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i.exec(address ?? '')?.[1] ?? null
}

function line(command: string, value: string, field: string): ComposedLine {
  return { command, value, field }
}

function optional(command: string, value: string | null, field: string): readonly ComposedLine[] {
  return value === null || value === '' ? [] : [line(command, value, field)]
}

function unless<T>(value: T, usual: T, command: string, written: string, field: string): readonly ComposedLine[] {
  return value === usual ? [] : [line(command, written, field)]
}
