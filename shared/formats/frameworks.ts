import { JAVA_PROPERTIES } from '#shared/formats/dialect/ini.ts'
import { PYTHON, RUBY_HASH } from '#shared/formats/dialect/languages.ts'
import { mailbox, senderOf } from '#shared/formats/mailbox.ts'
import { pairFormat } from '#shared/formats/pairs.ts'
import { flagOf, secondsOf, textOf } from '#shared/formats/read.ts'

export const DJANGO_PY = pairFormat({
  id: 'django-py',
  name: 'Django settings',
  place: 'settings.py',
  dialect: PYTHON,
  carries: ['timeoutSeconds', 'from', 'fromName', 'clientCertFile', 'clientKeyFile'],
  needs: 'EMAIL_HOST',
  pairs: ({ settings, port, user, password }) => [
    ['EMAIL_BACKEND', 'django.core.mail.backends.smtp.EmailBackend'],
    ['EMAIL_HOST', settings.host],
    ['EMAIL_PORT', port],
    ['EMAIL_USE_TLS', settings.security === 'starttls'],
    ['EMAIL_USE_SSL', settings.security === 'tls'],
    ['EMAIL_HOST_USER', user],
    ['EMAIL_HOST_PASSWORD', password],
    ['EMAIL_TIMEOUT', settings.timeoutSeconds],
    ['EMAIL_SSL_CERTFILE', settings.clientCertFile],
    ['EMAIL_SSL_KEYFILE', settings.clientKeyFile],
    ['DEFAULT_FROM_EMAIL', mailbox(settings)],
  ],
  found: values => ({
    host: values.get('EMAIL_HOST'),
    port: values.get('EMAIL_PORT'),
    security: flagOf(values.get('EMAIL_USE_SSL')) ? 'tls' : flagOf(values.get('EMAIL_USE_TLS')) ? 'starttls' : 'none',
    user: values.get('EMAIL_HOST_USER'),
    password: values.get('EMAIL_HOST_PASSWORD'),
    more: {
      timeoutSeconds: secondsOf(values.get('EMAIL_TIMEOUT')),
      clientCertFile: values.get('EMAIL_SSL_CERTFILE'),
      clientKeyFile: values.get('EMAIL_SSL_KEYFILE'),
      ...senderOf(values.get('DEFAULT_FROM_EMAIL')),
    },
  }),
})

export const RAILS_RB = pairFormat({
  id: 'rails-rb',
  name: 'Ruby on Rails',
  place: 'config/environments/production.rb',
  dialect: RUBY_HASH,
  carries: ['ehlo', 'verifyCertificate', 'timeoutSeconds', 'auth'],
  head: ['config.action_mailer.delivery_method = :smtp', 'config.action_mailer.smtp_settings = {'],
  foot: ['}'],
  needs: 'address',
  pairs: draft => {
    const { settings, port, user, password } = draft
    const method = { plain: ':plain', login: ':login', 'cram-md5': ':cram_md5', auto: ':plain' }[
      settings.auth as 'plain'
    ]
    if (user !== null && method === undefined) draft.lose(`sign-in by ${settings.auth.toUpperCase()}`)
    return [
      ['address', settings.host],
      ['port', port],
      ['domain', settings.ehlo],
      ['user_name', user],
      ['password', password],
      ['authentication', user === null ? null : (method ?? ':plain')],
      ['tls', settings.security === 'tls' ? true : null],
      ['enable_starttls', settings.security === 'starttls' ? true : null],
      ['enable_starttls_auto', settings.security === 'none' ? false : null],
      ['openssl_verify_mode', settings.verifyCertificate ? null : 'none'],
      ['open_timeout', settings.timeoutSeconds],
      ['read_timeout', settings.timeoutSeconds],
    ]
  },
  found: values => {
    const method = String(values.get('authentication') ?? '')
      .replace(/^:/, '')
      .replace('_', '-')
    const signsIn = textOf(values.get('user_name')) !== null
    return {
      host: values.get('address'),
      port: values.get('port'),
      security:
        flagOf(values.get('tls')) || flagOf(values.get('ssl'))
          ? 'tls'
          : values.get('enable_starttls_auto') === false
            ? 'none'
            : 'starttls',
      user: values.get('user_name'),
      password: values.get('password'),
      more: {
        ehlo: values.get('domain'),
        // Rails has no "choose for me": plain is what it does when nothing else is said.
        auth: signsIn && /^(?:login|cram-md5)$/.test(method) ? method : 'auto',
        verifyCertificate: values.get('openssl_verify_mode') !== 'none',
        timeoutSeconds: secondsOf(values.get('open_timeout')),
      },
    }
  },
})

const MAIL = 'spring.mail.'
const SMTP = 'spring.mail.properties.mail.smtp.'

export const SPRING_PROPERTIES = pairFormat({
  id: 'spring-properties',
  name: 'Spring Boot properties',
  place: 'application.properties',
  dialect: JAVA_PROPERTIES,
  carries: ['ehlo', 'from', 'timeoutSeconds', 'verifyCertificate', 'sourceIp'],
  needs: `${MAIL}host`,
  pairs: ({ settings, port, user, password }) => {
    const timeoutMs = settings.timeoutSeconds === null ? null : settings.timeoutSeconds * 1000
    const encrypted = settings.security !== 'none'
    return [
      [`${MAIL}host`, settings.host],
      [`${MAIL}port`, port],
      [`${MAIL}username`, user],
      [`${MAIL}password`, password],
      [`${SMTP}auth`, user !== null],
      [`${SMTP}ssl.enable`, settings.security === 'tls' ? true : null],
      [`${SMTP}starttls.enable`, settings.security === 'starttls' ? true : null],
      [`${SMTP}starttls.required`, settings.security === 'starttls' ? true : null],
      // JavaMail did not compare the name in the certificate unless it was told to.
      [`${SMTP}ssl.checkserveridentity`, encrypted ? settings.verifyCertificate : null],
      [`${SMTP}ssl.trust`, encrypted && !settings.verifyCertificate ? '*' : null],
      [`${SMTP}localhost`, settings.ehlo],
      [`${SMTP}localaddress`, settings.sourceIp],
      [`${SMTP}from`, settings.from],
      [`${SMTP}connectiontimeout`, timeoutMs],
      [`${SMTP}timeout`, timeoutMs],
    ]
  },
  found: values => {
    const timeoutMs = secondsOf(values.get(`${SMTP}connectiontimeout`))
    return {
      host: values.get(`${MAIL}host`),
      port: values.get(`${MAIL}port`),
      security: flagOf(values.get(`${SMTP}ssl.enable`))
        ? 'tls'
        : flagOf(values.get(`${SMTP}starttls.enable`))
          ? 'starttls'
          : 'none',
      user: values.get(`${MAIL}username`),
      password: values.get(`${MAIL}password`),
      more: {
        ehlo: values.get(`${SMTP}localhost`),
        sourceIp: values.get(`${SMTP}localaddress`),
        from: values.get(`${SMTP}from`),
        timeoutSeconds: timeoutMs === null ? null : Math.max(1, Math.round(timeoutMs / 1000)),
        verifyCertificate: values.get(`${SMTP}ssl.trust`) !== '*',
      },
    }
  },
})
