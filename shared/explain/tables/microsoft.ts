import { LIKELY, MAYBE, SURE, type Table } from '#shared/explain/row.ts'

/** Microsoft 365, Exchange and Outlook.com. */
export const MICROSOFT: Table = {
  sources: [
    'https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online',
    'https://sendersupport.olc.protection.outlook.com/pm/troubleshooting.aspx',
  ],
  rows: [
    [
      'account-suspended-or-billing',
      SURE,
      `
      bad outbound sender | spam abuse detected | has exceeded threshold | banned sender | access denied, banned
      sender | traffic not accepted from this tenant | tenant has exceeded | sending domain is blocked | your
      message can't be delivered because you weren't recognized as a valid sender | user restricted | access
      denied, spam abuse | not recognized as a valid sender
      `,
    ],
    ['auth-account-locked-or-blocked', SURE, `account is blocked. visit`],
    [
      'auth-bad-credentials',
      LIKELY,
      `
      5.7.3 authentication unsuccessful | 5.7.3 smtp; authentication unsuccessful | the user credentials were
      incorrect | user name or password is incorrect
      `,
    ],
    [
      'auth-basic-disabled-by-tenant',
      SURE,
      `
      smtpclientauthentication is disabled | basic authentication is disabled | basic authentication is not
      supported | smtp_auth_disabled | smtpclientauthenticationdisabled | smtp auth is disabled | smtp client
      authentication is disabled | basic auth is disabled | basic authentication has been disabled |
      authenticated smtp is disabled | security defaults policy | user is locked by your organization's security
      defaults | criteria to be authenticated successfully | did not meet the criteria to be authenticated |
      blocked by .. conditional access | conditional access polic
      `,
    ],
    ['auth-not-offered', SURE, `smtp server does not support authentication`],
    ['auth-oauth-scope-or-permission', SURE, `access token … not … mailbox`],
    [
      'auth-required',
      SURE,
      `
      client was not authenticated | client not authenticated to send | resolver.rst.authrequired |
      resolver.rst.sendernotauthenticated | sender was not authenticated by organization | sender not
      authenticated by organization | authentication required [stage
      `,
    ],
    ['connect-refused', SURE, `message expired, connection refused`],
    [
      'connect-timeout-port-blocked',
      LIKELY,
      `
      message expired, connection timeout | cannot connect to remote server | failed to connect … winsock
      `,
    ],
    [
      'content-rejected-spam',
      SURE,
      `
      message content rejected | high confidence spam | advanced threat | transport.rules.rejectmessage
      `,
    ],
    [
      'greeting-rejected-rate-limited',
      SURE,
      `
      maximum number of concurrent connections | concurrent server connections | the maximum number of concurrent
      … connections
      `,
    ],
    ['helo-name-rejected', SURE, `access denied, bad helo | bad helo`],
    [
      'mail-loop',
      SURE,
      `
      hop count exceeded - possible mail loop | agent generated message depth exceeded | loop detect
      `,
    ],
    [
      'message-too-large',
      SURE,
      `
      resolver.rst.sendsizelimit | resolver.rst.recipsizelimit | sendsizelimit | recipsizelimit
      `,
    ],
    [
      'policy-dmarc-fail',
      SURE,
      `
      does not meet the required authentication level | sending domain … does not pass dmarc | dmarc verification
      | sending domain … dmarc
      `,
    ],
    ['policy-from-header', SURE, `rfc 5322 section 3.6.2 | message must be rfc 5322`],
    [
      'policy-ip-blocklisted',
      SURE,
      `
      banned sending ip | access denied, banned sending ip | delist@ | delist.messaging | sender.office.com |
      part of their network is on our block list | customer block list | blocked by … using customer | fblw15 |
      s3140 | s3150 | as16012609 | blocked using blocklist
      `,
    ],
    [
      'policy-low-reputation',
      SURE,
      `
      has been temporarily rate limited due to ip reputation | rate limited due to ip reputation | traffic not
      accepted from this ip | access denied, please try again later | (as77712 | (as77713 | (as77714
      `,
    ],
    ['policy-ptr-missing', SURE, `must have a reverse dns record | ipv6 address … must have a reverse`],
    [
      'rate-limited-or-quota',
      SURE,
      `
      submission quota exceeded | sender throttled | recipient thread limit exceeded | concurrent connections
      limit exceeded | external recipient limit | recipientrate | sender's submission quota |
      submissionquotaexceeded | recipient limit exceeded | storedrv.clientsubmit; sender thread limit | sender
      thread limit exceeded | exceeded the maximum number of messages | exceeded permitted limits | tenant …
      recipient rate limit | reclimit | toomanyrecipients
      `,
    ],
    [
      'recipient-domain-not-found',
      SURE,
      `
      dns domain … does not exist | dns query failed | infodomainnonexistent | infonorecords | mail server for
      recipient domain
      `,
    ],
    [
      'recipient-mailbox-full',
      SURE,
      `
      quotaexceededexception | mailbox full | storedrv.deliver; mailbox full | quotaexceeded
      `,
    ],
    [
      'recipient-unknown',
      SURE,
      `
      resolver.adr | recipient address rejected: access denied | recipientnotfound | recipient not found |
      exrecipnotfound | user mailbox … not found | email address … couldn't be found | wasn't found at
      `,
    ],
    ['recipient-unknown', MAYBE, `resolver.rst.notauthorized | invalid recipient`],
    [
      'relay-denied',
      SURE,
      `
      relay access denied | tenantattribution; relay | tenantattribution; direct delivery not allowed | unable to
      relay recipient in non-accepted domain | smtp; unable to relay | mail rejected by … connector | attr36 |
      attr34
      `,
    ],
    [
      'sender-not-allowed-for-user',
      SURE,
      `
      client does not have permissions to send as this sender | does not have permissions to send as |
      storedrv.submission.exception:sendasdenied | sendasdeniedexception | client blocked from sending from
      unregistered domain | not permitted to send on behalf | you don't have permission to send to | unregistered
      domain
      `,
    ],
    [
      'server-temporary-error',
      SURE,
      `
      insufficient system resources | temporary server error | please try again later. prx | system not accepting
      network messages | mailbox … is temporarily unavailable | storedrv.deliver | temporary … resource | mailbox
      database … offline
      `,
    ],
    ['tls-protocol-too-old', SURE, `aka.ms/smtp_auth_tls | tls 1.0 and 1.1 are not supported`],
  ],
}
