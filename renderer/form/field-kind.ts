import type { FieldName } from '#shared/account/field.ts'

/** How a setting is typed or chosen. */
export type FieldKind =
  | { readonly kind: 'text'; readonly placeholder?: string; readonly wire?: boolean }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly placeholder?: string }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly { readonly value: string; readonly label: string }[] }
  /** `host:port` */
  | { readonly kind: 'proxy' }
  /** Understood as a whole: a pasted URL is taken apart. */
  | { readonly kind: 'host' }

const choice = (...choices: readonly (readonly [value: string, label: string])[]): FieldKind => ({
  kind: 'choice',
  choices: choices.map(([value, label]) => ({ value, label })),
})
const file: FieldKind = { kind: 'text', placeholder: '/path/to/file', wire: true }
const text: FieldKind = { kind: 'text' }
const onOff: FieldKind = { kind: 'switch' }

/** Every setting that a form can show. The provider comes from its card, the secret has a form of its own. */
export const FIELD_KINDS: Readonly<Record<Exclude<FieldName, 'provider' | 'secret'>, FieldKind>> = {
  host: { kind: 'host' },
  port: { kind: 'number', min: 1, max: 65_535, placeholder: 'by encryption' },
  security: choice(['tls', 'TLS from the start'], ['starttls', 'STARTTLS (upgrade)'], ['none', 'None']),
  protocol: choice(['smtp', 'SMTP'], ['lmtp', 'LMTP']),
  socket: file,
  sourceIp: { kind: 'text', placeholder: '192.0.2.10', wire: true },
  proxy: { kind: 'proxy' },
  ipFamily: choice(['any', 'Any'], ['4', 'IPv4 only'], ['6', 'IPv6 only']),
  timeoutSeconds: { kind: 'number', min: 1, max: 86_400, placeholder: 'default' },
  ehlo: { kind: 'text', placeholder: 'host.example.org', wire: true },
  auth: choice(
    ['auto', 'Automatic'],
    ['none', 'No sign-in'],
    ['plain', 'PLAIN'],
    ['login', 'LOGIN'],
    ['cram-md5', 'CRAM-MD5'],
    ['digest-md5', 'DIGEST-MD5'],
    ['scram-sha-1', 'SCRAM-SHA-1'],
    ['scram-sha-1-plus', 'SCRAM-SHA-1-PLUS'],
    ['scram-sha-256', 'SCRAM-SHA-256'],
    ['scram-sha-256-plus', 'SCRAM-SHA-256-PLUS'],
    ['xoauth2', 'OAuth2 (XOAUTH2)'],
    ['oauthbearer', 'OAuth2 (OAUTHBEARER)'],
    ['external', 'Client certificate (EXTERNAL)'],
    ['gssapi', 'Kerberos (GSSAPI)'],
    ['ntlm', 'NTLM'],
  ),
  user: text,
  ntlmDomain: text,
  allowPlaintextSignIn: onOff,
  verifyCertificate: onOff,
  caFile: file,
  crlFile: file,
  fingerprint: { kind: 'text', placeholder: 'AA:BB:CC:…', wire: true },
  clientCertFile: file,
  clientKeyFile: file,
  hostOverride: { kind: 'text', placeholder: 'mail.example.org', wire: true },
  tlsMin: choice(
    ['', 'Usual (TLS 1.2)'],
    ['1.0', 'TLS 1.0'],
    ['1.1', 'TLS 1.1'],
    ['1.2', 'TLS 1.2'],
    ['1.3', 'TLS 1.3'],
  ),
  ciphers: { kind: 'text', placeholder: 'HIGH:!kRSA', wire: true },
  priorities: { kind: 'text', placeholder: 'NORMAL:-VERS-ALL:+VERS-TLS1.3', wire: true },
  requireTls: onOff,
  from: { kind: 'text', placeholder: 'you@example.org' },
  fromName: text,
  allowFromOverride: onOff,
  dsnNotify: { kind: 'text', placeholder: 'failure,delay', wire: true },
  dsnReturn: choice(['', 'Not asked for'], ['headers', 'Headers'], ['full', 'The whole message']),
  setFromHeader: choice(['auto', 'When missing'], ['on', 'Always'], ['off', 'Never']),
  setDateHeader: choice(['auto', 'When missing'], ['off', 'Never']),
  setMsgidHeader: choice(['auto', 'When missing'], ['off', 'Never']),
  removeBccHeaders: onOff,
  undisclosedRecipients: onOff,
  aliases: file,
  logFile: file,
  logFileTimeFormat: { kind: 'text', placeholder: '%b %d %H:%M:%S', wire: true },
  syslog: { kind: 'text', placeholder: 'LOG_MAIL', wire: true },
}

export type TypedField = keyof typeof FIELD_KINDS
// The record names every typed field (its type says so), so its keys are those fields.
export const TYPED_FIELDS = Object.keys(FIELD_KINDS) as readonly TypedField[]
