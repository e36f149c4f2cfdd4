import { sections } from '#shared/formats/dialect/lines.ts'
import { shellWord, shellWords } from '#shared/formats/dialect/shell.ts'
import type { Format } from '#shared/formats/format.ts'
import { account, fault, tooLong } from '#shared/formats/read.ts'
import { writer } from '#shared/formats/write.ts'

const CONF = '/etc/exim4/update-exim4.conf.conf'
const MACROS = '/etc/exim4/exim4.conf.localmacros'
const PASSWORDS = '/etc/exim4/passwd.client'
const SMARTHOST = 'REMOTE_SMTP_SMARTHOST_'

/** Debian's configuration of Exim, three files in one text. Port 465 takes `protocol = smtps`. */
export const EXIM: Format = {
  id: 'exim',
  name: 'Exim smarthost (Debian)',
  place: `${CONF}, ${MACROS} and ${PASSWORDS}; then update-exim4.conf and restart exim4`,
  write: writer(['ehlo', 'verifyCertificate', 'clientCertFile', 'clientKeyFile', 'caFile'], draft => {
    const { settings, port, user, password } = draft
    const encrypted = settings.security !== 'none'
    const macros: readonly (readonly [string, string | null])[] = [
      [`${SMARTHOST}HOSTS_REQUIRE_TLS`, encrypted ? '*' : null],
      [`${SMARTHOST}HOSTS_AVOID_TLS`, encrypted ? null : '*'],
      [`${SMARTHOST}PROTOCOL`, settings.security === 'tls' ? 'smtps' : null],
      [`${SMARTHOST}TLS_VERIFY_HOSTS`, encrypted && settings.verifyCertificate ? '*' : null],
      [`${SMARTHOST}TLS_VERIFY_CERTIFICATES`, encrypted ? settings.caFile : null],
      [`${SMARTHOST}TLS_CERTIFICATE`, settings.clientCertFile],
      [`${SMARTHOST}PRIVATEKEY`, settings.clientKeyFile],
      ['REMOTE_SMTP_HELO_DATA', settings.ehlo],
      ['AUTH_CLIENT_ALLOW_NOTLS_PASSWORDS', !encrypted && user !== null ? 'yes' : null],
    ]
    const head = [
      `# ${CONF}`,
      "dc_eximconfig_configtype='smarthost'",
      `dc_smarthost=${shellWord(`${settings.host}::${port}`)}`,
      '',
      `# ${MACROS}`,
      ...macros.flatMap(([name, value]) => (value === null ? [] : [`${name} = ${value}`])),
    ]
    if (user === null) return `${head.join('\n')}\n`
    const login = draft.keep(user, !/[:\s]/.test(user), 'user name')
    // The lookup cuts the blanks at the end of a line.
    const kept = draft.keep(password ?? '', password?.trimEnd() === password, 'password')
    return `${[...head, '', `# ${PASSWORDS}`, `${settings.host}:${login}:${kept}`].join('\n')}\n`
  }),
  read(text) {
    if (tooLong(text)) return fault('this is too long for mail settings')
    const lines = sections(text)
    const smarthost = lines.flatMap(line => /^dc_smarthost=(.*)$/.exec(line)?.[1] ?? [])[0]
    if (smarthost === undefined) return fault('dc_smarthost is missing')
    const [place = ''] = shellWords(smarthost)
    const host = place.split('::')[0] ?? ''
    const macros = new Map(
      lines.flatMap(line => {
        const match = /^([A-Z_]+)[ \t]*=[ \t]*(.*)$/.exec(line)
        return match ? [[match[1] ?? '', (match[2] ?? '').trimEnd()] as const] : []
      }),
    )
    const login = lines.find(line => line.startsWith(`${host}:`))?.slice(host.length + 1)
    const colon = login?.indexOf(':') ?? -1
    return account({
      host: place,
      security:
        macros.get(`${SMARTHOST}PROTOCOL`) === 'smtps'
          ? 'tls'
          : macros.has(`${SMARTHOST}HOSTS_AVOID_TLS`)
            ? 'none'
            : 'starttls',
      user: login === undefined || colon === -1 ? null : login.slice(0, colon),
      password: login === undefined || colon === -1 ? null : login.slice(colon + 1),
      more: {
        ehlo: macros.get('REMOTE_SMTP_HELO_DATA'),
        verifyCertificate: macros.has(`${SMARTHOST}TLS_VERIFY_HOSTS`) || macros.has(`${SMARTHOST}HOSTS_AVOID_TLS`),
        caFile: macros.get(`${SMARTHOST}TLS_VERIFY_CERTIFICATES`),
        clientCertFile: macros.get(`${SMARTHOST}TLS_CERTIFICATE`),
        clientKeyFile: macros.get(`${SMARTHOST}PRIVATEKEY`),
      },
    })
  },
}
