import { percentEncode, splitUrl } from '#shared/account/smtp-url.ts'
import type { Format } from '#shared/formats/format.ts'
import { account, fault, flagOf, tooLong } from '#shared/formats/read.ts'
import { writer, type Draft } from '#shared/formats/write.ts'

/** `user:password@`, percent-encoded, or nothing. */
export function loginPart({ user, password }: Pick<Draft, 'user' | 'password'>): string {
  if (user === null) return ''
  return password === null ? `${percentEncode(user)}@` : `${percentEncode(user)}:${percentEncode(password)}@`
}

export function hostPart(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** The query says in nodemailer's words what a scheme cannot: that STARTTLS has to be, or must not be. */
export const SMTP_URL: Format = {
  id: 'smtp-url',
  name: 'SMTP URL',
  place: 'one line, as many programs and libraries take it; the query is understood by nodemailer',
  write: writer(['verifyCertificate', 'ehlo', 'hostOverride'], draft => {
    const { settings } = draft
    const query = new URLSearchParams()
    if (settings.security === 'starttls') query.set('requireTLS', 'true')
    if (settings.security === 'none') query.set('ignoreTLS', 'true')
    if (!settings.verifyCertificate) query.set('tls.rejectUnauthorized', 'false')
    if (settings.hostOverride !== null) query.set('tls.servername', settings.hostOverride)
    if (settings.ehlo !== null) query.set('name', settings.ehlo)
    const scheme = settings.security === 'tls' ? 'smtps' : 'smtp'
    const tail = query.size === 0 ? '' : `/?${query.toString()}`
    return `${scheme}://${loginPart(draft)}${hostPart(settings.host)}:${draft.port}${tail}\n`
  }),
  read(text) {
    if (tooLong(text)) return fault('this is too long for a URL')
    const parts = splitUrl(text.trim())
    if (parts.scheme !== 'smtp' && parts.scheme !== 'smtps') return fault('an SMTP URL begins with smtp:// or smtps://')
    const query = new Map(parts.query)
    const notes = [...parts.notes]
    const security = securityOf(parts.scheme, parts.hostAndPort, query, parts.user !== null, notes)
    return account({
      host: parts.hostAndPort,
      security,
      user: parts.user,
      password: parts.password,
      more: {
        verifyCertificate: query.get('tls.rejectUnauthorized') !== 'false',
        hostOverride: query.get('tls.servername'),
        ehlo: query.get('name'),
      },
      notes,
    })
  },
}

function securityOf(
  scheme: string,
  hostAndPort: string,
  query: ReadonlyMap<string, string>,
  signsIn: boolean,
  notes: string[],
) {
  if (scheme === 'smtps' || flagOf(query.get('secure'))) return 'tls'
  if (flagOf(query.get('requireTLS'))) return 'starttls'
  if (flagOf(query.get('ignoreTLS'))) return 'none'
  if (hostAndPort.endsWith(':465')) return 'tls'
  if (!signsIn && !hostAndPort.endsWith(':587')) return 'none'
  notes.push('smtp:// does not say whether encryption is required; it was taken as STARTTLS')
  return 'starttls'
}
