import type { Format } from '#shared/formats/format.ts'
import { readOptions, shellWord, shellWords } from '#shared/formats/dialect/shell.ts'
import { PASSWORD_PLACEHOLDER } from '#shared/formats/format.ts'
import { account, fault, numberOf, secondsOf, tooLong } from '#shared/formats/read.ts'
import { writer } from '#shared/formats/write.ts'

const FLAGS = new Set(['tls', 'tlsc', 'tls-on-connect', 'tls-verify', '4', '6', 'hide-all', 'quit'])

/** A test of the account by swaks. Without a password it asks for one, so no placeholder is needed. */
export const SWAKS: Format = {
  id: 'swaks',
  name: 'swaks command line',
  place: 'a shell',
  write: writer(
    [
      'auth',
      'from',
      'ehlo',
      'verifyCertificate',
      'caFile',
      'clientCertFile',
      'clientKeyFile',
      'hostOverride',
      'sourceIp',
      'timeoutSeconds',
      'ipFamily',
    ],
    draft => {
      const { settings, port, user, password } = draft
      const options: readonly (readonly [name: string, value: string | null | true])[] = [
        ['--server', settings.host],
        ['--port', String(port)],
        ['--tls-on-connect', settings.security === 'tls' ? true : null],
        ['--tls', settings.security === 'starttls' ? true : null],
        ['--tls-verify', settings.security !== 'none' && settings.verifyCertificate ? true : null],
        ['--tls-ca-path', settings.caFile],
        ['--tls-cert', settings.clientCertFile],
        ['--tls-key', settings.clientKeyFile],
        ['--tls-sni', settings.hostOverride],
        ['--auth', user === null ? null : settings.auth === 'auto' ? '' : settings.auth.toUpperCase()],
        ['--auth-user', user],
        // A password on a command line is seen by every user of the machine: only where it was asked for.
        ['--auth-password', password === null || password === PASSWORD_PLACEHOLDER ? null : password],
        ['--from', settings.from],
        ['--ehlo', settings.ehlo],
        ['--local-interface', settings.sourceIp],
        ['--timeout', settings.timeoutSeconds === null ? null : String(settings.timeoutSeconds)],
        [settings.ipFamily === '4' ? '-4' : '-6', settings.ipFamily === 'any' ? null : true],
        ['--to', settings.from],
      ]
      const words = options.flatMap(([name, value]) => {
        if (value === null) return []
        // swaks takes a value that begins with a hyphen for the next option, and <> for the empty text.
        if (typeof value === 'string' && /^-|^<>$/.test(value)) {
          draft.lose(`${name}: swaks cannot be given a value that begins with a hyphen; it asks for it`)
          return []
        }
        return value === true || value === '' ? [name] : [`${name} ${shellWord(value)}`]
      })
      return `swaks ${words.join(' \\\n  ')}\n`
    },
  ),
  read(text) {
    if (tooLong(text)) return fault('this is too long for a command line')
    const words = shellWords(text.trim())
    if (!words.some(word => /(?:^|\/)swaks$/.test(word))) return fault('this is not a swaks command line')
    const options = readOptions(withoutEmptyAuth(words), FLAGS)
    const get = (...names: readonly string[]) => names.map(name => options.get(name)).find(value => value !== undefined)
    const method = get('auth', 'a')
    const verify = options.has('tls-verify')
    const encrypted = options.has('tls') || options.has('tlsc') || options.has('tls-on-connect')
    return account({
      host: get('server', 's'),
      port: numberOf(get('port', 'p')),
      security: options.has('tlsc') || options.has('tls-on-connect') ? 'tls' : options.has('tls') ? 'starttls' : 'none',
      user: get('auth-user', 'au'),
      password: get('auth-password', 'ap'),
      more: {
        auth: method === undefined || method === '' ? undefined : method.toLowerCase(),
        from: get('from', 'f'),
        ehlo: get('ehlo', 'helo', 'h'),
        verifyCertificate: verify || !encrypted,
        caFile: get('tls-ca-path'),
        clientCertFile: get('tls-cert'),
        clientKeyFile: get('tls-key'),
        hostOverride: get('tls-sni'),
        sourceIp: get('local-interface', 'li'),
        timeoutSeconds: secondsOf(get('timeout')),
        ipFamily: options.has('4') ? '4' : options.has('6') ? '6' : undefined,
      },
    })
  },
}

/** `--auth` may stand without a value, before the next option. */
function withoutEmptyAuth(words: readonly string[]): readonly string[] {
  return words.filter((word, at) => !(word === '--auth' && (words[at + 1] ?? '-').startsWith('-')))
}
