import { ADDRESS_AS_USER, known, preset, secret, signIn, STARTTLS_587, unsure } from '#shared/account/preset.ts'

export const MICROSOFT_365 = preset({
  id: 'microsoft-365',
  name: 'Microsoft 365',
  kind: 'mailbox',
  aliases: ['office 365', 'o365', 'exchange online', 'm365'],
  hosts: 'smtp.office365.com',
  ports: [STARTTLS_587],
  user: { form: 'address', hint: 'the user principal name, which usually is the mail address' },
  secret: secret('oauth2', 'an OAuth2 token; a password works only while basic sign-in is on for the tenant'),
  signIn: [
    signIn('oauth2', ['xoauth2']),
    signIn('password', ['login', 'plain'], {
      state: 'ending',
      until: '2026-12-31',
      note:
        'basic sign-in is unchanged until the end of December 2026; then it is off by default in existing tenants, ' +
        'where an administrator can turn it on again, and unavailable by default in new ones. ' +
        'The date of its final removal is to be announced in the second half of 2027. ' +
        'Pages that name March and April 2026 state a plan that was given up.',
      source: 'Exchange Team, 2026-01-27, revised 2026-01-29',
    }),
  ],
  gotchas: [
    known(
      'SMTP AUTH can be off for the tenant or for the mailbox: "535 5.7.139 … SmtpClientAuthentication is disabled"',
      'third party',
    ),
    known('sending as another address needs Send As for that mailbox: "5.7.60", "5.2.252 SendAsDenied"', 'third party'),
    known('there is no port 465: STARTTLS on 587 only', 'source code'),
    known('few connections at a time: "432 4.3.2 Concurrent connections limit exceeded"', 'third party'),
    unsure('the limit is three connections for each mailbox'),
  ],
  mxSuffixes: ['mail.protection.outlook.com', 'mx.microsoft'],
  dkimSelectors: ['selector1', 'selector2'],
  spfInclude: 'spf.protection.outlook.com',
  evidence: 'provider documentation',
})

export const OUTLOOK_COM = preset({
  id: 'outlook-com',
  name: 'Outlook.com',
  kind: 'mailbox',
  aliases: ['hotmail', 'live', 'msn', 'microsoft'],
  hosts: 'smtp-mail.outlook.com',
  ports: [STARTTLS_587],
  user: ADDRESS_AS_USER,
  secret: secret('oauth2', 'an OAuth2 token; neither the password nor an app password is taken'),
  signIn: [
    signIn('oauth2', ['xoauth2']),
    signIn('password', ['login', 'plain'], { state: 'ended', until: '2024-09-16' }),
    signIn('app-password', ['login', 'plain'], {
      state: 'unsure',
      note: 'app passwords use the same basic sign-in that has ended; some guides of 2026 still claim that they work, so let the test decide',
    }),
  ],
  gotchas: [known('"535 5.7.139 … basic authentication is disabled" means that only OAuth2 is taken', 'third party')],
  domains: [
    'outlook.com',
    'hotmail.com',
    'live.com',
    'msn.com',
    'hotmail.co.uk',
    'hotmail.de',
    'hotmail.fr',
    'outlook.de',
    'outlook.fr',
  ],
  mxSuffixes: ['olc.protection.outlook.com'],
  evidence: 'source code',
  source: 'https://autoconfig.thunderbird.net/v1.1/outlook.com',
})

export const AZURE_COMMUNICATION = preset({
  id: 'azure-communication-services',
  name: 'Azure Communication Services',
  kind: 'relay service',
  aliases: ['azure', 'acs', 'azurecomm'],
  hosts: 'smtp.azurecomm.net',
  ports: [STARTTLS_587],
  user: { form: 'provider-issued', hint: 'the SMTP user name resource made in the Azure portal' },
  secret: secret('token', 'the client secret of the Entra application that may send'),
  signIn: [signIn('key', ['plain', 'login'])],
  gotchas: [
    known(
      'port 465 times out: STARTTLS on 587',
      'third party',
      'https://github.com/dawidd6/action-send-mail/issues/187',
    ),
  ],
  evidence: 'general knowledge',
})
