import type { AccountSettings } from '#shared/account/account.ts'

export type FieldGroup = 'connection' | 'TLS' | 'sign-in' | 'sender' | 'delivery status' | 'headers' | 'logging'

export type FieldName = keyof AccountSettings

/** How a setting is called, everywhere: forms, `accounts edit --help`, error messages. */
export type FieldWords = {
  readonly label: string
  readonly group: FieldGroup
  readonly help: string
  /** msmtp's command, null where msmtp has none. */
  readonly directive: string | null
  /** The word of the protocol where ours differs from it. */
  readonly rfcWord: string | null
  /** Shown at once; the rest stands under "More settings". */
  readonly basic: boolean
}

/** In the order in which a form shows them. */
export const FIELD_GROUPS: readonly FieldGroup[] = [
  'connection',
  'TLS',
  'sign-in',
  'sender',
  'delivery status',
  'headers',
  'logging',
]

const field = (
  group: FieldGroup,
  label: string,
  directive: string | null,
  help: string,
  more: { readonly rfcWord?: string; readonly basic?: boolean } = {},
): FieldWords => ({ label, group, help, directive, rfcWord: more.rfcWord ?? null, basic: more.basic ?? false })

export const FIELDS: Readonly<Record<FieldName, FieldWords>> = {
  provider: field('connection', 'Provider', null, 'the id of the provider whose facts are used', { basic: true }),
  host: field('connection', 'Mail server', 'host', 'the name or the IP address of the mail server', { basic: true }),
  port: field('connection', 'Port', 'port', 'empty: 465 with TLS from the start, 587 with STARTTLS, else 25', {
    basic: true,
  }),
  security: field('TLS', 'Encryption', 'tls, tls_starttls', 'none, STARTTLS (upgrade), or TLS from the start', {
    basic: true,
  }),
  protocol: field('connection', 'Protocol', 'protocol', 'SMTP, or LMTP for a mailbox server in the own network'),
  socket: field('connection', 'Unix socket', 'socket', 'a socket file to connect to, in place of host and port'),
  sourceIp: field('connection', 'Source address', 'source_ip', 'the own IP address to connect from'),
  proxy: field('connection', 'SOCKS proxy', 'proxy_host, proxy_port', 'host and port of a SOCKS5 proxy, such as Tor'),
  ipFamily: field('connection', 'IP version', null, 'any, IPv4 only, or IPv6 only'),
  timeoutSeconds: field(
    'connection',
    'Time limit',
    'timeout',
    'seconds to wait for the network; empty for the default',
  ),
  ehlo: field('connection', 'EHLO name', 'domain', 'the full name of this machine, said when greeting the server', {
    rfcWord: 'EHLO',
  }),

  auth: field(
    'sign-in',
    'Sign-in method',
    'auth',
    'auto chooses the best that the server offers; none does not sign in',
    { rfcWord: 'AUTH', basic: true },
  ),
  user: field('sign-in', 'User name', 'user', 'often the whole mail address', { basic: true }),
  secret: field(
    'sign-in',
    'Password',
    'password, passwordeval',
    'where the password is kept: never in the settings themselves',
    { basic: true },
  ),
  ntlmDomain: field('sign-in', 'NTLM domain', 'ntlmdomain', 'the Windows domain, for NTLM only'),
  allowPlaintextSignIn: field(
    'sign-in',
    'Sign in without encryption',
    null,
    'lets the password cross the network readable for everybody on the way',
  ),

  verifyCertificate: field(
    'TLS',
    'Check the certificate',
    'tls_certcheck',
    'refuse a server whose certificate is not trusted or is made for another name',
  ),
  caFile: field('TLS', 'CA file', 'tls_trust_file', 'certificates of authorities to trust, in PEM'),
  crlFile: field('TLS', 'Revocation list', 'tls_crl_file', 'certificates that were withdrawn, in PEM'),
  fingerprint: field(
    'TLS',
    'Pinned fingerprint',
    'tls_fingerprint',
    'trust exactly the certificate with this SHA-256 fingerprint; it changes at each renewal',
  ),
  clientCertFile: field(
    'TLS',
    'Client certificate',
    'tls_cert_file',
    'a certificate that this machine shows to the server, in PEM',
  ),
  clientKeyFile: field('TLS', 'Client key', 'tls_key_file', 'the private key that belongs to the client certificate'),
  hostOverride: field(
    'TLS',
    'Name in the certificate',
    'tls_host_override',
    'the name to expect in the certificate, where it is not the mail server',
    { rfcWord: 'SNI' },
  ),
  tlsMin: field('TLS', 'Oldest TLS version', null, '1.2 is usual; lower only for a server that cannot be updated'),
  ciphers: field('TLS', 'Ciphers', null, 'an OpenSSL cipher list, such as HIGH:!kRSA; empty for the usual ones'),
  priorities: field(
    'TLS',
    'TLS priorities',
    'tls_priorities',
    'versions and ciphers as GnuTLS writes them for msmtp; a test here keeps to what OpenSSL can do of it',
  ),

  requireTls: field(
    'TLS',
    'TLS on the whole way',
    null,
    'a message travels encrypted from server to server, or comes back; few servers offer that',
    { rfcWord: 'REQUIRETLS' },
  ),

  from: field('sender', 'Sender address', 'from', 'the address that messages come from', {
    rfcWord: 'MAIL FROM',
    basic: true,
  }),
  fromName: field('sender', 'Sender name', 'from_full_name', 'the name beside the address', { basic: true }),
  allowFromOverride: field(
    'sender',
    'Programs may choose the sender',
    'allow_from_override',
    'lets a program that calls msmtp name another sender address',
  ),
  aliases: field('sender', 'Aliases file', 'aliases', 'turns local user names into addresses'),

  dsnNotify: field(
    'delivery status',
    'Notify',
    'dsn_notify',
    'never, or any of failure, delay and success with commas between',
    { rfcWord: 'NOTIFY' },
  ),
  dsnReturn: field(
    'delivery status',
    'Return',
    'dsn_return',
    'how much of the message comes back in a notice: headers or full',
    { rfcWord: 'RET' },
  ),

  setFromHeader: field(
    'headers',
    'Set From',
    'set_from_header',
    'auto adds it when it is missing, on replaces it, off leaves it',
  ),
  setDateHeader: field('headers', 'Set Date', 'set_date_header', 'auto adds it when it is missing'),
  setMsgidHeader: field('headers', 'Set Message-ID', 'set_msgid_header', 'auto adds it when it is missing'),
  removeBccHeaders: field(
    'headers',
    'Remove Bcc',
    'remove_bcc_headers',
    'hides blind copies from the other recipients',
  ),
  undisclosedRecipients: field(
    'headers',
    'Hide recipients',
    'undisclosed_recipients',
    'replaces To, Cc and Bcc by "undisclosed-recipients:;"',
  ),

  logFile: field('logging', 'Log file', 'logfile', 'a line for each message; - for standard output'),
  logFileTimeFormat: field('logging', 'Time in the log', 'logfile_time_format', 'as strftime writes it'),
  syslog: field('logging', 'Syslog facility', 'syslog', 'on, or LOG_MAIL, LOG_USER, LOG_LOCAL0 to LOG_LOCAL7'),
}

// The record names every field (its type says so), so its keys are the field names.
export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[]

/** The fields of a group, in the order of the form. */
export function fieldsOf(group: FieldGroup): readonly FieldName[] {
  return FIELD_NAMES.filter(name => FIELDS[name].group === group)
}
