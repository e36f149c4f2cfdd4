import { z } from 'zod'
import { TLS_VERSIONS } from '#shared/account/tls-version.ts'

export const Security = z.enum(['none', 'starttls', 'tls'])
export type Security = z.infer<typeof Security>

/** SASL mechanisms by their registered names in lower case, plus `auto` (choose) and `none` (do not sign in). */
export const AuthMethod = z.enum([
  'auto',
  'none',
  'plain',
  'login',
  'cram-md5',
  'digest-md5',
  'scram-sha-1',
  'scram-sha-1-plus',
  'scram-sha-256',
  'scram-sha-256-plus',
  'xoauth2',
  'oauthbearer',
  'external',
  'gssapi',
  'ntlm',
])
export type AuthMethod = z.infer<typeof AuthMethod>

/** Where the secret is: never the secret itself. `command` is shown and exported, and never run by us. */
export const SecretRef = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('prompt') }),
  z.object({ kind: z.literal('keyring') }),
  z.object({ kind: z.literal('command'), command: z.string().max(490) }),
])
export type SecretRef = z.infer<typeof SecretRef>

export const Proxy = z.object({ host: z.string().min(1).max(255), port: z.int().min(1).max(65535) })
export type Proxy = z.infer<typeof Proxy>

const text = (max: number) =>
  z
    .string()
    .max(max)
    // A control character in a setting could start a new line in a file or in the SMTP session.
    .refine(value => !/[\u0000-\u001f\u007f]/.test(value), 'must not hold control characters')
const optionalText = (max: number) => text(max).nullable().default(null)
const optionalFile = optionalText(4096)
const onOff = (fallback: boolean) => z.boolean().default(fallback)

/**
 * The settings of an account: every setting that msmtp knows has a field here, with msmtp's default.
 * Absent values are null. There is no field that could hold a secret.
 */
export const AccountSettings = z.object({
  provider: optionalText(64),
  /** Where to connect: a name or an address literal; unused while `socket` is set. */
  host: text(255).default(''),
  /** null: 465 for tls, 587 for starttls, else 25 (`portOf`). */
  port: z.int().min(1).max(65535).nullable().default(null),
  security: Security.default('none'),
  protocol: z.enum(['smtp', 'lmtp']).default('smtp'),
  socket: optionalFile,
  sourceIp: optionalText(64),
  proxy: Proxy.nullable().default(null),
  ipFamily: z.enum(['any', '4', '6']).default('any'),
  timeoutSeconds: z.int().min(1).max(86_400).nullable().default(null),
  ehlo: optionalText(255),

  auth: AuthMethod.default('auto'),
  user: optionalText(320),
  secret: SecretRef.default({ kind: 'none' }),
  ntlmDomain: optionalText(255),
  /** A password may travel without encryption only where a person said so. */
  allowPlaintextSignIn: onOff(false),

  verifyCertificate: onOff(true),
  caFile: optionalFile,
  crlFile: optionalFile,
  /** Upper-case hex with colons: SHA-256 (32 octets), SHA-1 (20) or MD5 (16), as msmtp's tls_fingerprint. */
  fingerprint: optionalText(95),
  clientCertFile: optionalFile,
  clientKeyFile: optionalFile,
  /** Checked against the certificate, and sent as SNI, in place of `host`. */
  hostOverride: optionalText(255),
  /** The oldest version of TLS to accept; null: 1.2, unless the priorities say otherwise. */
  tlsMin: z.enum(TLS_VERSIONS).nullable().default(null),
  /** An OpenSSL cipher list; null: the library's own. */
  ciphers: optionalText(1000),
  /** GnuTLS or libtls priority string, as msmtp's tls_priorities; what of it OpenSSL can do holds here too. */
  priorities: optionalText(490),

  /** RFC 8689: a message goes over encrypted connections to servers that are who they say, on its whole way, or comes back. */
  requireTls: onOff(false),

  from: optionalText(320),
  fromName: optionalText(255),
  allowFromOverride: onOff(true),
  dsnNotify: optionalText(64),
  dsnReturn: z.enum(['headers', 'full']).nullable().default(null),
  setFromHeader: z.enum(['auto', 'on', 'off']).default('auto'),
  setDateHeader: z.enum(['auto', 'off']).default('auto'),
  setMsgidHeader: z.enum(['auto', 'off']).default('auto'),
  removeBccHeaders: onOff(true),
  undisclosedRecipients: onOff(false),
  aliases: optionalFile,
  logFile: optionalFile,
  logFileTimeFormat: optionalText(255),
  syslog: optionalText(64),
})
export type AccountSettings = z.infer<typeof AccountSettings>

export const AccountName = text(64)
  .min(1)
  // msmtp account names hold neither of these (facts: `account a : b, c`).
  .refine(name => !/[:,]/.test(name), 'must not hold ":" or ","')
  .refine(name => name === name.trim(), 'must not begin or end with a blank')

export const Account = AccountSettings.extend({ id: z.string().min(1).max(64), name: AccountName })
export type Account = z.infer<typeof Account>

/** A change to some settings: what a settings fix carries and what an edit sends. Absent keys stay as they are. */
export const AccountChange = z
  .object(
    Object.fromEntries(
      Object.entries(AccountSettings.shape).map(([key, field]) => [key, unwrapDefault(field).optional()]),
    ),
  )
  .strict() as unknown as z.ZodType<Partial<AccountSettings>>
export type AccountChange = Partial<AccountSettings>

// `.partial()` would fill in defaults for absent keys, and so undo settings that the change does not name.
function unwrapDefault(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field
}
