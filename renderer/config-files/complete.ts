import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { type ArgumentKind, AUTH_NAMES, NEWER_AUTH_NAMES } from '#shared/msmtprc/argument.ts'
import type { Directive } from '#shared/msmtprc/directive.ts'
import { DIRECTIVES, findDirective } from '#shared/msmtprc/directives.ts'

/** What can stand at the cursor: commands at the beginning of a line, behind a command its keywords or account names. */
export function completeMsmtprc(context: CompletionContext, accounts: readonly string[]): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos)
  const before = line.text.slice(0, context.pos - line.from)
  const command = /^[ \t]*([^ \t#]*)$/.exec(before)
  if (command !== null) {
    const typed = command[1] ?? ''
    return typed === '' && !context.explicit ? null : offer(context, typed, COMMANDS)
  }
  const argument = /^[ \t]*([^ \t#]+)[ \t]+(.*)$/.exec(before)
  if (argument === null) return null
  const [, word = '', typed = ''] = argument
  if (word === 'account') return completeParents(context, typed, accounts)
  const directive = findDirective(word)
  const options = directive === null ? [] : keywordsOf(directive)
  return offer(context, typed, options)
}

/** Behind the colon of an `account` line stand accounts to inherit from, between commas. */
function completeParents(
  context: CompletionContext,
  typed: string,
  accounts: readonly string[],
): CompletionResult | null {
  const parent = /[:,][ \t]*([^:,]*)$/.exec(typed)
  if (parent === null) return null
  const options = accounts.map(label => ({ label, detail: 'account' }))
  return offer(context, parent[1] ?? '', options)
}

/** What is typed out needs no list any more: Enter shall begin the next line then. */
function offer(context: CompletionContext, typed: string, options: readonly Completion[]): CompletionResult | null {
  const open = (text: string) => {
    if (options.some(({ label }) => label !== text && label.startsWith(text))) return true
    return options.every(({ label }) => label !== text) && options.some(({ label }) => holdsInOrder(label, text))
  }
  return open(typed) ? { from: context.pos - typed.length, options, validFor: open } : null
}

/** Debian's msmtp is 1.8.23 and refuses what came later. */
const NEW: Readonly<Record<string, string>> = Object.fromEntries(
  DIRECTIVES.filter(({ since }) => Number(since.split('.')[2] ?? 0) > 23).map(({ since }) => [since, `since ${since}`]),
)

const COMMANDS: readonly Completion[] = DIRECTIVES.map(directive => ({
  label: directive.command,
  apply: takesNothing(directive.argument) ? directive.command : `${directive.command} `,
  detail: directive.replaced === undefined ? (NEW[directive.since] ?? '') : `obsolete: ${directive.replaced.by}`,
  info: directive.help,
  // What is obsolete comes last among what fits.
  boost: directive.replaced === undefined ? 0 : -50,
}))

/** Whether the letters of `text` stand in the label in this order: `tcert` finds `tls_certcheck`. */
function holdsInOrder(label: string, text: string): boolean {
  let at = 0
  for (const letter of label) if (letter === text[at]) at += 1
  return at >= text.length
}

function takesNothing(kind: ArgumentKind): boolean {
  return kind.kind === 'none' || kind.kind === 'ignored'
}

function keywordsOf({ command, argument, help }: Directive): readonly Completion[] {
  const words = wordsOf(command, argument)
  return words.map((label, index) => ({ label, info: help, boost: -index }))
}

function wordsOf(command: string, kind: ArgumentKind): readonly string[] {
  if (command === 'port') return ['587', '465', '25']
  if (command === 'tls_trust_file') return ['system', '/etc/ssl/certs/ca-certificates.crt']
  switch (kind.kind) {
    case 'flag':
      return ['on', 'off']
    case 'choice':
      return kind.choices
    case 'auth':
      return ['on', 'off', ...AUTH_NAMES, ...NEWER_AUTH_NAMES]
    case 'dsn-notify':
      return ['off', 'never', 'failure', 'failure,delay', 'failure,delay,success']
    case 'dsn-return':
      return ['off', 'headers', 'full']
    case 'syslog':
      return ['on', 'off', 'LOG_USER', 'LOG_MAIL', ...Array.from({ length: 8 }, (_, index) => `LOG_LOCAL${index}`)]
    case 'number':
      return kind.off ? ['off'] : []
    case 'none':
    case 'ignored':
    case 'text':
    case 'file':
    case 'fingerprint':
    case 'structure':
      return []
  }
}
