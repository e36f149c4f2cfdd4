import { LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** Other receivers, sending services and filters, by the marks that are their own. */
export const RECEIVERS: Table = {
  source:
    'https://senders.yahooinc.com/smtp-error-codes/, postmaster pages of Apple, GMX, T-Online, QQ, mail.ru and Yandex, documentation of the sending services and filters',
  rows: [
    [
      'account-suspended-or-billing',
      SURE,
      `
      maximum credits exceeded | needs a subscription for the service | sending paused for this account |
      not enough credits | account is not activated | your smtp account is not yet activated |
      domain … is disabled | account … disabled by | send an email while account is
      `,
    ],
    [
      'auth-account-locked-or-blocked',
      SURE,
      `
      user has no permission | this user doesn't have access rights | does not have access rights to this service |
      not have access rights | nt:aut | login fail. account is abnormal | account is abnormal |
      service is not open | smtp service … not open
      `,
    ],
    [
      'auth-app-password-needed',
      SURE,
      `
      appleid.apple.com | application password is required | neobhodim parol prilozheniya | parol prilozheniya |
      login fail. please enter your authorization code | app-specific
      `,
    ],
    ['auth-app-password-needed', LIKELY, '#auth005 | (#auth005) too many bad auth attempts'],
    [
      'auth-bad-credentials',
      SURE,
      `
      535 authentication credentials invalid | authentication credentials invalid
      `,
    ],
    ['auth-oauth-scope-or-permission', SURE, 'is not authorized to perform | ses:sendrawemail | access denied: user'],
    [
      'content-malformed',
      SURE,
      `
      transaction failed: duplicate header | invalid mime content | expected mime
      `,
    ],
    [
      'content-rejected-spam',
      SURE,
      `
      [hm05] | [hm07] | [hm08] | [cs01] | [cs05] | dt:spm | spam message rejected | message rejected under suspicion of spam |
      suspicion of spam | mail content denied | hl:ihu | hl:itc | mi:spf | mail is rejected by … spam |
      message content rejected, ube | mimecast … spam | barracuda … spam | proofpoint … spam |
      rejected by header based | anti-spoofing policy | message rejected by … content |
      mailscanner | email rejected due to security policies | security policies
      `,
    ],
    [
      'greylisted',
      SURE,
      `
      ironport … grey | mimecast … grey | #id-5.9.4 |
      internal resource temporarily unavailable - https://community.mimecast
      `,
    ],
    [
      'policy-dmarc-fail',
      SURE,
      `
      not accepted for policy reasons … dmarc | mail … cannot be accepted … dmarc | owner dmarc policy |
      rejected per dmarc policy | dmarc failure | fails dmarc | mi:dmarc | dt:dmarc
      `,
    ],
    [
      'policy-ip-blocklisted',
      SURE,
      `
      [bl21] | [bl22] | [bl23] | spamhaus xbl | on spamhaus | in spamhaus's list | [tss13] | [cs02] |
      ip address is black listed | c=bip | c=bl | c=rp … block | adresse ip source bloquee | ofr006 | ofr004 |
      ofr005 | comcast … block | rl0000 | bl0000 | ask for a new reputation | prs.proofpoint.com |
      ipcheck.proofpoint.com | dynamic reputation | blocked by proofpoint | barracudanetworks.com/reputation |
      b.barracudacentral.org | mimecast … blacklist | ip blacklisted | poor reputation and is blocked |
      senderbase … poor | cisco … blocked | trend micro … rbl | ip address blacklisted by recipient
      `,
    ],
    ['policy-ip-blocklisted', MAYBE, 'envelope blocked'],
    [
      'policy-low-reputation',
      SURE,
      `
      [ts01] | [ts02] | [ts03] | [tss04] | [tss05] | [ph01] |
      temporarily deferred due to unexpected volume or user complaints | messages from … temporarily deferred |
      user complaints
      `,
    ],
    [
      'policy-ptr-missing',
      SURE,
      `
      bad dns ptr resource record | bad dns ptr | c=rdns | csi … rdns | does not have a reverse dns
      `,
    ],
    [
      'rate-limited-or-quota',
      SURE,
      `
      max message per connection reached | message per connection | deferred due to excessive volume |
      messages … deferred due to excessive | excessive volume | ip frequency limited |
      connection frequency limited | mi:iml | mi:dmc | mi:ccl | mi:rmt | mi:spb | mi:smt |
      authenticate too many times | domain frequency limited | exceeded messages per |
      the recipient has exceeded message rate limit | too many emails … sent | daily message quota exceeded |
      maximum sending rate exceeded | throttling failure | daily message quota | ratelimit hit |
      too many messages. please slow
      `,
    ],
    [
      'recipient-unknown',
      SURE,
      `
      dd this user doesn't have a | dd requested mail action aborted, mailbox unavailable |
      account … disabled or discontinued | inactive recipient | address suppressed | recipient is on suppression |
      suppression list | suppressed | recipient verification … failed |
      administrative prohibition - envelope blocked
      `,
    ],
    [
      'sandbox-mode',
      SURE,
      `
      sandbox subdomains are for test purposes | free accounts are for test purposes only |
      you can only send testing emails | pending approval, all recipient | while your account is pending approval |
      you tried to send to recipient(s) that have been marked | 
      recipient addresses must share the same domain
      `,
    ],
    [
      'sender-not-allowed-for-user',
      SURE,
      `
      mail from address must be same as authorization user | mail from must equal authorized user |
      mail from must equal | from must be same | sender address rejected: not owned | relaying disallowed as |
      relaying disallowed | sender is not allowed | 5.1.0 sender not owned | not local sender over smtp |
      not local sender | incorrect sender
      `,
    ],
    [
      'sender-not-verified',
      SURE,
      `
      the from address does not match a verified sender identity | does not match a verified sender |
      sender signature … not | no sender signature | sender domain not verified | from header sender domain |
      the domain is not verified | the … domain is not verified | domain is unverified |
      sending from … not permitted | from address you supplied | 
      unable to send from | is not validated | sender … not been validated | sender you used is not valid |
      unauthorized sender domain
      `,
    ],
    ['policy-ip-blocklisted', SURE, `c=rbl`],
  ],
}
