import {
  ADDRESS_AS_USER,
  host,
  LOCAL_PART_AS_USER,
  MAILBOX_PASSWORD,
  preset,
  secret,
  STARTTLS_587,
  TLS_465,
  unsure,
} from '#shared/account/preset.ts'

const BOTH = [TLS_465, STARTTLS_587]

export const GMX = preset({
  id: 'gmx',
  name: 'GMX',
  kind: 'mailbox',
  hosts: [
    host('net', 'gmx.net, gmx.de, gmx.at, gmx.ch', 'mail.gmx.net', {
      domains: ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch'],
      mxSuffixes: ['gmx.net'],
    }),
    host('com', 'gmx.com and other countries', 'mail.gmx.com', {
      domains: ['gmx.com', 'gmx.us', 'gmx.co.uk', 'gmx.fr', 'gmx.es'],
    }),
  ],
  ports: BOTH,
  user: ADDRESS_AS_USER,
  secret: secret('password', 'the password of the mailbox, or an app password where two-factor sign-in is on'),
  gotchas: [unsure('sending from a program has to be allowed once, in the webmail under POP3 and IMAP')],
  evidence: 'source code',
})

export const WEB_DE = preset({
  id: 'web-de',
  name: 'WEB.DE',
  kind: 'mailbox',
  hosts: 'smtp.web.de',
  ports: BOTH,
  user: LOCAL_PART_AS_USER,
  secret: MAILBOX_PASSWORD,
  gotchas: [unsure('sending from a program has to be allowed once, in the webmail under POP3 and IMAP')],
  domains: ['web.de'],
  mxSuffixes: ['web.de'],
  evidence: 'source code',
})

export const IONOS = preset({
  id: 'ionos',
  name: 'IONOS',
  kind: 'mailbox',
  aliases: ['1und1', '1&1', '1and1'],
  hosts: [
    host('de', 'Germany', 'smtp.ionos.de', { mxSuffixes: ['ionos.de', 'kundenserver.de'] }),
    host('com', 'United States and other countries', 'smtp.ionos.com', { mxSuffixes: ['ionos.com', 'perfora.net'] }),
    host('1und1', 'Germany, older contracts', 'smtp.1und1.de'),
  ],
  ports: BOTH,
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  gotchas: [unsure('From has to be an address of the same contract')],
  evidence: 'source code',
})

export const STRATO = preset({
  id: 'strato',
  name: 'STRATO',
  kind: 'mailbox',
  hosts: 'smtp.strato.de',
  ports: BOTH,
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  mxSuffixes: ['rzone.de'],
  spfInclude: 'smtp.rzone.de',
  evidence: 'source code',
})

export const T_ONLINE = preset({
  id: 't-online',
  name: 'T-Online',
  kind: 'mailbox',
  aliases: ['telekom', 'magenta'],
  hosts: 'securesmtp.t-online.de',
  ports: BOTH,
  user: ADDRESS_AS_USER,
  secret: secret('password', 'the password for e-mail programs'),
  gotchas: [unsure('e-mail programs need a password of their own, made in the customer centre')],
  domains: ['t-online.de', 'magenta.de'],
  mxSuffixes: ['t-online.de'],
  evidence: 'source code',
})

export const POSTEO = preset({
  id: 'posteo',
  name: 'Posteo',
  kind: 'mailbox',
  hosts: 'posteo.de',
  ports: BOTH,
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  domains: ['posteo.de', 'posteo.net', 'posteo.org'],
  mxSuffixes: ['posteo.de'],
  evidence: 'source code',
})

export const MAILBOX_ORG = preset({
  id: 'mailbox-org',
  name: 'mailbox.org',
  kind: 'mailbox',
  hosts: 'smtp.mailbox.org',
  ports: BOTH,
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  domains: ['mailbox.org'],
  mxSuffixes: ['mailbox.org'],
  evidence: 'general knowledge',
})

export const HETZNER = preset({
  id: 'hetzner',
  name: 'Hetzner webhosting',
  kind: 'mailbox',
  aliases: ['your-server', 'konsoleh'],
  hosts: 'mail.your-server.de',
  ports: BOTH,
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  mxSuffixes: ['your-server.de'],
  evidence: 'source code',
})
