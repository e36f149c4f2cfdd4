import { pairFormat, type Dialect } from '#shared/formats/pairs.ts'
import type { Value } from '#shared/formats/read.ts'
import { textOf } from '#shared/formats/read.ts'
import { mailbox, senderOf } from '#shared/formats/mailbox.ts'

/** git-config: inside double quotes a backslash and a double quote are escaped, and `#` and `;` are plain. */
const GIT_CONFIG: Dialect = {
  print: (key, value) =>
    typeof value === 'string' && !/^[A-Za-z0-9_.:/@-]+$/.test(value)
      ? `\t${key} = "${value.replace(/[\\"]/g, '\\$&')}"`
      : `\t${key} = ${String(value)}`,
  parse(text) {
    const values = new Map<string, Value>()
    let inside = false
    for (const line of text.split(/\r?\n/)) {
      if (/^[ \t]*\[/.test(line)) inside = /^[ \t]*\[sendemail\]/i.test(line)
      const match = inside ? /^[ \t]*([A-Za-z][A-Za-z0-9-]*)[ \t]*=[ \t]*(.*)$/.exec(line) : null
      if (match) values.set((match[1] ?? '').toLowerCase(), gitValue(match[2] ?? ''))
    }
    return values
  },
}

export const GIT_SEND_EMAIL = pairFormat({
  id: 'git-send-email',
  name: 'git send-email',
  place: '~/.gitconfig',
  dialect: GIT_CONFIG,
  carries: ['from', 'fromName', 'ehlo', 'caFile', 'auth', 'verifyCertificate'],
  head: ['[sendemail]'],
  needs: 'smtpserver',
  pairs: draft => {
    const { settings, port, user, password } = draft
    if (!settings.verifyCertificate && settings.caFile !== null) draft.lose('CA file (caFile): the check is turned off')
    return [
      ['smtpServer', settings.host],
      ['smtpServerPort', port],
      ['smtpEncryption', { none: '', starttls: 'tls', tls: 'ssl' }[settings.security] || null],
      ['smtpUser', user],
      ['smtpPass', password],
      ['smtpAuth', settings.auth === 'auto' ? null : settings.auth === 'none' ? 'none' : settings.auth.toUpperCase()],
      ['smtpDomain', settings.ehlo],
      // An empty path turns the check of the certificate off.
      ['smtpSSLCertPath', settings.verifyCertificate ? settings.caFile : ''],
      ['from', mailbox(settings)],
    ]
  },
  found: values => {
    const encryption = values.get('smtpencryption')
    const method = textOf(values.get('smtpauth'))
    return {
      host: values.get('smtpserver'),
      port: values.get('smtpserverport'),
      security: encryption === 'ssl' ? 'tls' : encryption === 'tls' ? 'starttls' : 'none',
      user: values.get('smtpuser'),
      password: values.get('smtppass'),
      more: {
        auth: method?.toLowerCase(),
        ehlo: values.get('smtpdomain'),
        caFile: values.get('smtpsslcertpath'),
        verifyCertificate: values.get('smtpsslcertpath') !== '',
        ...senderOf(values.get('from')),
      },
    }
  },
})

/** Quotes may open and close within a value; outside them `#` and `;` begin a comment and blanks at the end are cut. */
function gitValue(raw: string): string {
  let value = ''
  let quoted = false
  let keep = 0
  for (let at = 0; at < raw.length; at += 1) {
    const character = raw[at] ?? ''
    if (character === '\\') {
      at += 1
      const letter = raw[at] ?? ''
      value += { n: '\n', t: '\t', b: '\b' }[letter] ?? letter
      keep = value.length
    } else if (character === '"') {
      quoted = !quoted
    } else if (!quoted && (character === '#' || character === ';')) {
      break
    } else {
      value += character
      if (quoted || !/\s/.test(character)) keep = value.length
    }
  }
  return value.slice(0, keep)
}
