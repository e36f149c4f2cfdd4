import { readOptions, shellWord, shellWords } from '#shared/formats/dialect/shell.ts'
import type { Format } from '#shared/formats/format.ts'
import { account, fault, flagOf, numberOf, tooLong } from '#shared/formats/read.ts'
import { writer } from '#shared/formats/write.ts'

const TRUENAS_SECURITY = { none: 'PLAIN', starttls: 'TLS', tls: 'SSL' } as const

/**
 * TrueNAS reads values in double quotes without any escape: a backslash stays, and a double quote cannot be written.
 * `security=TLS` is its word for STARTTLS, and SSL for TLS from the start.
 */
export const TRUENAS: Format = {
  id: 'truenas',
  name: 'TrueNAS command line',
  place: 'the TrueNAS CLI (cli)',
  write: writer(['from', 'fromName', 'auth'], draft => {
    const { settings, port, user, password } = draft
    const text = (value: string, what: string) => `"${draft.keep(value, !/["\\]/.test(value), what)}"`
    const words = [
      ...(settings.from === null ? [] : [`fromemail=${text(settings.from, 'sender address')}`]),
      ...(settings.fromName === null ? [] : [`fromname=${text(settings.fromName, 'sender name')}`]),
      `outgoingserver=${text(settings.host, 'mail server')}`,
      `port=${port}`,
      `security=${TRUENAS_SECURITY[settings.security]}`,
    ]
    if (settings.auth === 'xoauth2') {
      draft.lose('the OAuth client and its refresh token: fill in the three values')
      const oauth = '{"client_id":"CLIENT-ID","client_secret":"CLIENT-SECRET","refresh_token":"REFRESH-TOKEN"}'
      return `system mail update ${[...words, `oauth=${oauth}`].join(' ')}\n`
    }
    if (settings.auth !== 'auto' && settings.auth !== 'none')
      draft.lose(`sign-in by ${settings.auth.toUpperCase()}: TrueNAS chooses`)
    const login = user === null ? [] : [`user=${text(user, 'user name')}`, `pass=${text(password ?? '', 'password')}`]
    return `system mail update ${[...words, `smtp=${user !== null}`, ...login].join(' ')}\n`
  }),
  read(text) {
    if (tooLong(text)) return fault('this is too long for a command')
    const values = new Map(
      [...text.matchAll(/\b([a-z]+)=(?:"([^"\r\n]*)"|([^\s"{]+))/g)].map(match => [
        match[1] ?? '',
        match[2] ?? match[3] ?? '',
      ]),
    )
    if (!values.has('outgoingserver')) return fault('system mail update … outgoingserver= is missing')
    const security = values.get('security')
    const signsIn = flagOf(values.get('smtp'))
    return account({
      host: values.get('outgoingserver'),
      port: values.get('port'),
      security: security === 'SSL' ? 'tls' : security === 'TLS' ? 'starttls' : 'none',
      user: signsIn ? values.get('user') : null,
      password: signsIn ? values.get('pass') : null,
      more: { from: values.get('fromemail'), fromName: values.get('fromname') },
      notes: /\boauth=\{/.test(text) ? ['the OAuth client was left out: sign in with OAuth2 here'] : [],
    })
  },
}

const PROXMOX_MODE = { none: 'insecure', starttls: 'starttls', tls: 'tls' } as const

export const PROXMOX: Format = {
  id: 'proxmox',
  name: 'Proxmox VE notification target',
  place: 'a root shell of a node',
  write: writer(['from', 'fromName'], draft => {
    const { settings, port, user, password } = draft
    if (settings.from === null) draft.lose('Proxmox wants a sender address: it is set to root@localhost here')
    draft.lose('the recipients, which Proxmox keeps with the target: root@pam here')
    const options: readonly (readonly [string, string | null])[] = [
      ['--name', 'mail'],
      ['--server', settings.host],
      ['--port', String(port)],
      ['--mode', PROXMOX_MODE[settings.security]],
      ['--username', user],
      ['--password', password],
      ['--from-address', settings.from ?? 'root@localhost'],
      ['--author', settings.fromName],
      ['--mailto-user', 'root@pam'],
    ]
    const words = options.flatMap(([name, value]) => (value === null ? [] : [`${name} ${shellWord(value)}`]))
    return `pvesh create /cluster/notifications/endpoints/smtp ${words.join(' \\\n  ')}\n`
  }),
  read(text) {
    if (tooLong(text)) return fault('this is too long for a command')
    const options = readOptions(shellWords(text), new Set())
    if (!options.has('server')) return fault('--server is missing')
    const mode = options.get('mode') ?? 'tls'
    return account({
      host: options.get('server'),
      port: numberOf(options.get('port')),
      security: mode === 'insecure' ? 'none' : mode === 'starttls' ? 'starttls' : 'tls',
      user: options.get('username'),
      password: options.get('password'),
      more: { from: options.get('from-address'), fromName: options.get('author') },
    })
  },
}

/** The fields of a form, to be typed over: there is no file to read. */
export const VERGEOS: Format = {
  id: 'vergeos',
  name: 'VergeOS SMTP settings',
  place: 'Home, System, SMTP, Edit Settings',
  read: null,
  write: writer(['ehlo', 'from', 'fromName'], ({ settings, port, user, password }) => {
    const rows: readonly (readonly [string, string])[] = [
      ['Use TLS', settings.security === 'none' ? 'off' : 'on'],
      ['Hostname', settings.ehlo ?? ''],
      ['From Name', settings.fromName ?? ''],
      ['From Address', settings.from ?? ''],
      ['Relay Host', settings.host],
      ['Relay Port', String(port)],
      ['Use SASL Authorization', user === null ? 'off' : 'on'],
      ...(user === null
        ? []
        : ([
            ['Username', user],
            ['Password', password ?? ''],
          ] as const)),
    ]
    return `${rows.map(([label, value]) => `${label}: ${value}`).join('\n')}\n`
  }),
}
