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

export const OVH = preset({
  id: 'ovh',
  name: 'OVHcloud MX Plan',
  kind: 'mailbox',
  hosts: [
    host('ssl0', 'MX Plan', 'ssl0.ovh.net', { mxSuffixes: ['mail.ovh.net'] }),
    host('smtp', 'newer mailboxes (unsure)', 'smtp.mail.ovh.net'),
  ],
  ports: [TLS_465],
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  spfInclude: 'mx.ovh.com',
  evidence: 'source code',
})

export const GANDI = preset({
  id: 'gandi',
  name: 'Gandi',
  kind: 'mailbox',
  hosts: 'mail.gandi.net',
  ports: [TLS_465, STARTTLS_587],
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  mxSuffixes: ['mail.gandi.net'],
  dkimSelectors: ['gm1', 'gm2', 'gm3'],
  spfInclude: '_mailcust.gandi.net',
  evidence: 'source code',
})

export const INFOMANIAK = preset({
  id: 'infomaniak',
  name: 'Infomaniak',
  kind: 'mailbox',
  hosts: 'mail.infomaniak.com',
  ports: [TLS_465, STARTTLS_587],
  user: ADDRESS_AS_USER,
  secret: secret('app-password', 'a device password made for this program'),
  gotchas: [unsure('every device has a password of its own, made in the mail settings')],
  domains: ['ik.me', 'ikmail.com', 'etik.com'],
  mxSuffixes: ['infomaniak.ch', 'infomaniak.com'],
  spfInclude: 'spf.infomaniak.ch',
  evidence: 'source code',
})

export const ORANGE_FR = preset({
  id: 'orange-fr',
  name: 'Orange (France)',
  kind: 'mailbox',
  aliases: ['wanadoo'],
  hosts: 'smtp.orange.fr',
  ports: [TLS_465],
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  domains: ['orange.fr', 'wanadoo.fr'],
  mxSuffixes: ['orange.fr'],
  evidence: 'source code',
})

export const FREE_FR = preset({
  id: 'free-fr',
  name: 'Free (France)',
  kind: 'mailbox',
  hosts: 'smtp.free.fr',
  ports: [TLS_465],
  user: LOCAL_PART_AS_USER,
  secret: MAILBOX_PASSWORD,
  gotchas: [unsure('sending with a password has to be turned on once, in the subscriber area ("SMTP authentifié")')],
  domains: ['free.fr'],
  mxSuffixes: ['free.fr'],
  evidence: 'source code',
})

export const SFR = preset({
  id: 'sfr',
  name: 'SFR',
  kind: 'mailbox',
  hosts: 'smtp.sfr.fr',
  ports: [TLS_465],
  user: ADDRESS_AS_USER,
  secret: MAILBOX_PASSWORD,
  domains: ['sfr.fr'],
  mxSuffixes: ['sfr.fr'],
  evidence: 'source code',
})

export const LAPOSTE = preset({
  id: 'laposte',
  name: 'La Poste',
  kind: 'mailbox',
  hosts: 'smtp.laposte.net',
  ports: [TLS_465],
  user: LOCAL_PART_AS_USER,
  secret: MAILBOX_PASSWORD,
  domains: ['laposte.net'],
  mxSuffixes: ['laposte.net'],
  evidence: 'source code',
})
