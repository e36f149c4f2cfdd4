import { LIKELY, SURE, type Table } from '#shared/explain/row.ts'

/** Yahoo and AOL. */
const YAHOO: Table = {
  sources: ['https://senders.yahooinc.com/smtp-error-codes/'],
  rows: [
    ['auth-app-password-needed', LIKELY, `#auth005 | (#auth005) too many bad auth attempts`],
    [
      'policy-ip-blocklisted',
      SURE,
      `
      [bl21] | [bl22] | [bl23] | spamhaus xbl | on spamhaus | in spamhaus's list | [tss13]
      `,
    ],
    [
      'policy-low-reputation',
      SURE,
      `
      [ts01] | [ts02] | [ts03] | [tss04] | [tss05] | [ph01] | temporarily deferred due to unexpected volume or
      user complaints | messages from … temporarily deferred | user complaints
      `,
    ],
    ['rate-limited-or-quota', SURE, `max message per connection reached | message per connection`],
    [
      'recipient-unknown',
      SURE,
      `
      dd this user doesn't have a | dd requested mail action aborted, mailbox unavailable | account … disabled or
      discontinued
      `,
    ],
  ],
}

/** iCloud. */
const APPLE: Table = {
  sources: ['https://support.apple.com/102322'],
  rows: [
    ['auth-app-password-needed', SURE, `appleid.apple.com | app-specific`],
    ['content-rejected-spam', SURE, `[hm05] | [hm07] | [hm08] | [cs01] | [cs05]`],
    ['policy-ip-blocklisted', SURE, `[cs02]`],
    [
      'rate-limited-or-quota',
      SURE,
      `
      deferred due to excessive volume | messages … deferred due to excessive | excessive volume
      `,
    ],
  ],
}

/** GMX, WEB.DE and T-Online. */
const GMX_AND_T_ONLINE: Table = {
  sources: ['https://postmaster.gmx.net/en/error-messages', 'https://postmaster.t-online.de/'],
  rows: [
    [
      'policy-ip-blocklisted',
      SURE,
      `
      ip address is black listed | c=bip | c=bl | c=rp … block | ask for a new reputation | c=rbl
      `,
    ],
    [
      'policy-ptr-missing',
      SURE,
      `
      bad dns ptr resource record | bad dns ptr | c=rdns | csi … rdns | does not have a reverse dns
      `,
    ],
  ],
}

/** Orange and La Poste. */
const ORANGE: Table = {
  sources: ['https://postmaster.orange.fr/'],
  rows: [['policy-ip-blocklisted', SURE, 'adresse ip source bloquee | ofr005 | ofr006']],
}

/** QQ and NetEase. */
const QQ_AND_NETEASE: Table = {
  sources: ['https://service.mail.qq.com/', 'https://mail.163.com/help/help_spam_16.htm'],
  rows: [
    [
      'auth-account-locked-or-blocked',
      SURE,
      `
      user has no permission | nt:aut | login fail. account is abnormal | account is abnormal | service is not
      open | smtp service … not open
      `,
    ],
    ['auth-app-password-needed', SURE, `login fail. please enter your authorization code`],
    ['content-rejected-spam', SURE, `dt:spm | mail content denied | hl:ihu | hl:itc`],
    ['policy-dmarc-fail', SURE, `mi:dmarc | dt:dmarc`],
    ['policy-spf-fail', SURE, `mi:spf`],
    [
      'rate-limited-or-quota',
      SURE,
      `
      ip frequency limited | connection frequency limited | mi:iml | mi:dmc | mi:ccl | mi:rmt | mi:spb | mi:smt |
      domain frequency limited
      `,
    ],
    [
      'sender-not-allowed-for-user',
      SURE,
      `
      mail from address must be same as authorization user | mail from must equal authorized user | mail from
      must equal | from must be same
      `,
    ],
  ],
}

/** mail.ru and Yandex. */
const MAIL_RU_AND_YANDEX: Table = {
  sources: ['https://help.mail.ru/mail-help/postmaster', 'https://yandex.com/support/mail/'],
  rows: [
    ['account-suspended-or-billing', SURE, `needs a subscription for the service`],
    [
      'auth-account-locked-or-blocked',
      SURE,
      `
      this user doesn't have access rights | does not have access rights to this service | not have access rights
      `,
    ],
    [
      'auth-app-password-needed',
      SURE,
      `
      application password is required | neobhodim parol prilozheniya | parol prilozheniya
      `,
    ],
    [
      'content-rejected-spam',
      SURE,
      `
      spam message rejected | message rejected under suspicion of spam | suspicion of spam
      `,
    ],
    ['policy-dmarc-fail', SURE, `owner dmarc policy`],
    [
      'rate-limited-or-quota',
      SURE,
      `
      authenticate too many times | the recipient has exceeded message rate limit
      `,
    ],
    [
      'sender-not-allowed-for-user',
      SURE,
      `
      not local sender | incorrect sender | sender address rejected: not owned
      `,
    ],
  ],
}

/** Comcast and Cox. */
const COMCAST_AND_COX: Table = {
  sources: [
    'https://postmaster.comcast.net/smtp-error-codes.php',
    'https://www.cox.com/residential/support/email-error-codes.html',
  ],
  rows: [['policy-ip-blocklisted', SURE, 'comcast … block | rl0000 | bl0000']],
}

export const RECEIVERS: readonly Table[] = [
  YAHOO,
  APPLE,
  GMX_AND_T_ONLINE,
  ORANGE,
  QQ_AND_NETEASE,
  MAIL_RU_AND_YANDEX,
  COMCAST_AND_COX,
]
