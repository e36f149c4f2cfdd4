import type { Security } from '#shared/account/account.ts'
import { goIni } from '#shared/formats/dialect/ini.ts'
import { mailbox, senderOf } from '#shared/formats/mailbox.ts'
import { pairFormat } from '#shared/formats/pairs.ts'
import { flagOf, textOf } from '#shared/formats/read.ts'
import { hostPart } from '#shared/formats/smtp-url.ts'

export const GRAFANA_INI = pairFormat({
  id: 'grafana-ini',
  name: 'Grafana',
  place: 'grafana.ini',
  // Grafana expands ${VARIABLE} and $__provider{…} in every value.
  dialect: goIni('smtp', /\$\{|\$__/),
  carries: ['verifyCertificate', 'ehlo', 'from', 'fromName', 'clientCertFile', 'clientKeyFile'],
  head: ['[smtp]'],
  needs: 'host',
  pairs: draft => {
    const { settings, port, user, password } = draft
    if (settings.security === 'tls' && port !== 465) draft.lose('Grafana begins with TLS on port 465 only')
    return [
      ['enabled', true],
      ['host', `${hostPart(settings.host)}:${port}`],
      ['user', user],
      ['password', password],
      ['skip_verify', !settings.verifyCertificate],
      ['cert_file', settings.clientCertFile],
      ['key_file', settings.clientKeyFile],
      ['from_address', settings.from],
      ['from_name', settings.fromName],
      ['ehlo_identity', settings.ehlo],
      ['startTLS_policy', { none: 'NoStartTLS', starttls: 'MandatoryStartTLS', tls: null }[settings.security]],
    ]
  },
  found: values => ({
    host: values.get('host'),
    security: String(values.get('host') ?? '').endsWith(':465')
      ? 'tls'
      : values.get('startTLS_policy') === 'NoStartTLS'
        ? 'none'
        : 'starttls',
    user: values.get('user'),
    password: values.get('password'),
    more: {
      verifyCertificate: !flagOf(values.get('skip_verify')),
      clientCertFile: values.get('cert_file'),
      clientKeyFile: values.get('key_file'),
      from: values.get('from_address'),
      fromName: values.get('from_name'),
      ehlo: values.get('ehlo_identity'),
    },
  }),
})

const GITEA_PROTOCOL: Readonly<Record<Security, string>> = { none: 'smtp', starttls: 'smtp+starttls', tls: 'smtps' }

export const GITEA_INI = pairFormat({
  id: 'gitea-ini',
  name: 'Gitea and Forgejo',
  place: 'app.ini',
  dialect: goIni('mailer', /$^/),
  carries: ['verifyCertificate', 'ehlo', 'from', 'fromName', 'clientCertFile', 'clientKeyFile'],
  head: ['[mailer]'],
  needs: 'SMTP_ADDR',
  pairs: ({ settings, port, user, password }) => [
    ['ENABLED', true],
    ['PROTOCOL', GITEA_PROTOCOL[settings.security]],
    ['SMTP_ADDR', settings.host],
    ['SMTP_PORT', port],
    ['USER', user],
    ['PASSWD', password],
    ['FROM', mailbox(settings)],
    ['FORCE_TRUST_SERVER_CERT', settings.verifyCertificate ? null : true],
    ['HELO_HOSTNAME', settings.ehlo],
    ['USE_CLIENT_CERT', settings.clientCertFile === null ? null : true],
    ['CLIENT_CERT_FILE', settings.clientCertFile],
    ['CLIENT_KEY_FILE', settings.clientKeyFile],
  ],
  found: values => {
    const protocol = textOf(values.get('PROTOCOL'))
    return {
      host: values.get('SMTP_ADDR'),
      port: values.get('SMTP_PORT'),
      security: protocol === 'smtps' ? 'tls' : protocol === 'smtp' ? 'none' : 'starttls',
      user: values.get('USER'),
      password: values.get('PASSWD'),
      more: {
        verifyCertificate: !flagOf(values.get('FORCE_TRUST_SERVER_CERT')),
        ehlo: values.get('HELO_HOSTNAME'),
        clientCertFile: values.get('CLIENT_CERT_FILE'),
        clientKeyFile: values.get('CLIENT_KEY_FILE'),
        ...senderOf(values.get('FROM')),
      },
    }
  },
})
