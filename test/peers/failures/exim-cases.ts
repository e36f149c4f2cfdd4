import type { AccountSettings } from '#shared/account/account.ts'
import type { EximRules } from '../support/exim.ts'
import type { Failure } from './failure.ts'

export type EximCase = Failure & {
  readonly account?: Partial<AccountSettings>
  readonly to?: string
  readonly password?: string
}

/** What hosters set: cPanel's words for the EHLO name, sign-in behind TLS, and Exim's own words for the rest. */
export const RULES: EximRules = {
  helo: `  deny message = Access denied - Invalid HELO name (See RFC2821 4.1.1.1)
    condition = \${if match{$sender_helo_name}{\\N\\.\\N}{no}{yes}}
  accept`,
  rcpt: `  deny message = Unrouteable address
    local_parts = nobody
  defer local_parts = later
  accept domains = lab.test
  accept authenticated = *
  deny message = relay not permitted`,
  auth: '${if eq{$tls_in_cipher}{}{}{*}}',
}

const ADA = { user: 'ada', ehlo: 'client.lab.test' } as const

/** A real Exim, set up as hosters do. */
export const EXIM_CASES: readonly EximCase[] = [
  {
    number: 7,
    how: 'Exim refuses an EHLO name without a dot, in the words of cPanel',
    account: { ehlo: 'container7' },
    shows: 'encrypt-ehlo-name-rejected',
    means: 'helo-name-rejected',
    cures: ['ehlo-name'],
  },
  {
    number: 10,
    how: 'the plain port of Exim, and TLS from the start in the settings',
    account: { ...ADA, security: 'tls' },
    shows: 'encrypt-tls-on-starttls-port',
    means: 'tls-implicit-on-starttls-port',
    cures: ['use-starttls'],
  },
  {
    number: 26,
    how: 'Exim offers AUTH behind TLS only',
    account: { ...ADA, security: 'none' },
    shows: 'sign-in-needs-encryption',
    means: 'starttls-required',
    cures: ['use-starttls'],
  },
  {
    number: 32,
    how: 'Exim: relay not permitted',
    account: { ehlo: 'client.lab.test' },
    to: 'bob@elsewhere.test',
    shows: 'deliver-relay-denied',
    means: 'relay-denied',
    cures: ['sign-in'],
  },
  {
    number: null,
    how: 'Exim: Incorrect authentication data',
    account: ADA,
    password: 'wrong',
    shows: 'sign-in-refused',
    means: 'auth-bad-credentials',
    vain: { 'user-name': 'it is the password that is wrong' },
  },
  {
    number: null,
    how: 'Exim: Unrouteable address',
    account: ADA,
    to: 'nobody@lab.test',
    shows: 'deliver-recipient-unknown',
    means: 'recipient-unknown',
  },
  {
    number: null,
    how: 'Exim puts the recipient off',
    account: ADA,
    to: 'later@lab.test',
    shows: 'deliver-temporary-error',
    means: 'server-temporary-error',
  },
]
