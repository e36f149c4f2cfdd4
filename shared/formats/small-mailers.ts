import { NAME_BLANK_VALUE, pairsOf, sections } from '#shared/formats/dialect/lines.ts'
import { readOptions, shellWords } from '#shared/formats/dialect/shell.ts'
import type { Format } from '#shared/formats/format.ts'
import { pairFormat } from '#shared/formats/pairs.ts'
import { account, fault, flagOf, tooLong } from '#shared/formats/read.ts'
import { writer } from '#shared/formats/write.ts'

/** nullmailer takes its lines apart by the quoting rules of the shell. */
export const NULLMAILER: Format = {
  id: 'nullmailer',
  name: 'nullmailer',
  place: '/etc/nullmailer/remotes',
  write: writer(
    ['caFile', 'crlFile', 'clientCertFile', 'clientKeyFile', 'sourceIp', 'verifyCertificate', 'auth'],
    draft => {
      const { settings, port, user, password } = draft
      if (user !== null && settings.auth !== 'auto' && settings.auth !== 'login' && settings.auth !== 'plain') {
        draft.lose(`sign-in by ${settings.auth.toUpperCase()}: nullmailer knows PLAIN and LOGIN`)
      }
      const options: readonly (readonly [string, string | null])[] = [
        ['port', String(port)],
        [settings.security === 'tls' ? 'tls' : 'starttls', settings.security === 'none' ? null : ''],
        ['insecure', settings.verifyCertificate ? null : ''],
        ['x509cafile', settings.caFile],
        ['x509crlfile', settings.crlFile],
        ['x509certfile', settings.clientCertFile],
        ['x509keyfile', settings.clientKeyFile],
        ['source', settings.sourceIp],
        ['auth-login', user !== null && settings.auth === 'login' ? '' : null],
        ['user', user],
        ['pass', password],
      ]
      const words = options.flatMap(([name, value]) =>
        value === null ? [] : [value === '' ? `--${name}` : `--${name}=${nullmailerWord(value)}`],
      )
      return `${settings.host} smtp ${words.join(' ')}\n`
    },
  ),
  read(text) {
    if (tooLong(text)) return fault('this is too long for mail settings')
    const [host, protocol, ...words] = shellWords(sections(text)[0] ?? '')
    if (host === undefined || (protocol !== undefined && protocol !== 'smtp'))
      return fault('a line "HOST smtp …" is missing')
    const flags = new Set(['tls', 'ssl', 'starttls', 'insecure', 'auth-login', 'x509fmtder', 'tls-anon-auth'])
    const options = readOptions(
      words.map(word => (word.startsWith('--') ? word : `--${word}`)),
      flags,
    )
    return account({
      host,
      port: options.get('port'),
      security: options.has('tls') || options.has('ssl') ? 'tls' : options.has('starttls') ? 'starttls' : 'none',
      user: options.get('user'),
      password: options.get('pass'),
      more: {
        auth: options.has('auth-login') ? 'login' : undefined,
        verifyCertificate: !options.has('insecure'),
        caFile: options.get('x509cafile'),
        crlFile: options.get('x509crlfile'),
        clientCertFile: options.get('x509certfile'),
        clientKeyFile: options.get('x509keyfile'),
        sourceIp: options.get('source'),
      },
    })
  },
}

/**
 * nullmailer 2.2 does not look at the character behind an escaped one: `'it'\''s'` leaves it inside a word that never
 * closes. So nothing is escaped, and a single quote stands between double ones.
 */
function nullmailerWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, `'"'"'`)}'`
}

/** ssmtp ends a value at a blank and at `=`, `:` and `#`, some versions only at some of them; there is no quoting. */
const SSMTP_SAFE = /^[A-Za-z0-9_.@+/!%&*(){}[\]^~,;<>?|$-]+$/

export const SSMTP = pairFormat({
  id: 'ssmtp',
  name: 'sSMTP',
  place: '/etc/ssmtp/ssmtp.conf',
  dialect: {
    print(key, value) {
      if (key === 'mailhub') return `${key}=${String(value)}`
      return value === '' || SSMTP_SAFE.test(String(value)) ? `${key}=${String(value)}` : null
    },
    parse: text => pairsOf(text, /^[ \t]*(\w+)[ \t]*=[ \t]*(\S*)[ \t]*$/),
  },
  carries: ['ehlo', 'caFile', 'clientCertFile', 'clientKeyFile'],
  needs: 'mailhub',
  pairs: draft => {
    const { settings, port, user, password } = draft
    if (settings.security !== 'none' && settings.verifyCertificate && settings.caFile === null) {
      draft.lose('the check of the certificate: sSMTP makes none without TLS_CA_File')
    }
    return [
      ['mailhub', `${settings.host}:${port}`],
      ['UseTLS', settings.security === 'none' ? null : 'YES'],
      ['UseSTARTTLS', settings.security === 'starttls' ? 'YES' : null],
      ['TLS_CA_File', settings.caFile],
      ['UseTLSCert', settings.clientCertFile === null ? null : 'YES'],
      ['TLSCert', settings.clientCertFile],
      ['TLSKey', settings.clientKeyFile],
      ['hostname', settings.ehlo],
      ['AuthUser', user],
      ['AuthPass', password],
    ]
  },
  found: values => ({
    host: values.get('mailhub'),
    security: flagOf(values.get('UseSTARTTLS')) ? 'starttls' : flagOf(values.get('UseTLS')) ? 'tls' : 'none',
    user: values.get('AuthUser'),
    password: values.get('AuthPass'),
    more: {
      caFile: values.get('TLS_CA_File'),
      clientCertFile: values.get('TLSCert'),
      clientKeyFile: values.get('TLSKey'),
      ehlo: values.get('hostname'),
    },
  }),
})

/** Values in double quotes with the escapes of C strings. */
export const ESMTP = pairFormat({
  id: 'esmtp',
  name: 'ESMTP',
  place: '~/.esmtprc',
  dialect: {
    print: (key, value) =>
      typeof value === 'string' && key !== 'hostname' && key !== 'starttls'
        ? `${key} = "${value.replace(/[\\"]/g, '\\$&')}"`
        : `${key} = ${String(value)}`,
    parse: text =>
      new Map(
        [...pairsOf(text, /^[ \t]*(\w+)(?:[ \t]*=[ \t]*|[ \t]+)(.*)$/)].map(([key, value]) => [
          key,
          typeof value === 'string' && /^".*"$/.test(value) ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value,
        ]),
      ),
  },
  carries: ['ehlo'],
  needs: 'hostname',
  pairs: draft => {
    const { settings, port, user, password } = draft
    if (settings.security === 'tls') draft.lose('TLS from the start: ESMTP knows STARTTLS only, so use port 587')
    return [
      ['hostname', `${settings.host}:${port}`],
      ['username', user],
      ['password', password],
      ['starttls', settings.security === 'none' ? 'disabled' : 'required'],
      ['helo', settings.ehlo],
    ]
  },
  found: values => ({
    host: values.get('hostname'),
    security: /^(?:required|enabled)$/.test(String(values.get('starttls'))) ? 'starttls' : 'none',
    user: values.get('username'),
    password: values.get('password'),
    more: { ehlo: values.get('helo') },
  }),
})

/** Two files: dma.conf, and auth.conf with `user|host:password`. */
export const DMA: Format = {
  id: 'dma',
  name: 'dma (DragonFly Mail Agent)',
  place: '/etc/dma/dma.conf and /etc/dma/auth.conf',
  write: writer(['fingerprint', 'clientCertFile'], draft => {
    const { settings, port, user, password } = draft
    if (settings.verifyCertificate && settings.fingerprint === null && settings.security !== 'none') {
      draft.lose('the check of the certificate: dma makes none unless a fingerprint is pinned')
    }
    const line = NAME_BLANK_VALUE.print
    const main = [
      '# /etc/dma/dma.conf',
      line('SMARTHOST', settings.host),
      line('PORT', port),
      ...(user === null ? [] : [line('AUTHPATH', '/etc/dma/auth.conf')]),
      ...(settings.security === 'none' ? [] : [line('SECURETRANSFER', true)]),
      ...(settings.security === 'starttls' ? [line('STARTTLS', true)] : []),
      // dma refuses to send a password without encryption unless it is told to.
      ...(settings.security === 'none' && user !== null ? [line('INSECURE', true)] : []),
      ...(settings.clientCertFile === null ? [] : [line('CERTFILE', settings.clientCertFile)]),
      ...(settings.fingerprint === null ? [] : [line('FINGERPRINT', settings.fingerprint.replaceAll(':', ''))]),
    ]
    if (user === null) return `${main.join('\n')}\n`
    const login = draft.keep(user, !/[|\s]/.test(user), 'user name')
    const kept = draft.keep(password ?? '', password?.trim() === password, 'password')
    return `${[...main, '', '# /etc/dma/auth.conf', `${login}|${settings.host}:${kept}`].join('\n')}\n`
  }),
  read(text) {
    if (tooLong(text)) return fault('this is too long for mail settings')
    const values = NAME_BLANK_VALUE.parse(text)
    const host = values.get('SMARTHOST')
    if (typeof host !== 'string') return fault('SMARTHOST is missing')
    const login = sections(text).flatMap(line => {
      const bar = line.indexOf('|')
      return bar > 0 && line.slice(bar + 1).startsWith(`${host}:`)
        ? [{ user: line.slice(0, bar), password: line.slice(bar + 1 + host.length + 1) }]
        : []
    })[0]
    const pin = values.get('FINGERPRINT')
    return account({
      host,
      port: values.get('PORT'),
      security: !values.has('SECURETRANSFER') ? 'none' : values.has('STARTTLS') ? 'starttls' : 'tls',
      user: login?.user,
      password: login?.password,
      more: {
        fingerprint: typeof pin === 'string' ? (pin.toUpperCase().match(/../g) ?? []).join(':') : null,
        clientCertFile: values.get('CERTFILE'),
      },
    })
  },
}
