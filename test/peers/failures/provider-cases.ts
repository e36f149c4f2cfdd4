import type { AccountSettings } from '#shared/account/account.ts'
import type { Meeting } from './bench.ts'
import type { Failure } from './failure.ts'

export type ProviderCase = Failure & {
  /** Under whose name the server answers. */
  readonly host: string
  /** What it says to a command, where it says no; `message` is after the final dot. */
  readonly says: Readonly<Partial<Record<'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'message', readonly string[]>>>
  /** It says so only to this; to anything else it says yes. */
  readonly only?: (session: Session) => boolean
  readonly account?: Partial<AccountSettings>
  readonly meeting?: Meeting
}

/** What the server has heard. */
export type Session = { readonly ehlo: string; readonly signedIn: boolean; readonly message: string }

const ADA = { user: 'ada@lab.test' } as const
const SIGNED_IN = { ...ADA, from: 'ada@lab.test' } as const
const RAW = 'From: ada@lab.test\nTo: bob@gmail.test\nSubject: no id\nDate: Sat, 21 Nov 2026 12:00:00 +0000\n\nhello\n'

/** What only big providers say: a server on this machine says it, under their name and with a certificate for it. */
export const PROVIDER_CASES: readonly ProviderCase[] = [
  {
    number: 6,
    how: 'smtp-relay.gmail.com hangs up on EHLO localhost',
    host: 'smtp-relay.gmail.com',
    says: { EHLO: ['421 4.7.0 Try again later, closing connection. (EHLO) a1-2002b5 - gsmtp'] },
    only: ({ ehlo }) => ehlo === 'localhost',
    account: { ehlo: 'localhost' },
    shows: 'encrypt-ehlo-name-rejected',
    means: 'helo-name-rejected',
    cures: ['ehlo-name'],
  },
  {
    number: 20,
    how: 'smtp.gmail.com refuses the password of the account',
    host: 'smtp.gmail.com',
    says: {
      AUTH: [
        '535-5.7.8 Username and Password not accepted. For more information, go to',
        '535 5.7.8  https://support.google.com/mail/?p=BadCredentials a1-2002b5 - gsmtp',
      ],
    },
    account: ADA,
    shows: 'sign-in-needs-app-password',
    means: 'auth-app-password-needed',
  },
  {
    number: 21,
    how: 'smtp.gmail.com names two-step verification',
    host: 'smtp.gmail.com',
    says: {
      AUTH: [
        '534-5.7.9 Application-specific password required. For more information, go to',
        '534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor a1-2002b5 - gsmtp',
      ],
    },
    account: ADA,
    shows: 'sign-in-needs-app-password',
    means: 'auth-app-password-needed',
  },
  {
    number: 22,
    how: 'smtp.office365.com, SMTP AUTH off for the tenant',
    host: 'smtp.office365.com',
    says: {
      AUTH: [
        '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [AS4P189CA0033.EURP189.PROD.OUTLOOK.COM]',
      ],
    },
    account: ADA,
    shows: 'sign-in-disabled-for-tenant',
    means: 'auth-basic-disabled-by-tenant',
  },
  {
    number: 23,
    how: 'smtp-mail.outlook.com takes no password at all',
    host: 'smtp-mail.outlook.com',
    says: {
      AUTH: [
        '535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [PN0PR01CA0024.INDPRD01.PROD.OUTLOOK.COM]',
      ],
    },
    account: ADA,
    shows: 'sign-in-basic-auth-retired',
    means: 'auth-basic-disabled-by-tenant',
  },
  {
    number: 23,
    how: 'smtp.office365.com after the end of passwords',
    host: 'smtp.office365.com',
    says: { AUTH: ['550 5.7.30 Basic authentication is not supported for Client Submission.'] },
    account: ADA,
    shows: 'sign-in-basic-auth-retired',
    means: 'auth-basic-disabled-by-tenant',
  },
  {
    number: 24,
    how: 'smtp.office365.com says only that it was unsuccessful',
    host: 'smtp.office365.com',
    says: { AUTH: ['535 5.7.3 Authentication unsuccessful [FR3P281CA0094.DEUP281.PROD.OUTLOOK.COM]'] },
    account: ADA,
    shows: 'sign-in-refused',
    means: 'auth-bad-credentials',
  },
  {
    number: 25,
    how: 'Amazon SES refuses the secret key of IAM',
    host: 'email-smtp.us-east-1.amazonaws.com',
    says: { AUTH: ['535 Authentication Credentials Invalid'] },
    account: { user: 'AKIAIOSFODNN7EXAMPLE' },
    shows: 'sign-in-wrong-kind-of-secret',
    means: 'auth-bad-credentials',
  },
  {
    number: 27,
    how: 'smtp.gmail.com, asked for CRAM-MD5 that it does not offer',
    host: 'smtp.gmail.com',
    says: {},
    account: { ...ADA, auth: 'cram-md5' },
    shows: 'sign-in-mechanism-unsupported',
    means: 'auth-mechanism-unsupported',
    cures: ['auth-auto', 'auth-plain', 'auth-login'],
  },
  {
    number: 30,
    how: 'smtp.gmail.com counts sign-ins',
    host: 'smtp.gmail.com',
    says: { AUTH: ['454 4.7.0 Too many login attempts, please try again later. a1-2002b5 - gsmtp'] },
    account: ADA,
    shows: 'sign-in-too-many-attempts',
    means: 'rate-limited-or-quota',
  },
  {
    number: 31,
    how: 'smtp.office365.com counts the connections of a mailbox',
    host: 'smtp.office365.com',
    says: { message: ['432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending'] },
    account: SIGNED_IN,
    meeting: { send: true },
    shows: 'deliver-rate-limited',
    means: 'rate-limited-or-quota',
  },
  {
    number: 33,
    how: 'smtp-relay.gmail.com does not know the address',
    host: 'smtp-relay.gmail.com',
    says: {
      MAIL: [
        '550-5.7.1 Invalid credentials for relay [192.0.2.9]. The IP address you',
        "550-5.7.1 've registered in your G Suite SMTP Relay service doesn't match domain of",
        '550 5.7.1 the account this email is being sent from. a1-2002b5 - gsmtp',
      ],
    },
    shows: 'deliver-relay-denied',
    means: 'relay-denied',
    vain: { 'sign-in': 'the address has to be registered; this account is none of the organisation' },
  },
  {
    number: 35,
    how: 'smtp.office365.com, Send-As not granted',
    host: 'smtp.office365.com',
    says: {
      message: [
        '554 5.2.252 SendAsDenied; ada@lab.test not allowed to send as boss@lab.test; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception',
      ],
    },
    only: ({ message }) => !/^From: .*ada@lab\.test/m.test(message),
    account: { ...ADA, from: 'boss@lab.test' },
    meeting: { send: true },
    shows: 'deliver-sender-not-allowed',
    means: 'sender-not-allowed-for-user',
    cures: ['from-user'],
  },
  {
    number: 36,
    how: 'Amazon SES does not know the sender in this region',
    host: 'email-smtp.us-east-1.amazonaws.com',
    says: {
      message: [
        '554 Message rejected: Email address is not verified. The following identities failed the check in region US-EAST-1: ada <ada@lab.test>, ada@lab.test',
      ],
    },
    account: { user: 'AKIAIOSFODNN7EXAMPLE', from: 'ada@lab.test' },
    meeting: { send: true },
    shows: 'deliver-sender-not-verified',
    means: 'sender-not-verified',
  },
  {
    number: 37,
    how: 'smtp.office365.com, and nobody signs in',
    host: 'smtp.office365.com',
    says: { MAIL: ['530 5.7.57 Client not authenticated to send mail. [AS4P189CA0033.EURP189.PROD.OUTLOOK.COM]'] },
    only: ({ signedIn }) => !signedIn,
    shows: 'deliver-sign-in-required',
    means: 'auth-required',
    cures: ['sign-in'],
  },
  {
    number: 38,
    how: 'a relay that is handed a local user name',
    host: 'gmail-smtp-in.l.google.com',
    says: {
      RCPT: [
        '553-5.1.3 The recipient address <noaa> is not a valid RFC 5321 address. For more',
        '553 5.1.3 information, go to https://support.google.com/a/answer/3221692 - gsmtp',
      ],
    },
    shows: 'deliver-recipient-malformed',
    means: 'recipient-syntax',
  },
  {
    number: 39,
    how: 'Gmail, a message without Message-ID, and settings that add none',
    host: 'gmail-smtp-in.l.google.com',
    says: {
      message: [
        '550-5.7.1 [192.0.2.9] Messages missing a valid Message-ID header are not',
        '550 5.7.1 accepted. For more information, go to https://support.google.com/mail/?p=RfcMessageNonCompliant - gsmtp',
      ],
    },
    only: ({ message }) => !/^Message-ID:/im.test(message),
    account: { setMsgidHeader: 'off' },
    meeting: { raw: RAW },
    shows: 'deliver-content-malformed',
    means: 'content-malformed',
    cures: ['set-message-id'],
  },
  {
    number: null,
    how: 'Gmail, a message with two authors, which is written anew',
    host: 'gmail-smtp-in.l.google.com',
    says: {
      message: [
        '550-5.7.1 [192.0.2.9] Messages with multiple addresses in From: header are',
        '550 5.7.1 not accepted. - gsmtp',
      ],
    },
    only: ({ message }) => /^From:.*,/im.test(message),
    meeting: { raw: RAW.replace('From: ada@lab.test', 'From: ada@lab.test, bob@lab.test') },
    shows: 'deliver-from-header',
    means: 'policy-from-header',
    cures: ['set-from'],
  },
  {
    number: 41,
    how: 'Gmail, and a domain whose policy is to reject',
    host: 'gmail-smtp-in.l.google.com',
    says: {
      message: [
        "550-5.7.26 Unauthenticated email from lab.test is not accepted due to domain's",
        '550-5.7.26 DMARC policy. Please contact the administrator of lab.test domain if',
        '550 5.7.26 this was a legitimate mail. - gsmtp',
      ],
    },
    meeting: { send: true },
    shows: 'deliver-dmarc',
    means: 'policy-dmarc-fail',
  },
  {
    number: 42,
    how: 'Gmail finds no PTR record',
    host: 'gmail-smtp-in.l.google.com',
    says: {
      message: [
        '550-5.7.25 [192.0.2.9] The IP address sending this message does not have a PTR',
        '550-5.7.25 record setup, or the corresponding forward DNS entry does not point',
        '550 5.7.25 to the sending IP. - gsmtp',
      ],
    },
    meeting: { send: true },
    shows: 'deliver-ptr-missing',
    means: 'policy-ptr-missing',
  },
  {
    number: 44,
    how: 'Outlook.com asks a sender of many messages for SPF, DKIM and DMARC',
    host: 'outlook-com.olc.protection.outlook.com',
    says: {
      message: ['550 5.7.515 Access denied, sending domain lab.test does not meet the required authentication level.'],
    },
    meeting: { send: true },
    shows: 'deliver-dmarc',
    means: 'policy-dmarc-fail',
  },
]
