import type { Security } from '#shared/account/account.ts'
import { ipFamilyOf, nameFaultMessage, parseHostName } from '#shared/account/domain-name.ts'
import { splitUrl, type UrlParts } from '#shared/account/smtp-url.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** What somebody typed or pasted where a host was asked for, taken apart. */
export type HostInput = {
  /** For use: an ASCII name or an address without brackets. */
  readonly host: string
  /** For show: the same in Unicode. */
  readonly shown: string
  readonly port: number | null
  /** Only where the text says so, by its scheme or by port 465 or 587. */
  readonly security: Security | null
  readonly user: string | null
  /** Belongs in the secret field at once, and nowhere else. */
  readonly password: string | null
  readonly hadPassword: boolean
  /** What was understood rather than read: shown beside the field. */
  readonly notes: readonly string[]
}

export type HostFaultCode =
  'empty' | 'control-character' | 'mail-address' | 'unknown-scheme' | 'port' | 'name' | 'address' | 'too-long'

export type HostFault = { readonly code: HostFaultCode; readonly message: string; readonly remedy: string }

/** Longer than the longest name with user, password and query that anybody pastes. */
const INPUT_MAX_CHARACTERS = 4096

type Scheme = { readonly security: Security | null; readonly keepsPort: boolean; readonly note: string | null }

const SCHEMES: Readonly<Record<string, Scheme>> = {
  smtp: { security: null, keepsPort: true, note: null },
  smtps: { security: 'tls', keepsPort: true, note: null },
  submission: { security: 'starttls', keepsPort: true, note: null },
  submissions: { security: 'tls', keepsPort: true, note: null },
  'smtp+starttls': { security: 'starttls', keepsPort: true, note: null },
  http: { security: null, keepsPort: false, note: 'that is the address of a web page: its host was taken' },
  https: { security: null, keepsPort: false, note: 'that is the address of a web page: its host was taken' },
  imap: { security: null, keepsPort: false, note: 'imap is for reading mail: the host for sending may be another' },
  imaps: { security: null, keepsPort: false, note: 'imap is for reading mail: the host for sending may be another' },
  pop: { security: null, keepsPort: false, note: 'pop is for reading mail: the host for sending may be another' },
  pop3: { security: null, keepsPort: false, note: 'pop is for reading mail: the host for sending may be another' },
  pop3s: { security: null, keepsPort: false, note: 'pop is for reading mail: the host for sending may be another' },
}

/** Understands a name, an address, `host:port`, `host port`, `[v6]:port` and a whole SMTP URL. Never echoes a password. */
export function understandHost(text: string): Result<HostInput, HostFault> {
  if (text.length > INPUT_MAX_CHARACTERS) return fault('too-long', 'this is far longer than a host name', NAME_A_HOST)
  // Copied text brings zero-width characters along.
  const typed = unwrapQuotes(text.replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '').trim())
  if (typed === '') return fault('empty', 'the host is empty', NAME_A_HOST)
  if (/[\u0000-\u001f\u007f-\u009f]/.test(typed)) {
    return fault('control-character', 'the host holds a line break or a control character', NAME_A_HOST)
  }
  const parts = splitUrl(typed)
  const scheme = parts.scheme === null ? null : SCHEMES[parts.scheme]
  if (scheme === undefined) {
    return fault(
      'unknown-scheme',
      `"${parts.scheme ?? ''}://" is not a scheme of mail`,
      'leave the scheme out, or use smtp:// or smtps://',
    )
  }
  if (parts.scheme === null && parts.user !== null && parts.password === null) return mailAddress(parts)
  const place = readHostAndPort(parts.hostAndPort)
  if (!place.ok) return place
  const { port, notes } = place.value
  const kept = scheme?.keepsPort === false ? null : port
  return ok({
    host: place.value.host,
    shown: place.value.shown,
    port: kept,
    security: scheme?.security ?? securityOf(kept),
    user: parts.user,
    password: parts.password,
    hadPassword: parts.password !== null,
    notes: [...(scheme?.note ? [scheme.note] : []), ...parts.notes, ...notes],
  })
}

const NAME_A_HOST = 'give the name of the mail server, such as smtp.example.org'

function readHostAndPort(text: string): Result<Pick<HostInput, 'host' | 'shown' | 'port' | 'notes'>, HostFault> {
  const split = splitPort(text.trim())
  if (!split.ok) return split
  const port = split.value.port === null ? ok(null) : readPort(split.value.port)
  if (!port.ok) return port
  const { host, bracketed } = split.value
  if (bracketed || host.includes(':')) {
    const address = host.replace('%25', '%')
    if (ipFamilyOf(address) === null)
      return fault(
        'address',
        `"${host.slice(0, 60)}" is not an IPv6 address`,
        'write it as 2001:db8::1, with a port as [2001:db8::1]:587',
      )
    return ok({ host: address.toLowerCase(), shown: address.toLowerCase(), port: port.value, notes: [] })
  }
  if (ipFamilyOf(host) === 4) return ok({ host, shown: host, port: port.value, notes: [] })
  const name = parseHostName(host)
  if (!name.ok) return fault(name.error.kind === 'empty' ? 'empty' : 'name', nameFaultMessage(name.error), NAME_A_HOST)
  if (/^[\d.]+$/.test(name.value.ascii)) {
    return fault('address', `"${host}" is not an IPv4 address`, 'an IPv4 address has four numbers from 0 to 255')
  }
  const notes: string[] = []
  if (host.endsWith('.')) notes.push('the dot at the end was left out')
  if (name.value.underscore) notes.push('the name holds an underscore, which no public mail server has')
  if (name.value.ascii !== name.value.unicode) notes.push(`DNS and certificates know it as ${name.value.ascii}`)
  return ok({ host: name.value.ascii, shown: name.value.unicode, port: port.value, notes })
}

function splitPort(
  text: string,
): Result<{ readonly host: string; readonly port: string | null; readonly bracketed: boolean }, HostFault> {
  if (text.startsWith('[')) {
    const end = text.indexOf(']')
    if (end === -1) return fault('address', 'the bracket [ is not closed', 'write it as [2001:db8::1]:587')
    const rest = text.slice(end + 1).trim()
    const host = text.slice(1, end)
    if (rest === '') return ok({ host, port: null, bracketed: host.includes(':') })
    if (!rest.startsWith(':'))
      return fault('port', 'only a colon and a port may follow the bracket', 'write it as [2001:db8::1]:587')
    return ok({ host, port: rest.slice(1).trim(), bracketed: host.includes(':') })
  }
  // More than one colon without brackets is an IPv6 address, not a name with a port.
  if (meansIpv6(text)) return ok({ host: text, port: null, bracketed: true })
  const match = /^([^\s:,]*)(?:\s*[:,]{1,2}\s*|\s+)(?:port\s+)?(\S*)$/i.exec(text)
  if (match) return ok({ host: match[1] ?? '', port: match[2] || null, bracketed: false })
  return ok({ host: text, port: null, bracketed: false })
}

function meansIpv6(text: string): boolean {
  return ipFamilyOf(text) === 6 || /^[0-9a-f]+(?::[0-9a-f]*){2,}$/i.test(text)
}

function readPort(text: string): Result<number, HostFault> {
  const remedy = 'give a number from 1 to 65535: usually 465, 587, 2525 or 25'
  if (!/^\d{1,9}$/.test(text)) return fault('port', `"${text.slice(0, 20)}" is not a port number`, remedy)
  const port = Number(text)
  if (port < 1 || port > 65_535) return fault('port', `there is no port ${port}`, remedy)
  return ok(port)
}

function securityOf(port: number | null): Security | null {
  if (port === 465) return 'tls'
  return port === 587 ? 'starttls' : null
}

function mailAddress(parts: UrlParts): Result<never, HostFault> {
  return fault(
    'mail-address',
    'this is a mail address and not the name of a server',
    `look the settings up for the address, or give the server's name, perhaps smtp.${parts.hostAndPort.slice(0, 60)}`,
  )
}

function unwrapQuotes(text: string): string {
  const match = /^(?:"([^"]*)"|'([^']*)'|`([^`]*)`|<([^<>]*)>)$/.exec(text)
  return match ? (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim() : text
}

function fault(code: HostFaultCode, message: string, remedy: string): Result<never, HostFault> {
  return err({ code, message, remedy })
}
