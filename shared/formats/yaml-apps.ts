import { yamlAt } from '#shared/formats/dialect/languages.ts'
import { pairFormat, type Dialect } from '#shared/formats/pairs.ts'
import { flagOf, secondsOf } from '#shared/formats/read.ts'

export const DISCOURSE = pairFormat({
  id: 'discourse',
  name: 'Discourse',
  place: 'the env section of containers/app.yml',
  dialect: yamlAt(2),
  carries: ['ehlo', 'verifyCertificate', 'from'],
  head: ['env:'],
  needs: 'DISCOURSE_SMTP_ADDRESS',
  pairs: ({ settings, port, user, password }) => [
    ['DISCOURSE_SMTP_ADDRESS', settings.host],
    ['DISCOURSE_SMTP_PORT', port],
    ['DISCOURSE_SMTP_USER_NAME', user],
    ['DISCOURSE_SMTP_PASSWORD', password],
    ['DISCOURSE_SMTP_ENABLE_START_TLS', settings.security === 'starttls'],
    ['DISCOURSE_SMTP_FORCE_TLS', settings.security === 'tls' ? true : null],
    ['DISCOURSE_SMTP_OPENSSL_VERIFY_MODE', settings.verifyCertificate ? null : 'none'],
    ['DISCOURSE_SMTP_DOMAIN', settings.ehlo],
    ['DISCOURSE_NOTIFICATION_EMAIL', settings.from],
  ],
  found: values => ({
    host: values.get('DISCOURSE_SMTP_ADDRESS'),
    port: values.get('DISCOURSE_SMTP_PORT'),
    security: flagOf(values.get('DISCOURSE_SMTP_FORCE_TLS'))
      ? 'tls'
      : values.get('DISCOURSE_SMTP_ENABLE_START_TLS') === false
        ? 'none'
        : 'starttls',
    user: values.get('DISCOURSE_SMTP_USER_NAME'),
    password: values.get('DISCOURSE_SMTP_PASSWORD'),
    more: {
      verifyCertificate: values.get('DISCOURSE_SMTP_OPENSSL_VERIFY_MODE') !== 'none',
      ehlo: values.get('DISCOURSE_SMTP_DOMAIN'),
      from: values.get('DISCOURSE_NOTIFICATION_EMAIL'),
    },
  }),
})

export const HOME_ASSISTANT = pairFormat({
  id: 'home-assistant',
  name: 'Home Assistant',
  place: 'configuration.yaml',
  dialect: yamlAt(4),
  carries: ['timeoutSeconds', 'verifyCertificate', 'from', 'fromName'],
  head: ['notify:', '  - platform: smtp'],
  needs: 'server',
  pairs: draft => {
    const { settings, port, user, password } = draft
    if (settings.from === null) draft.lose('Home Assistant wants a sender address')
    draft.lose('the recipient, which Home Assistant wants: it is set to the sender address here')
    return [
      ['name', 'mail'],
      ['server', settings.host],
      ['port', port],
      ['encryption', settings.security],
      ['username', user],
      ['password', password],
      ['sender', settings.from],
      ['sender_name', settings.fromName],
      ['recipient', settings.from],
      ['timeout', settings.timeoutSeconds],
      ['verify_ssl', settings.verifyCertificate],
    ]
  },
  found: values => {
    const encryption = values.get('encryption')
    return {
      host: values.get('server'),
      port: values.get('port'),
      security: encryption === 'none' || encryption === null ? 'none' : encryption === 'tls' ? 'tls' : 'starttls',
      user: values.get('username'),
      password: values.get('password'),
      more: {
        from: values.get('sender'),
        fromName: values.get('sender_name'),
        timeoutSeconds: secondsOf(values.get('timeout')),
        verifyCertificate: values.get('verify_ssl') !== false,
      },
    }
  },
})

/** Configuration as Code replaces `${…}`; a caret before it keeps it as it stands. */
const JENKINS_YAML: Dialect = {
  print(key, value) {
    const indent = key === 'username' || key === 'password' ? 6 : 4
    const text = typeof value === 'string' ? value.replaceAll('${', '^${') : value
    const line = yamlAt(indent).print(key, text)
    if (key === 'username') return `    authentication:\n${line ?? ''}`
    return key === 'adminAddress' ? `  location:\n${line ?? ''}` : line
  },
  parse: text =>
    new Map(
      [...yamlAt(4).parse(text)].map(([key, value]) => [
        key,
        typeof value === 'string' ? value.replaceAll('^${', '${') : value,
      ]),
    ),
}

export const JENKINS = pairFormat({
  id: 'jenkins',
  name: 'Jenkins',
  place: 'jenkins.yaml (Configuration as Code, Mailer plugin)',
  dialect: JENKINS_YAML,
  carries: ['from'],
  head: ['unclassified:', '  mailer:'],
  needs: 'smtpHost',
  pairs: ({ settings, port, user, password }) => [
    ['smtpHost', settings.host],
    ['smtpPort', String(port)],
    ['useSsl', settings.security === 'tls'],
    ['useTls', settings.security === 'starttls'],
    ['username', user],
    ['password', password],
    ['adminAddress', settings.from],
  ],
  found: values => ({
    host: values.get('smtpHost'),
    port: values.get('smtpPort'),
    security: flagOf(values.get('useSsl')) ? 'tls' : flagOf(values.get('useTls')) ? 'starttls' : 'none',
    user: values.get('username'),
    password: values.get('password'),
    more: { from: values.get('adminAddress') },
  }),
})
