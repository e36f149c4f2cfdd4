import {
  ADDRESS_AS_USER,
  known,
  preset,
  secret,
  signIn,
  starttls,
  STARTTLS_587,
  TLS_465,
} from '#shared/account/preset.ts'

const APP_PASSWORD = secret(
  'app-password',
  'an app password, 16 letters; the account needs two-step verification first',
  'https://myaccount.google.com/apppasswords',
  { groupedWithBlanks: true, length: 16 },
)

const SIGN_IN = [
  signIn('app-password', ['plain', 'login'], { note: 'needs two-step verification' }),
  signIn('oauth2', ['xoauth2', 'oauthbearer'], {
    note: 'while the OAuth consent screen is in testing, a refresh token lasts seven days',
  }),
  signIn('password', ['plain', 'login'], {
    state: 'ended',
    until: '2025-05-01',
    note: 'the account password alone: ended 2022-05-30 for consumer accounts, 2025-05-01 for Workspace',
  }),
]

export const GMAIL = preset({
  id: 'gmail',
  name: 'Gmail',
  kind: 'mailbox',
  aliases: ['google', 'googlemail', 'google workspace', 'g suite'],
  hosts: 'smtp.gmail.com',
  ports: [TLS_465, STARTTLS_587],
  user: ADDRESS_AS_USER,
  secret: APP_PASSWORD,
  signIn: SIGN_IN,
  gotchas: [
    known(
      'Gmail rewrites From to the account that signed in, unless the other address is set up as an alias',
      'source code',
    ),
    known(
      'one sign-in per message ends in "454 4.7.0 Too many login attempts": keep one connection for many',
      'third party',
    ),
  ],
  domains: ['gmail.com', 'googlemail.com'],
  mxSuffixes: ['google.com', 'googlemail.com'],
  dkimSelectors: ['google', '20230601'],
  spfInclude: '_spf.google.com',
  evidence: 'source code',
  source: 'https://autoconfig.thunderbird.net/v1.1/gmail.com',
})

export const GOOGLE_WORKSPACE_RELAY = preset({
  id: 'google-workspace-relay',
  name: 'Google Workspace SMTP relay',
  kind: 'relay service',
  aliases: ['smtp-relay', 'gmail relay', 'g suite relay', 'google'],
  hosts: 'smtp-relay.gmail.com',
  ports: [TLS_465, STARTTLS_587, starttls(25)],
  user: {
    form: 'none',
    hint: 'nobody signs in when the IP address of this machine is registered; else the address of a user',
  },
  secret: { ...APP_PASSWORD, hint: 'none for a registered IP address; else an app password, 16 letters' },
  signIn: [
    signIn('ip-address', ['none'], { note: 'the public IP address is registered in the admin console' }),
    signIn('app-password', ['plain', 'login']),
  ],
  gotchas: [
    known(
      'the public IP address of this machine has to be registered, else "Mail relay denied"',
      'third party',
      'https://github.com/Ombi-app/Ombi/issues/1442',
    ),
    known(
      'EHLO localhost is answered with "421 4.7.0 Try again later": give a real host name',
      'third party',
      'https://github.com/nodemailer/nodemailer/issues/1742',
    ),
  ],
  dkimSelectors: ['google'],
  spfInclude: '_spf.google.com',
  needsRealEhlo: true,
  evidence: 'source code',
})
