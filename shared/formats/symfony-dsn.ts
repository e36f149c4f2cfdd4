import { splitUrl } from '#shared/account/smtp-url.ts'
import type { Format } from '#shared/formats/format.ts'
import { account, fault, tooLong } from '#shared/formats/read.ts'
import { hostPart, loginPart } from '#shared/formats/smtp-url.ts'
import { writer } from '#shared/formats/write.ts'

/** Percent-encoding leaves no character that a .env file would change. */
export const SYMFONY_DSN: Format = {
  id: 'symfony-dsn',
  name: 'Symfony Mailer DSN',
  place: '.env of the application; require_tls is for Symfony 7.3 and later, auto_tls for 7.1 and later',
  write: writer(['verifyCertificate', 'ehlo'], draft => {
    const { settings } = draft
    const query = new URLSearchParams()
    if (settings.security === 'starttls') query.set('require_tls', 'true')
    if (settings.security === 'none') query.set('auto_tls', 'false')
    if (!settings.verifyCertificate) query.set('verify_peer', '0')
    if (settings.ehlo !== null) query.set('local_domain', settings.ehlo)
    const tail = query.size === 0 ? '' : `?${query.toString()}`
    const scheme = settings.security === 'tls' ? 'smtps' : 'smtp'
    return `MAILER_DSN=${scheme}://${loginPart(draft)}${hostPart(settings.host)}:${draft.port}${tail}\n`
  }),
  read(text) {
    if (tooLong(text)) return fault('this is too long for mail settings')
    const dsn = /^[ \t]*(?:export[ \t]+)?MAILER_DSN=["']?([^"'\r\n]*)/m.exec(text)?.[1] ?? text.trim()
    const parts = splitUrl(dsn)
    if (parts.scheme !== 'smtp' && parts.scheme !== 'smtps') return fault('MAILER_DSN=smtp://… or smtps://… is missing')
    const query = new Map(parts.query)
    const plain = query.get('auto_tls') === 'false' || query.get('auto_tls') === '0'
    return account({
      host: parts.hostAndPort,
      security: parts.scheme === 'smtps' || parts.hostAndPort.endsWith(':465') ? 'tls' : plain ? 'none' : 'starttls',
      user: parts.user,
      password: parts.password,
      more: {
        verifyCertificate: !/^(?:0|false)$/.test(query.get('verify_peer') ?? ''),
        ehlo: query.get('local_domain'),
      },
      notes: parts.notes,
    })
  },
}
