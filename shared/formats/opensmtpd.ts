import { sections } from '#shared/formats/dialect/lines.ts'
import type { Format } from '#shared/formats/format.ts'
import { account, fault, tooLong } from '#shared/formats/read.ts'
import { hostPart } from '#shared/formats/smtp-url.ts'
import { writer } from '#shared/formats/write.ts'

const SECRETS = '/etc/mail/secrets'
const LABEL = 'account'
const PROTOCOLS = { none: 'smtp+notls', starttls: 'smtp+tls', tls: 'smtps' } as const

/** Two files: smtpd.conf, and a table with the login under a label. */
export const OPENSMTPD: Format = {
  id: 'opensmtpd',
  name: 'OpenSMTPD relay',
  place: `smtpd.conf and ${SECRETS} (mode 0640, group _smtpd)`,
  write: writer(['ehlo', 'verifyCertificate'], draft => {
    const { settings, port, user, password } = draft
    if (user !== null && settings.security === 'none') draft.lose('signing in: OpenSMTPD does so only with encryption')
    const signsIn = user !== null && settings.security !== 'none'
    const url = `${PROTOCOLS[settings.security]}://${signsIn ? `${LABEL}@` : ''}${hostPart(settings.host)}:${port}`
    const options = [
      ...(signsIn ? ['auth <secrets>'] : []),
      ...(settings.verifyCertificate || settings.security === 'none' ? [] : ['tls no-verify']),
      ...(settings.ehlo === null ? [] : [`helo "${settings.ehlo}"`]),
    ]
    const head = [
      '# smtpd.conf',
      ...(signsIn ? [`table secrets file:${SECRETS}`] : []),
      ['action "relay" relay host', `"${url}"`, ...options].join(' '),
      'match from local for any action "relay"',
    ]
    if (!signsIn) return `${head.join('\n')}\n`
    const login = draft.keep(user, !/[:\s]/.test(user), 'user name')
    const kept = draft.keep(password ?? '', password?.trim() === password, 'password')
    return `${[...head, '', `# ${SECRETS}`, `${LABEL} ${login}:${kept}`].join('\n')}\n`
  }),
  read(text) {
    if (tooLong(text)) return fault('this is too long for mail settings')
    const lines = sections(text)
    const relay = lines.find(line => /\brelay host\b/.test(line)) ?? ''
    const url = /\brelay host "?(?:(smtp|smtp\+tls|smtp\+notls|smtps):\/\/)?(?:([\w.-]{1,64})@)?([^"\s]{1,300})/.exec(
      relay,
    )
    if (!url) return fault('an action with "relay host" is missing')
    const label = url[2]
    const login =
      label === undefined
        ? undefined
        : lines.find(line => line.startsWith(`${label} `) || line.startsWith(`${label}\t`))
    const credentials = login?.slice((label ?? '').length).trimStart()
    const colon = credentials?.indexOf(':') ?? -1
    return account({
      host: url[3],
      security: url[1] === 'smtps' ? 'tls' : url[1] === 'smtp+notls' ? 'none' : 'starttls',
      user: colon === -1 ? null : credentials?.slice(0, colon),
      password: colon === -1 ? null : credentials?.slice(colon + 1),
      more: {
        ehlo: /\bhelo "?([^"\s]{1,255})/.exec(relay)?.[1],
        verifyCertificate: !/\bno-verify\b/.test(relay),
      },
    })
  },
}
