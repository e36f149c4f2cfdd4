import { preset, secret, signIn, STARTTLS_587, TLS_465, type PresetPort } from '#shared/account/preset.ts'

/** Relay services of which only the host, the port and the kind of credentials are known. */
function relay(
  id: string,
  name: string,
  host: string,
  port: PresetPort,
  userHint: string,
  secretHint: string,
  more: Partial<Parameters<typeof preset>[0]> = {},
) {
  return preset({
    id,
    name,
    kind: 'relay service',
    hosts: host,
    ports: [port],
    user: { form: 'provider-issued', hint: userHint },
    secret: secret('smtp-password', secretHint),
    signIn: [signIn('key', ['plain', 'login'])],
    evidence: 'source code',
    ...more,
  })
}

export const MORE_RELAY_SERVICES = [
  relay(
    'mailersend',
    'MailerSend',
    'smtp.mailersend.net',
    STARTTLS_587,
    'the SMTP user of the domain',
    'the password of that SMTP user',
    { spfInclude: '_spf.mailersend.net' },
  ),
  relay(
    'mandrill',
    'Mailchimp Transactional (Mandrill)',
    'smtp.mandrillapp.com',
    STARTTLS_587,
    'any text; usually the address of the account',
    'an API key',
    { aliases: ['mailchimp'], secret: secret('api-key', 'an API key'), spfInclude: 'spf.mandrillapp.com' },
  ),
  relay(
    'mailtrap',
    'Mailtrap Email Sending',
    'live.smtp.mailtrap.io',
    STARTTLS_587,
    'the user name that the domain page shows',
    'the API token',
    { secret: secret('token', 'the API token') },
  ),
  relay(
    'scaleway-tem',
    'Scaleway Transactional Email',
    'smtp.tem.scw.cloud',
    STARTTLS_587,
    'the project ID',
    'the secret key of an API key',
    { aliases: ['scw'], secret: secret('api-key', 'the secret key of an API key') },
  ),
  relay('loops', 'Loops', 'smtp.loops.so', STARTTLS_587, 'the user name that Loops shows', 'an API key', {
    secret: secret('api-key', 'an API key'),
  }),
  relay(
    'elastic-email',
    'Elastic Email',
    'smtp.elasticemail.com',
    TLS_465,
    'the user name of the SMTP credentials',
    'the password of the SMTP credentials',
  ),
]
