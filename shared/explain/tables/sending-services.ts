import { SURE, type Table } from '#shared/explain/row.ts'

/** Amazon SES. */
const AMAZON_SES: Table = {
  sources: ['https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html'],
  rows: [
    ['account-suspended-or-billing', SURE, `sending paused for this account | send an email while account is`],
    [
      'auth-bad-credentials',
      SURE,
      `
      535 authentication credentials invalid | authentication credentials invalid
      `,
    ],
    ['auth-oauth-scope-or-permission', SURE, `is not authorized to perform | ses:sendrawemail | access denied: user`],
    [
      'content-malformed',
      SURE,
      `
      transaction failed: duplicate header | invalid mime content | expected mime
      `,
    ],
    [
      'rate-limited-or-quota',
      SURE,
      `
      daily message quota exceeded | maximum sending rate exceeded | throttling failure | daily message quota
      `,
    ],
  ],
}

/** Zoho. */
const ZOHO: Table = {
  sources: ['https://www.zoho.com/mail/help/'],
  rows: [
    ['policy-dmarc-fail', SURE, `rejected per dmarc policy`],
    ['sender-not-allowed-for-user', SURE, `relaying disallowed as | relaying disallowed | sender is not allowed`],
  ],
}

/** SendGrid, Mailgun, Postmark, Brevo, Mailjet, SMTP2GO, Resend and Mailtrap. */
const OTHERS: Table = {
  sources: [
    'https://www.twilio.com/docs/sendgrid/for-developers/sending-email',
    'https://documentation.mailgun.com/',
    'https://postmarkapp.com/developer',
    'https://help.brevo.com/',
    'https://dev.mailjet.com/',
    'https://support.smtp2go.com/',
    'https://resend.com/docs',
    'https://help.mailtrap.io/',
  ],
  rows: [
    [
      'account-suspended-or-billing',
      SURE,
      `
      maximum credits exceeded | not enough credits | account is not activated | your smtp account is not yet
      activated | domain … is disabled | account … disabled by
      `,
    ],
    [
      'rate-limited-or-quota',
      SURE,
      `
      exceeded messages per | too many emails … sent | ratelimit hit | too many messages. please slow
      `,
    ],
    [
      'recipient-unknown',
      SURE,
      `
      inactive recipient | address suppressed | recipient is on suppression | suppression list | suppressed
      `,
    ],
    [
      'sandbox-mode',
      SURE,
      `
      sandbox subdomains are for test purposes | free accounts are for test purposes only | you can only send
      testing emails | pending approval, all recipient | while your account is pending approval | you tried to
      send to recipient(s) that have been marked | recipient addresses must share the same domain
      `,
    ],
    [
      'sender-not-verified',
      SURE,
      `
      the from address does not match a verified sender identity | does not match a verified sender | sender
      signature … not | no sender signature | sender domain not verified | from header sender domain | the domain
      is not verified | the … domain is not verified | domain is unverified | sending from … not permitted | from
      address you supplied | unable to send from | is not validated | sender … not been validated | sender you
      used is not valid | unauthorized sender domain
      `,
    ],
  ],
}

export const SENDING_SERVICES: readonly Table[] = [AMAZON_SES, ZOHO, OTHERS]
