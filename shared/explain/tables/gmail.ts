import { LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** Gmail and Google Workspace. */
export const GMAIL: Table = {
  sources: ['https://support.google.com/a/answer/3726730'],
  rows: [
    [
      'account-suspended-or-billing',
      SURE,
      `
      domain policy has disabled mail | account that you tried to reach is disabled
      `,
    ],
    [
      'auth-account-locked-or-blocked',
      SURE,
      `
      ?p=weblogin | please log in through your web browser | please log in via your web browser
      `,
    ],
    ['auth-app-password-needed', SURE, `?p=invalidsecondfactor`],
    [
      'auth-app-password-needed',
      LIKELY,
      `
      ?p=badcredentials | /mail/?p=badcredentials | 5.7.8 username and password not accepted | username and
      password not accepted
      `,
    ],
    ['auth-oauth-token-expired-or-invalid', SURE, `gmail … invalid_grant`],
    ['content-malformed', SURE, `improper use of 8-bit data | has headers exceeding`],
    ['content-malformed', MAYBE, `there are multiple`],
    [
      'content-rejected-spam',
      SURE,
      `
      our system has detected that this message is likely unsolicited | our system has detected … likely
      unsolicited | unusual rate of unsolicited mail | message is likely unsolicited | domain of the sender …
      suspicious | this message was blocked because its content
      `,
    ],
    ['greeting-rejected-rate-limited', MAYBE, `try again later, closing connection`],
    [
      'helo-name-rejected',
      LIKELY,
      `
      try again later, closing connection. (ehlo) | try again later, closing connection. (helo)
      `,
    ],
    ['message-too-large', SURE, `exceeded google's message size limits | exceeded google's`],
    [
      'policy-dkim-fail',
      SURE,
      `
      dkim authentication didn't pass | because dkim does not pass | authenticate with dkim
      `,
    ],
    [
      'policy-dmarc-fail',
      SURE,
      `
      not accepted due to … dmarc policy | due to domain's dmarc policy | in this message isn't aligned
      `,
    ],
    [
      'policy-low-reputation',
      SURE,
      `
      likely suspicious due to the very low reputation | very low reputation of the sending | suspicious due to
      the … reputation
      `,
    ],
    [
      'policy-ptr-missing',
      SURE,
      `
      ipv6 sending guidelines regarding ptr | sending guidelines regarding ptr | the ip address sending this
      message does not have a ptr record
      `,
    ],
    [
      'policy-spf-fail',
      SURE,
      `
      blocked because the sender is unauthenticated | requires all senders to authenticate with either spf or
      dkim | spf authentication didn't pass | spf does not pass | because spf does not pass | does not have
      authentication information
      `,
    ],
    ['policy-tls-required-by-recipient', SURE, `to use tls/ssl for smtp connections | tls required for rcpt domain`],
    [
      'rate-limited-or-quota',
      SURE,
      `
      daily user sending limit exceeded | user you are trying to contact is receiving mail | user you are trying
      to contact is getting | daily smtp relay … limit | smtp relay … quota | maximum number of recipients … smtp
      relay | unusual rate of unsolicited mail originating
      `,
    ],
    [
      'recipient-mailbox-full',
      SURE,
      `
      email account that you tried to reach is over quota | out of storage space | inbox is out of storage
      `,
    ],
    [
      'recipient-unknown',
      SURE,
      `
      email account that you tried to reach is disabled | email account that you tried to reach is inactive |
      email account that you tried to reach does not exist
      `,
    ],
    [
      'relay-denied',
      SURE,
      `
      registered in your workspace smtp relay | registered in your workspace | smtp relay service doesn't match |
      workspace smtp relay
      `,
    ],
    [
      'server-temporary-error',
      SURE,
      `
      cannot process your message | temporary system problem | server busy, try again later
      `,
    ],
  ],
}
