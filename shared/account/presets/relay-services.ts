import {
  host,
  implicitTls,
  known,
  preset,
  secret,
  signIn,
  starttls,
  STARTTLS_587,
  TLS_465,
  unsure,
} from '#shared/account/preset.ts'

const KEY = [signIn('key', ['plain', 'login'])]

export const SENDGRID = preset({
  id: 'sendgrid',
  name: 'SendGrid',
  kind: 'relay service',
  aliases: ['twilio'],
  hosts: 'smtp.sendgrid.net',
  ports: [STARTTLS_587, starttls(2525), TLS_465, starttls(25)],
  user: { form: 'literal', literal: 'apikey' },
  secret: secret('api-key', 'an API key that may send mail', 'https://app.sendgrid.com/settings/api_keys'),
  signIn: KEY,
  gotchas: [
    known('the user name is the word apikey itself', 'third party'),
    known('From has to be a verified sender or domain', 'third party'),
    unsure('the free plan ended in 2025'),
  ],
  dkimSelectors: ['s1', 's2'],
  spfInclude: 'sendgrid.net',
  evidence: 'source code',
})

export const MAILGUN = preset({
  id: 'mailgun',
  name: 'Mailgun',
  kind: 'relay service',
  hosts: [host('us', 'United States', 'smtp.mailgun.org'), host('eu', 'Europe', 'smtp.eu.mailgun.org')],
  ports: [STARTTLS_587, TLS_465, starttls(2525), starttls(25)],
  user: { form: 'provider-issued', hint: 'the SMTP login of the domain, by default postmaster@ and the domain' },
  secret: secret('smtp-password', 'the SMTP password of the domain; it is not the API key', 'https://app.mailgun.com/'),
  signIn: KEY,
  gotchas: [
    known('a domain made in the other region is refused with 535', 'third party'),
    known('a sandbox domain sends to authorised recipients only', 'third party'),
  ],
  spfInclude: 'mailgun.org',
  evidence: 'source code',
})

export const POSTMARK = preset({
  id: 'postmark',
  name: 'Postmark',
  kind: 'relay service',
  hosts: [
    host('transactional', 'transactional stream', 'smtp.postmarkapp.com'),
    host('broadcasts', 'broadcast streams', 'smtp-broadcasts.postmarkapp.com'),
  ],
  ports: [STARTTLS_587, starttls(2525), starttls(25)],
  user: { form: 'provider-issued', hint: 'the server API token, or the access key of an SMTP token' },
  secret: secret(
    'token',
    'the same server API token again, or the secret key of the SMTP token',
    'https://account.postmarkapp.com/servers',
  ),
  signIn: [signIn('key', ['plain', 'login', 'cram-md5'])],
  gotchas: [
    known('port 465 is not documented', 'provider documentation', 'https://postmarkapp.com/support/article/811'),
    known('From needs a confirmed sender signature or domain', 'provider documentation'),
    known('a stream other than the default is named in the header X-PM-Message-Stream', 'provider documentation'),
  ],
  spfInclude: 'spf.mtasv.net',
  evidence: 'provider documentation',
  source: 'https://postmarkapp.com/support/article/811',
})

export const BREVO = preset({
  id: 'brevo',
  name: 'Brevo',
  kind: 'relay service',
  aliases: ['sendinblue'],
  hosts: 'smtp-relay.brevo.com',
  ports: [STARTTLS_587, starttls(2525), TLS_465],
  user: { form: 'provider-issued', hint: 'the SMTP login that the panel shows' },
  secret: secret('smtp-password', 'an SMTP key; it is not the API key', 'https://app.brevo.com/settings/keys/smtp'),
  signIn: KEY,
  gotchas: [
    known('sending from an IP address that is not on the list of the account can be blocked', 'provider documentation'),
  ],
  spfInclude: 'spf.brevo.com',
  evidence: 'provider documentation',
  source: 'https://developers.brevo.com/',
})

export const MAILJET = preset({
  id: 'mailjet',
  name: 'Mailjet',
  kind: 'relay service',
  hosts: 'in-v3.mailjet.com',
  ports: [STARTTLS_587, TLS_465, starttls(2525)],
  user: { form: 'provider-issued', hint: 'the API key' },
  secret: secret('api-key', 'the secret key that belongs to the API key', 'https://app.mailjet.com/account/apikeys'),
  signIn: KEY,
  dkimSelectors: ['mailjet'],
  spfInclude: 'spf.mailjet.com',
  evidence: 'general knowledge',
})

export const SPARKPOST = preset({
  id: 'sparkpost',
  name: 'SparkPost',
  kind: 'relay service',
  aliases: ['bird'],
  hosts: [
    host('us', 'United States', 'smtp.sparkpostmail.com'),
    host('eu', 'Europe (unsure)', 'smtp.eu.sparkpostmail.com'),
  ],
  ports: [STARTTLS_587, starttls(2525)],
  user: { form: 'literal', literal: 'SMTP_Injection' },
  secret: secret('api-key', 'an API key that may send by SMTP'),
  signIn: KEY,
  gotchas: [unsure('the user name is the word SMTP_Injection itself')],
  evidence: 'source code',
})

export const RESEND = preset({
  id: 'resend',
  name: 'Resend',
  kind: 'relay service',
  hosts: 'smtp.resend.com',
  ports: [TLS_465, STARTTLS_587, implicitTls(2465), starttls(2587), starttls(25)],
  user: { form: 'literal', literal: 'resend' },
  secret: secret('api-key', 'an API key', 'https://resend.com/api-keys'),
  signIn: KEY,
  gotchas: [
    known(
      'the user name is the word resend itself',
      'provider documentation',
      'https://resend.com/docs/send-with-smtp',
    ),
  ],
  dkimSelectors: ['resend'],
  evidence: 'provider documentation',
  source: 'https://resend.com/docs/send-with-smtp',
})

export const SMTP2GO = preset({
  id: 'smtp2go',
  name: 'SMTP2GO',
  kind: 'relay service',
  hosts: 'mail.smtp2go.com',
  ports: [starttls(2525), STARTTLS_587, starttls(8025), TLS_465],
  user: { form: 'provider-issued', hint: 'the name of an SMTP user' },
  secret: secret('smtp-password', 'the password of that SMTP user'),
  signIn: KEY,
  gotchas: [unsure('ports 80 and 25 with STARTTLS, and 8465 and 443 with TLS from the start, work too')],
  evidence: 'source code',
})
