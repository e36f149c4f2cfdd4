import type { Effect, Fault } from '../fault.ts'

export const SIGN_IN_FAULTS: readonly Fault[] = [
  reply(
    'refuse-password',
    'Refuses the password',
    'Every sign-in is refused, whatever the password.',
    535,
    '5.7.8 Error: authentication failed: authentication failure',
  ),
  reply(
    'app-password-needed',
    'Wants an app password',
    'Every sign-in is refused as large providers do where two-step verification is on: an app password is needed.',
    534,
    '5.7.9 Application-specific password required. See the help pages of\n5.7.9 your provider (InvalidSecondFactor) - gsmtp',
  ),
  reply(
    'tenant-disabled',
    'Sign-in is switched off for the organisation',
    'Every sign-in is refused as Microsoft 365 does where authenticated SMTP is switched off for the tenant.',
    535,
    '5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
  ),
  reply(
    'basic-auth-disabled',
    'Passwords are no longer accepted',
    'Every sign-in is refused because basic authentication is switched off; only OAuth2 would do.',
    535,
    '5.7.139 Authentication unsuccessful, basic authentication is disabled.',
  ),
  reply(
    'account-locked',
    'Account is locked',
    'Every sign-in is refused until the person has signed in with a web browser.',
    534,
    '5.7.14 Please log in via your web browser and then try again.',
  ),
  reply(
    'too-many-logins',
    'Too many sign-ins',
    'Every sign-in is put off because there were too many.',
    454,
    '4.7.0 Too many login attempts, please try again later.',
  ),
  reply(
    'auth-temporary-error',
    'Sign-in is out of order',
    'Every sign-in is put off because the password database does not answer.',
    454,
    '4.7.0 Temporary authentication failure: Connection lost to authentication server',
  ),
  fault(
    'oauth-token-expired',
    'OAuth2 token has expired',
    'Only XOAUTH2 is offered, and every token is refused as expired. Shows where the account signs in with XOAUTH2.',
    {
      kind: 'mechanisms',
      only: ['XOAUTH2'],
    },
    {
      kind: 'refuse',
      at: 'auth',
      code: 535,
      text: '5.7.8 Authentication failed: the access token has expired (invalid_token)',
    },
  ),
  fault('no-auth', 'Offers no sign-in', 'No port offers AUTH; the command is refused, and mail is taken without it.', {
    kind: 'withhold',
    keyword: 'AUTH',
  }),
  fault(
    'auth-mechanism-unsupported',
    'Offers only other sign-in methods',
    'Only NTLM and GSSAPI are offered; any other method is refused with 504.',
    { kind: 'mechanisms', only: ['NTLM', 'GSSAPI'] },
  ),
  fault(
    'auth-needs-encryption',
    'Refuses to sign in without encryption',
    'Sign-in is refused with 538 where the connection is not encrypted, though it is offered there.',
    {
      kind: 'refuse',
      at: 'auth',
      code: 538,
      text: '5.7.11 Encryption required for requested authentication mechanism',
      when: visit => !visit.encrypted,
    },
  ),
  fault('drop-in-auth', 'Hangs up at sign-in', 'The connection is cut when AUTH is sent.', { kind: 'cut', at: 'auth' }),
]

function fault(id: string, title: string, description: string, ...effects: readonly Effect[]): Fault {
  return { id, title, description: `${description} Applies to all three ports.`, group: 'sign-in', effects }
}

function reply(id: string, title: string, description: string, code: number, text: string): Fault {
  return fault(id, title, description, { kind: 'refuse', at: 'auth', code, text })
}
