import type { Security } from '#shared/account/account.ts'
import { COMPOSE_ENV } from '#shared/formats/dialect/env.ts'
import type { Format } from '#shared/formats/format.ts'
import { member, parseJsonObject, printJsonFile, valueOf } from '#shared/formats/json.ts'
import { pairFormat, type Pair, type Values } from '#shared/formats/pairs.ts'
import { account, fault, flagOf, secondsOf, textOf, type Found } from '#shared/formats/read.ts'
import { writer, type Draft } from '#shared/formats/write.ts'

const CARRIES = ['verifyCertificate', 'timeoutSeconds', 'from', 'fromName'] as const
const ENV_PREFIX = 'MM_EMAILSETTINGS_'

const KEYS = [
  'SMTPServer',
  'SMTPPort',
  'ConnectionSecurity',
  'EnableSMTPAuth',
  'SMTPUsername',
  'SMTPPassword',
  'SkipServerCertificateVerification',
  'SMTPServerTimeout',
  'FeedbackEmail',
  'FeedbackName',
]

/** The keys of `EmailSettings` in config.json; the environment has the same in capitals behind a prefix. */
function emailSettings({ settings, port, user, password }: Draft): readonly Pair[] {
  return [
    ['SendEmailNotifications', true],
    ['SMTPServer', settings.host],
    ['SMTPPort', String(port)],
    ['ConnectionSecurity', { none: '', starttls: 'STARTTLS', tls: 'TLS' }[settings.security]],
    ['EnableSMTPAuth', user !== null],
    ['SMTPUsername', user ?? ''],
    ['SMTPPassword', password ?? ''],
    ['SkipServerCertificateVerification', !settings.verifyCertificate],
    ['SMTPServerTimeout', settings.timeoutSeconds],
    ['FeedbackEmail', settings.from],
    ['FeedbackName', settings.fromName],
  ]
}

function found(values: Values): Found {
  const signsIn = flagOf(values.get('EnableSMTPAuth'))
  return {
    host: values.get('SMTPServer'),
    port: values.get('SMTPPort'),
    security: securityOf(textOf(values.get('ConnectionSecurity'))),
    user: signsIn ? values.get('SMTPUsername') : null,
    password: signsIn ? values.get('SMTPPassword') : null,
    more: {
      verifyCertificate: !flagOf(values.get('SkipServerCertificateVerification')),
      timeoutSeconds: secondsOf(values.get('SMTPServerTimeout')),
      from: values.get('FeedbackEmail'),
      fromName: values.get('FeedbackName'),
    },
  }
}

export const MATTERMOST_JSON: Format = {
  id: 'mattermost-json',
  name: 'Mattermost config.json',
  place: 'EmailSettings in config.json',
  write: writer(CARRIES, draft =>
    printJsonFile({ EmailSettings: Object.fromEntries(emailSettings(draft).filter(([, value]) => value !== null)) }),
  ),
  read(text) {
    const json = parseJsonObject(text)
    if (!json.ok) return json
    const settings = 'EmailSettings' in json.value ? member(json.value, 'EmailSettings') : json.value
    if (settings['SMTPServer'] === undefined) return fault('EmailSettings.SMTPServer is missing')
    return account(found(new Map(Object.keys(settings).map(key => [key, valueOf(settings, key)]))))
  },
}

export const MATTERMOST_ENV: Format = pairFormat({
  id: 'mattermost-env',
  name: 'Mattermost environment',
  place: 'the .env file of Docker Compose',
  dialect: COMPOSE_ENV,
  carries: CARRIES,
  needs: `${ENV_PREFIX}SMTPSERVER`,
  pairs: draft => emailSettings(draft).map(([key, value]) => [ENV_PREFIX + key.toUpperCase(), value]),
  found: values => found(new Map(KEYS.map(key => [key, values.get(ENV_PREFIX + key.toUpperCase()) ?? null]))),
})

function securityOf(word: string | null): Security {
  return word === 'TLS' ? 'tls' : word === 'STARTTLS' ? 'starttls' : 'none'
}
