import type { Security } from '#shared/account/account.ts'
import { COMPOSE_ENV, LARAVEL_DOTENV, QUOTED_ENV } from '#shared/formats/dialect/env.ts'
import { pairFormat } from '#shared/formats/pairs.ts'
import { flagOf, secondsOf } from '#shared/formats/read.ts'
import { mailbox, senderOf } from '#shared/formats/mailbox.ts'

export const GHOST_ENV = pairFormat({
  id: 'ghost-env',
  name: 'Ghost environment',
  place: 'the .env file of Docker Compose',
  dialect: COMPOSE_ENV,
  carries: ['from', 'fromName', 'verifyCertificate', 'ehlo'],
  needs: 'mail__options__host',
  pairs: ({ settings, port, user, password }) => [
    ['mail__transport', 'SMTP'],
    ['mail__options__host', settings.host],
    ['mail__options__port', port],
    ['mail__options__secure', settings.security === 'tls'],
    ['mail__options__requireTLS', settings.security === 'starttls' ? true : null],
    ['mail__options__ignoreTLS', settings.security === 'none' ? true : null],
    ['mail__options__auth__user', user],
    ['mail__options__auth__pass', password],
    ['mail__options__tls__rejectUnauthorized', settings.verifyCertificate ? null : false],
    ['mail__options__name', settings.ehlo],
    ['mail__from', mailbox(settings)],
  ],
  found: values => ({
    host: values.get('mail__options__host'),
    port: values.get('mail__options__port'),
    security: flagOf(values.get('mail__options__secure'))
      ? 'tls'
      : flagOf(values.get('mail__options__ignoreTLS'))
        ? 'none'
        : 'starttls',
    user: values.get('mail__options__auth__user'),
    password: values.get('mail__options__auth__pass'),
    more: {
      verifyCertificate: values.get('mail__options__tls__rejectUnauthorized') !== 'false',
      ehlo: values.get('mail__options__name'),
      ...senderOf(values.get('mail__from')),
    },
  }),
})

const VAULTWARDEN_SECURITY: Readonly<Record<Security, string>> = { none: 'off', starttls: 'starttls', tls: 'force_tls' }

export const VAULTWARDEN_ENV = pairFormat({
  id: 'vaultwarden-env',
  name: 'Vaultwarden environment',
  place: 'the .env file of Vaultwarden',
  dialect: QUOTED_ENV,
  carries: ['from', 'fromName', 'verifyCertificate', 'ehlo', 'timeoutSeconds'],
  needs: 'SMTP_HOST',
  pairs: ({ settings, port, user, password }) => [
    ['SMTP_HOST', settings.host],
    ['SMTP_PORT', port],
    ['SMTP_SECURITY', VAULTWARDEN_SECURITY[settings.security]],
    ['SMTP_USERNAME', user],
    ['SMTP_PASSWORD', password],
    ['SMTP_FROM', settings.from],
    ['SMTP_FROM_NAME', settings.fromName],
    ['SMTP_TIMEOUT', settings.timeoutSeconds],
    ['HELO_NAME', settings.ehlo],
    ['SMTP_ACCEPT_INVALID_CERTS', settings.verifyCertificate ? null : true],
    ['SMTP_ACCEPT_INVALID_HOSTNAMES', settings.verifyCertificate ? null : true],
  ],
  found: values => ({
    host: values.get('SMTP_HOST'),
    port: values.get('SMTP_PORT'),
    security: { off: 'none' as const, force_tls: 'tls' as const }[String(values.get('SMTP_SECURITY'))] ?? 'starttls',
    user: values.get('SMTP_USERNAME'),
    password: values.get('SMTP_PASSWORD'),
    more: {
      from: values.get('SMTP_FROM'),
      fromName: values.get('SMTP_FROM_NAME'),
      timeoutSeconds: secondsOf(values.get('SMTP_TIMEOUT')),
      ehlo: values.get('HELO_NAME'),
      verifyCertificate: !flagOf(values.get('SMTP_ACCEPT_INVALID_CERTS')),
    },
  }),
})

export const AUTHENTIK_ENV = pairFormat({
  id: 'authentik-env',
  name: 'authentik environment',
  place: 'the .env file of Docker Compose',
  dialect: COMPOSE_ENV,
  carries: ['from', 'fromName', 'timeoutSeconds'],
  needs: 'AUTHENTIK_EMAIL__HOST',
  pairs: ({ settings, port, user, password }) => [
    ['AUTHENTIK_EMAIL__HOST', settings.host],
    ['AUTHENTIK_EMAIL__PORT', port],
    ['AUTHENTIK_EMAIL__USERNAME', user],
    ['AUTHENTIK_EMAIL__PASSWORD', password],
    ['AUTHENTIK_EMAIL__USE_TLS', settings.security === 'starttls'],
    ['AUTHENTIK_EMAIL__USE_SSL', settings.security === 'tls'],
    ['AUTHENTIK_EMAIL__TIMEOUT', settings.timeoutSeconds],
    ['AUTHENTIK_EMAIL__FROM', mailbox(settings)],
  ],
  found: values => ({
    host: values.get('AUTHENTIK_EMAIL__HOST'),
    port: values.get('AUTHENTIK_EMAIL__PORT'),
    security: flagOf(values.get('AUTHENTIK_EMAIL__USE_SSL'))
      ? 'tls'
      : flagOf(values.get('AUTHENTIK_EMAIL__USE_TLS'))
        ? 'starttls'
        : 'none',
    user: values.get('AUTHENTIK_EMAIL__USERNAME'),
    password: values.get('AUTHENTIK_EMAIL__PASSWORD'),
    more: {
      timeoutSeconds: secondsOf(values.get('AUTHENTIK_EMAIL__TIMEOUT')),
      ...senderOf(values.get('AUTHENTIK_EMAIL__FROM')),
    },
  }),
})

export const LARAVEL_ENV = pairFormat({
  id: 'laravel-env',
  name: 'Laravel .env',
  place: '.env of the application; MAIL_SCHEME is for Laravel 11 and later, MAIL_ENCRYPTION for those before',
  dialect: LARAVEL_DOTENV,
  carries: ['from', 'fromName', 'ehlo'],
  needs: 'MAIL_HOST',
  pairs: draft => {
    const { settings, port, user, password } = draft
    if (settings.security === 'starttls') draft.lose('Laravel uses STARTTLS when it is offered and does not require it')
    return [
      ['MAIL_MAILER', 'smtp'],
      ['MAIL_SCHEME', settings.security === 'tls' ? 'smtps' : 'smtp'],
      ['MAIL_ENCRYPTION', { none: 'null', starttls: 'tls', tls: 'ssl' }[settings.security]],
      ['MAIL_HOST', settings.host],
      ['MAIL_PORT', port],
      ['MAIL_USERNAME', user],
      ['MAIL_PASSWORD', password],
      ['MAIL_FROM_ADDRESS', settings.from],
      ['MAIL_FROM_NAME', settings.fromName],
      ['MAIL_EHLO_DOMAIN', settings.ehlo],
    ]
  },
  found: values => ({
    host: values.get('MAIL_HOST'),
    port: values.get('MAIL_PORT'),
    security:
      values.get('MAIL_SCHEME') === 'smtps' || values.get('MAIL_ENCRYPTION') === 'ssl'
        ? 'tls'
        : values.get('MAIL_ENCRYPTION') === null
          ? 'none'
          : 'starttls',
    user: values.get('MAIL_USERNAME'),
    password: values.get('MAIL_PASSWORD'),
    more: {
      from: values.get('MAIL_FROM_ADDRESS'),
      fromName: values.get('MAIL_FROM_NAME'),
      ehlo: values.get('MAIL_EHLO_DOMAIN'),
    },
  }),
})
