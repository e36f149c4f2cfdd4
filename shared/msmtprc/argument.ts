import { assertNever, err, ok, type Result } from '#shared/result.ts'

/**
 * What kind of argument a command takes. `empty` says what a missing argument does: `error` is a complaint, `unset`
 * clears the setting, `keep` stores the empty text, `on` counts as `on`.
 */
export type ArgumentKind =
  | { readonly kind: 'none' }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'flag'; readonly empty: 'on' | 'invalid' }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly empty: string }
  | { readonly kind: 'number'; readonly max: number; readonly empty: 'error' | 'unset'; readonly off: boolean }
  | { readonly kind: 'text'; readonly empty: 'error' | 'unset' | 'keep' }
  | { readonly kind: 'file'; readonly empty: 'unset' }
  | { readonly kind: 'auth' }
  | { readonly kind: 'fingerprint' }
  | { readonly kind: 'dsn-notify' }
  | { readonly kind: 'dsn-return' }
  | { readonly kind: 'syslog' }
  | { readonly kind: 'structure' }

/** A value as `--pretend` words it; null is "(not set)". */
export type SettingValue = string | null

export type ArgumentFault = 'needs-argument' | 'takes-none' | 'invalid'

/** Sign-in methods that msmtp 1.8.23 takes; it compares without folding case. */
export const AUTH_NAMES = [
  'plain',
  'scram-sha-256',
  'scram-sha-1',
  'cram-md5',
  'digest-md5',
  'login',
  'ntlm',
  'gssapi',
  'external',
  'oauthbearer',
  'xoauth2',
] as const

/** Sign-in methods that came with channel binding, after 1.8.23. */
export const NEWER_AUTH_NAMES = ['scram-sha-256-plus', 'scram-sha-1-plus'] as const

const INT_MAX = 2 ** 31 - 1
/** Octets of the digests that can be pinned: MD5, SHA-1, SHA-256. */
const DIGEST_OCTETS = [16, 20, 32]

/** Reads an argument as msmtp does: case counts, and nothing may follow the value. */
export function parseArgument(kind: ArgumentKind, argument: string): Result<SettingValue, ArgumentFault> {
  switch (kind.kind) {
    case 'none':
      return argument === '' ? ok('on') : err('takes-none')
    case 'ignored':
    case 'structure':
      return ok(argument)
    case 'flag':
      if (argument === '' && kind.empty === 'on') return ok('on')
      return argument === 'on' || argument === 'off' ? ok(argument) : err('invalid')
    case 'choice':
      if (argument === '') return kind.empty === '' ? err('needs-argument') : ok(kind.empty)
      return kind.choices.includes(argument) ? ok(argument) : err('invalid')
    case 'number':
      return parseNumber(kind, argument)
    case 'text':
      if (argument !== '' || kind.empty === 'keep') return ok(argument)
      return kind.empty === 'unset' ? ok(null) : err('needs-argument')
    case 'file':
      return ok(argument === '' ? null : argument)
    case 'auth':
      return parseAuth(argument)
    case 'fingerprint':
      return argument === '' ? ok(null) : parseFingerprint(argument)
    case 'dsn-notify':
      if (argument === '') return err('needs-argument')
      if (argument === 'off') return ok(null)
      return isDsnNotify(argument) ? ok(argument.toUpperCase()) : err('invalid')
    case 'dsn-return':
      if (argument === '') return err('needs-argument')
      if (argument === 'off') return ok(null)
      if (argument === 'headers') return ok('HDRS')
      return argument === 'full' ? ok('FULL') : err('invalid')
    case 'syslog':
      if (argument === '' || argument === 'on') return ok('LOG_USER')
      if (argument === 'off') return ok(null)
      return /^LOG_(USER|MAIL|LOCAL[0-7])$/.test(argument) ? ok(argument) : err('invalid')
    default:
      return assertNever(kind)
  }
}

/** C's strtol with base 0, for a number from 1 to INT_MAX that is all of the text: `025` is 21, `0x19` is 25. */
export function parsePositive(text: string): number | null {
  const match = /^[ \t\n\v\f\r]*\+?(?:0[xX]([0-9a-fA-F]+)|0([0-7]+)|([1-9][0-9]*))$/.exec(text)
  if (match === null) return null
  const [, hex, octal, decimal] = match
  const value = hex === undefined ? (octal === undefined ? Number(decimal) : parseInt(octal, 8)) : parseInt(hex, 16)
  return value >= 1 && value <= INT_MAX ? value : null
}

function parseNumber(
  kind: Extract<ArgumentKind, { kind: 'number' }>,
  argument: string,
): Result<SettingValue, ArgumentFault> {
  if (argument === '') return kind.empty === 'unset' ? ok(null) : err('needs-argument')
  if (kind.off && argument === 'off') return ok('off')
  const value = parsePositive(argument)
  return value !== null && value <= kind.max ? ok(String(value)) : err('invalid')
}

function parseAuth(argument: string): Result<SettingValue, ArgumentFault> {
  if (argument === '' || argument === 'on') return ok('choose')
  if (argument === 'off') return ok('none')
  const known: readonly string[] = [...AUTH_NAMES, ...NEWER_AUTH_NAMES]
  return known.includes(argument) ? ok(argument.toUpperCase()) : err('invalid')
}

function parseFingerprint(argument: string): Result<SettingValue, ArgumentFault> {
  const octets = (argument.length + 1) / 3
  const shaped = DIGEST_OCTETS.includes(octets) && /^(?:[0-9a-fA-F]{2}[: ])*[0-9a-fA-F]{2}$/.test(argument)
  return shaped ? ok(argument.toUpperCase().replaceAll(' ', ':')) : err('invalid')
}

/** msmtp counts the words and the commas without looking where they stand, so `delayfailure,` passes too. */
function isDsnNotify(argument: string): boolean {
  if (argument === 'never') return true
  const found = ['failure', 'delay', 'success'].filter(word => argument.includes(word))
  const commas = argument.split(',').length - 1
  const letters = found.reduce((sum, word) => sum + word.length, 0)
  return found.length > 0 && argument.length === letters + found.length - 1 && commas >= found.length - 1
}
