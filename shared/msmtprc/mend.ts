import { type ArgumentKind, AUTH_NAMES, parseArgument } from '#shared/msmtprc/argument.ts'
import { DIRECTIVES, findDirective } from '#shared/msmtprc/directives.ts'
import type { Complaint } from '#shared/msmtprc/parse.ts'
import { advice, type MsmtprcFix } from '#shared/msmtprc/problem.ts'
import { nearestWord } from '#shared/nearest.ts'

const COMMANDS: readonly string[] = DIRECTIVES.map(directive => directive.command)

/** What was probably meant where msmtp complains; null where no guess is good enough. */
export function mendComplaint(complaint: Complaint): MsmtprcFix | null {
  const { line, command, argument } = complaint
  switch (complaint.code) {
    case 'unknown-command':
      return mendCommand(line, command, argument)
    case 'invalid-argument': {
      const kind = findDirective(command)?.argument
      const meant = kind === undefined ? null : mendArgument(kind, argument)
      return meant === null ? null : { kind: 'replace', line, text: `${command} ${meant}` }
    }
    case 'takes-no-argument':
      return { kind: 'replace', line, text: command }
    case 'needs-argument':
      return { kind: 'remove', line }
    case 'line-too-long':
      return advice('shorten the line to 499 bytes; a long command can go into a script')
    case 'duplicate-account':
      return advice('rename the account; commands before the first account line belong to an account called default')
    case 'undefined-account':
      return advice('define that account above this line')
    case 'bad-account-name':
      return advice('rename the account')
    case 'too-many-accounts':
      return advice('split the file')
    case 'missing-account-name':
      return advice('write account and a name')
  }
}

function mendCommand(line: number, command: string, argument: string): MsmtprcFix | null {
  // A byte order mark is invisible in most editors.
  if (command.startsWith('\ufeff')) return advice('save the file as UTF-8 without a byte order mark')
  const split = /^([^=:]+)[=:](.*)$/.exec(command)
  const value = split === null ? argument.replace(/^=[ \t]*/, '') : (split[2] ?? '') || argument
  const word = wordFor(split?.[1] ?? command)
  if (word === null) return null
  const directive = findDirective(word)
  if (directive?.secret === true) return advice(`write ${word}, a blank and the value; there is no equals sign`)
  return { kind: 'replace', line, text: value === '' ? word : `${word} ${value}` }
}

function wordFor(typed: string): string | null {
  const folded = typed.toLowerCase().replaceAll('-', '_')
  return COMMANDS.includes(folded) ? folded : nearest(folded, COMMANDS)
}

/** Commands are short and alike: of two letters, or with three slips, any other may be meant. */
function nearest(typed: string, known: readonly string[]): string | null {
  return nearestWord(typed, known, Math.min(2, Math.floor(typed.length / 3)))
}

/** The argument in the case that msmtp wants, without a comment behind it, and with its own words for yes and no. */
function mendArgument(kind: ArgumentKind, argument: string): string | null {
  const bare = argument
    .replace(/[ \t]+#.*$/, '')
    .replace(/^'(.*)'$/, '$1')
    .replace(/^=[ \t]*/, '')
  const folded = kind.kind === 'syslog' ? bare.toUpperCase() : bare.toLowerCase()
  const words: readonly string[] = [
    bare,
    folded,
    ...synonyms(folded),
    ...(kind.kind === 'auth' ? [nearest(folded, AUTH_NAMES) ?? ''] : []),
    ...(kind.kind === 'number' ? [PORTS_BY_NAME[folded] ?? ''] : []),
    ...(kind.kind === 'fingerprint' ? [colons(bare)] : []),
  ]
  return words.find(word => word !== '' && parseArgument(kind, word).ok) ?? null
}

function synonyms(word: string): readonly string[] {
  if (['yes', 'true', '1', 'enable', 'enabled', 'auto'].includes(word)) return ['on']
  if (['no', 'false', '0', 'disable', 'disabled', 'none'].includes(word)) return ['off']
  return word === 'hdrs' ? ['headers'] : []
}

/** msmtp looks no service names up. */
const PORTS_BY_NAME: Readonly<Record<string, string>> = {
  smtp: '25',
  smtps: '465',
  submissions: '465',
  submission: '587',
}

function colons(fingerprint: string): string {
  const digits = fingerprint.replace(/^sha-?(?:1|256):?/i, '').replace(/[^0-9a-fA-F]/g, '')
  return (digits.match(/../g) ?? []).join(':')
}
