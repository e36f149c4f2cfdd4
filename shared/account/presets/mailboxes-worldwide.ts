import {
  ADDRESS_AS_USER,
  host,
  known,
  preset,
  secret,
  signIn,
  starttls,
  STARTTLS_587,
  TLS_465,
  unsure,
} from '#shared/account/preset.ts'

const APP_PASSWORD_OR_OAUTH2 = [
  signIn('app-password', ['plain', 'login']),
  signIn('oauth2', ['xoauth2', 'oauthbearer']),
]

export const YAHOO = preset({
  id: 'yahoo',
  name: 'Yahoo Mail',
  kind: 'mailbox',
  aliases: ['ymail', 'rocketmail'],
  hosts: 'smtp.mail.yahoo.com',
  ports: [TLS_465, STARTTLS_587],
  user: ADDRESS_AS_USER,
  secret: secret(
    'app-password',
    'an app password made in the account security page',
    'https://login.yahoo.com/account/security',
  ),
  signIn: APP_PASSWORD_OR_OAUTH2,
  domains: ['yahoo.com', 'ymail.com', 'rocketmail.com', 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr', 'yahoo.it', 'yahoo.es'],
  mxSuffixes: ['yahoodns.net'],
  dkimSelectors: ['s2048'],
  evidence: 'source code',
})

export const AOL = preset({
  id: 'aol',
  name: 'AOL Mail',
  kind: 'mailbox',
  hosts: 'smtp.aol.com',
  ports: [TLS_465],
  user: ADDRESS_AS_USER,
  secret: secret(
    'app-password',
    'an app password made in the account security page',
    'https://login.aol.com/account/security',
  ),
  signIn: APP_PASSWORD_OR_OAUTH2,
  domains: ['aol.com', 'aim.com'],
  evidence: 'source code',
})

export const ICLOUD = preset({
  id: 'icloud',
  name: 'iCloud Mail',
  kind: 'mailbox',
  aliases: ['apple', 'me.com', 'mac.com'],
  hosts: 'smtp.mail.me.com',
  ports: [STARTTLS_587],
  user: { form: 'address', hint: 'the full iCloud address' },
  secret: secret('app-password', 'an app-specific password', 'https://account.apple.com/'),
  signIn: [signIn('app-password', ['plain', 'login'])],
  gotchas: [known('there is no port 465: STARTTLS on 587 only', 'source code')],
  domains: ['icloud.com', 'me.com', 'mac.com'],
  mxSuffixes: ['mail.icloud.com'],
  dkimSelectors: ['sig1'],
  spfInclude: 'icloud.com',
  evidence: 'source code',
})

export const FASTMAIL = preset({
  id: 'fastmail',
  name: 'Fastmail',
  kind: 'mailbox',
  hosts: 'smtp.fastmail.com',
  ports: [TLS_465, STARTTLS_587],
  user: ADDRESS_AS_USER,
  secret: secret('app-password', 'an app password for mail', 'https://app.fastmail.com/settings/security'),
  signIn: APP_PASSWORD_OR_OAUTH2,
  gotchas: [known('From may be any alias or masked address of the account', 'source code')],
  domains: ['fastmail.com', 'fastmail.fm'],
  mxSuffixes: ['messagingengine.com'],
  dkimSelectors: ['fm1', 'fm2', 'fm3'],
  spfInclude: 'spf.messagingengine.com',
  evidence: 'source code',
})

/** The top-level domain is the data centre, and the second name is for organisations that pay. */
const ZOHO_CENTRES: readonly (readonly [region: string, label: string, suffix: string])[] = [
  ['com', 'United States', 'zoho.com'],
  ['eu', 'Europe', 'zoho.eu'],
  ['in', 'India', 'zoho.in'],
  ['com.au', 'Australia', 'zoho.com.au'],
  ['jp', 'Japan', 'zoho.jp'],
  ['ca', 'Canada', 'zohocloud.ca'],
]

export const ZOHO = preset({
  id: 'zoho',
  name: 'Zoho Mail',
  kind: 'mailbox',
  hosts: [
    ...ZOHO_CENTRES.map(([region, label, suffix]) =>
      host(region, `${label}, personal or free organisation`, `smtp.${suffix}`, { mxSuffixes: [suffix] }),
    ),
    ...ZOHO_CENTRES.map(([region, label, suffix]) =>
      host(`pro-${region}`, `${label}, paid organisation`, `smtppro.${suffix}`),
    ),
  ],
  ports: [TLS_465, STARTTLS_587],
  user: ADDRESS_AS_USER,
  secret: secret('password', 'the password, or an app password where two-factor sign-in is on'),
  signIn: [signIn('password', ['plain', 'login']), signIn('app-password', ['plain', 'login'])],
  gotchas: [
    known('the wrong data centre refuses with 535: take the one whose address the webmail shows', 'third party'),
    known('an organisation that pays uses smtppro in place of smtp', 'third party'),
    known('From has to be the address that signed in or one of its aliases', 'third party'),
  ],
  domains: ['zoho.com', 'zohomail.com', 'zohomail.eu', 'zohomail.in'],
  evidence: 'source code',
})

export const PROTON = preset({
  id: 'proton',
  name: 'Proton Mail',
  kind: 'mailbox',
  aliases: ['protonmail'],
  hosts: 'smtp.protonmail.ch',
  ports: [STARTTLS_587],
  user: { form: 'address', hint: 'the address of your own domain for which the token was made' },
  secret: secret('token', 'an SMTP token made for that address'),
  signIn: [signIn('key', ['plain', 'login'])],
  gotchas: [
    known('needs a paid plan and an address of your own domain', 'third party'),
    unsure('other accounts send through Proton Mail Bridge on their own machine'),
  ],
  domains: ['proton.me', 'protonmail.com', 'pm.me', 'protonmail.ch'],
  mxSuffixes: ['protonmail.ch'],
  dkimSelectors: ['protonmail', 'protonmail2', 'protonmail3'],
  spfInclude: '_spf.protonmail.ch',
  evidence: 'source code',
})

export const PROTON_BRIDGE = preset({
  id: 'proton-bridge',
  name: 'Proton Mail Bridge on this machine',
  kind: 'own server',
  aliases: ['protonmail bridge'],
  hosts: '127.0.0.1',
  ports: [starttls(1025)],
  user: { form: 'provider-issued', hint: 'the user name that Bridge shows' },
  secret: secret('smtp-password', 'the password that Bridge shows; it is not the Proton password'),
  signIn: [signIn('password', ['plain', 'login'])],
  gotchas: [unsure('the certificate is made by Bridge itself: export it there and name it as CA file')],
  evidence: 'general knowledge',
})
