import { ADDRESS_AS_USER, known, MAILBOX_PASSWORD, preset, STARTTLS_587, TLS_465 } from '#shared/account/preset.ts'

export const GODADDY = preset({
  id: 'godaddy',
  name: 'GoDaddy Workspace Email',
  kind: 'mailbox',
  aliases: ['secureserver'],
  hosts: 'smtpout.secureserver.net',
  ports: [TLS_465],
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  gotchas: [known('lists that name port 25 are wrong for customers: use 465', 'source code')],
  mxSuffixes: ['secureserver.net'],
  spfInclude: 'secureserver.net',
  evidence: 'source code',
})

export const RACKSPACE = preset({
  id: 'rackspace',
  name: 'Rackspace Email',
  kind: 'mailbox',
  aliases: ['emailsrvr'],
  hosts: 'secure.emailsrvr.com',
  ports: [TLS_465],
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  mxSuffixes: ['emailsrvr.com'],
  spfInclude: 'emailsrvr.com',
  evidence: 'source code',
})

export const ONE_COM = preset({
  id: 'one-com',
  name: 'one.com',
  kind: 'mailbox',
  hosts: 'send.one.com',
  ports: [TLS_465],
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  mxSuffixes: ['one.com'],
  spfInclude: '_custspf.one.com',
  evidence: 'source code',
})

export const ARUBA_PEC = preset({
  id: 'aruba-pec',
  name: 'Aruba PEC',
  kind: 'mailbox',
  aliases: ['posta elettronica certificata'],
  hosts: 'smtps.pec.aruba.it',
  ports: [TLS_465],
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  domains: ['pec.aruba.it', 'pec.it', 'arubapec.it'],
  mxSuffixes: ['pec.aruba.it'],
  evidence: 'source code',
})

export const MIGADU = preset({
  id: 'migadu',
  name: 'Migadu',
  kind: 'mailbox',
  hosts: 'smtp.migadu.com',
  ports: [TLS_465, STARTTLS_587],
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  mxSuffixes: ['migadu.com'],
  dkimSelectors: ['key1', 'key2', 'key3'],
  spfInclude: 'spf.migadu.com',
  evidence: 'general knowledge',
})

export const FORWARD_EMAIL = preset({
  id: 'forward-email',
  name: 'Forward Email',
  kind: 'mailbox',
  hosts: 'smtp.forwardemail.net',
  ports: [TLS_465],
  user: { form: 'address', hint: 'the alias that sends' },
  secret: { ...MAILBOX_PASSWORD, hint: 'the password generated for the alias' },
  mxSuffixes: ['forwardemail.net'],
  spfInclude: 'spf.forwardemail.net',
  evidence: 'source code',
})
