import { HINT, LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** What providers say about the account itself. */
export const ACCOUNTS: Table = {
  sources: [
    'https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html',
    'https://www.twilio.com/docs/sendgrid/for-developers/sending-email',
    'https://documentation.mailgun.com/',
    'https://postmarkapp.com/developer',
  ],
  rows: [
    [
      'account-suspended-or-billing',
      SURE,
      `
      maximum credits exceeded | credits exceeded | no credits | out of credits | insufficient credit | credit
      limit | not enough credits | account is paused | account paused | account suspended | account is suspended
      | account has been suspended | account is currently suspended | account under review | account is under
      review | account is not activated | account is not active | account not activated | not yet activated |
      account is pending | account pending approval | sending paused | sending has been paused | sending
      suspended | sending disabled | sending has been disabled | sending is disabled | disabled from sending |
      blocked from sending | blocked for sending | banned sender | bad outbound sender | subscription has expired
      | subscription expired | license has expired | licence has expired | license expired | licence expired |
      needs a subscription for the service | not subscribed to ses | payment required | trial has expired | trial
      expired | trial ended | plan has expired | tenant has exceeded threshold | your account is not allowed to
      send | domain is disabled | domain is suspended | smtp account is not yet activated | account has been
      deactivated | user has been suspended | sender has been blocked | account has been temporarily suspended |
      account has exceeded its … plan | sender is suspended | sending has been suspended | account is restricted
      | restricted users | user is restricted | restricted user | blocked due to spam | account blocked … spam |
      mail sending denied | sending denied | account terminated | account cancelled | smtp relaying … suspended |
      relaying … disabled for | not allowed to send … license | out of messages | has been blocked from sending |
      tenant … blocked | 5.7.705 | exceeded threshold | account … disabled for sending | domain … blocked from
      sending | abuse detected | account has been closed | account .. {blocked, suspended, disabled, banned,
      restricted, paused, limited, deactivated, closed} .. {spam, abuse, billing, payment, invoice, unpaid,
      overdue, fraud, terms} | sending .. {suspended, paused, revoked, disabled} | your {subscription, plan,
      license, licence, tenant, organization, organisation, domain} .. {suspended, expired, disabled, blocked,
      terminated, cancelled, not activated, not active, paused} | {credits, credit, subscription, license,
      licence, trial, plan} .. {exceeded, expired, exhausted, insufficient, ended, used up, depleted, not enough}
      | {exceeded, exhausted, used} .. credits | buy more | unusual sending activity | payment_required | outboundspam | no more {credit, credits} | activate your {account,
      mailgun} | your account .. {compliance, review, abuse team}
      `,
    ],
    [
      'account-suspended-or-billing',
      LIKELY,
      `
      outgoing mail suspension | outgoing … suspended | sending privileges | sending … revoked | {plan,
      subscription, trial, license, licence} .. {ran out, is over, has ended} | {stopped, disabled, blocked,
      suspended} by .. abuse
      `,
    ],
    [
      'account-suspended-or-billing',
      MAYBE,
      `
      suspended | billing | overdue | unpaid | please upgrade | trial period | outbound spam
      `,
    ],
    ['account-suspended-or-billing', HINT, `balance | compromised`],
    [
      'auth-account-locked-or-blocked',
      SURE,
      `
      log in through your web browser | log in via your web browser | login via your web browser | sign in via
      your web browser | weblogin | account is locked | account locked | account has been locked | account is
      disabled | account disabled | account has been disabled | account is blocked | account blocked | account
      has been blocked | account temporarily blocked | user is locked | mailbox is {locked, blocked} | user locked | login
      disabled | blocked due to suspicious | suspicious login | unusual login | unusual sign-in | unusual
      activity | smtp access is disabled | smtp access disabled | smtp access denied for user | smtp service is
      disabled | not enabled smtp | activate smtp | verify your account | your account needs verification |
      access to this account is temporarily | unknown ip address … authoriz | unauthorized ip address | blocked
      your ip | ip not authorized | password expired | password has expired | password must be changed | account
      is inactive | please log in with your web browser | browser and then try again | locked due to | too many
      failed … locked | account temporarily locked | temporarily locked | login blocked | sign-in blocked | sign
      in blocked | sign-in attempt was blocked | blocked sign-in | 5.7.14 <https | continuesignin | account is
      suspicious | smtp … not activated | smtp … not enabled … account | smtp access … not enabled | pop3/imap …
      not enabled
      `,
    ],
    [
      'auth-account-locked-or-blocked',
      LIKELY,
      `
      {account, user, login} .. {locked, blocked, frozen, barred, restricted} | {your account, user account} ..
      {disabled, suspended, deactivated} | activate .. {pop3, imap, smtp} | {pop3/imap, imap/smtp,
      pop3/imap/smtp, smtp access, external clients, external programs, external access} .. {not enabled,
      disabled, not activated, not active}
      `,
    ],
    [
      'auth-account-locked-or-blocked',
      MAYBE,
      `
      access blocked | unblock | enable smtp | log in to your account | need to log in | imap/pop3 | pop3/smtp |
      user disabled | account is temporarily
      `,
    ],
    [
      'sandbox-mode',
      SURE,
      `
      sandbox subdomains | for test purposes only | free accounts are for test | authorized recipients |
      authorised recipients | testing emails | trial account … recipients | only send testing | demo domains |
      demo domain | pending approval … same domain | recipients that match the | only send to verified | to your
      own email address | unverified recipient | sandbox mode | in the sandbox | sandbox account | account …
      sandbox | free account … recipients | authorized recipient | recipient … not authorized … test | testing
      domain | only send … to your own | own email address ( | verify a domain … to send | recipient … not
      verified | recipient address … verified | unauthorized recipient
      `,
    ],
    [
      'sandbox-mode',
      LIKELY,
      `
      sandbox | trial account | trial accounts | test account | not yet approved | pending approval | test mode |
      account is pending approval | free plan … recipient | only .. {your own, owner's, account owner,
      administrator's} .. {address, email}
      `,
    ],
  ],
}
