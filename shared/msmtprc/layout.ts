import { escapeControls } from '#shared/escape.ts'
import { NOT_INHERITED } from '#shared/msmtprc/accounts.ts'
import type { ComposedLine } from '#shared/msmtprc/compose-settings.ts'
import { quoteArgument } from '#shared/msmtprc/quote.ts'

/** One account on its way into a file. */
export type Block = {
  readonly name: string
  readonly comment: string
  readonly secretComment: string | null
  readonly lines: readonly ComposedLine[]
  readonly later: readonly ComposedLine[]
}

/** What belongs to one account even where all accounts happen to agree. */
const PERSONAL: ReadonlySet<string> = new Set(['host', 'socket', 'from', 'user', 'password', 'passwordeval'])

/** Longer comments are cut: msmtp refuses a file with a line of more than 499 bytes, a comment too. */
const MAX_COMMENT_LENGTH = 120

const NEVER_INHERITED: ReadonlySet<string> = NOT_INHERITED

const MAX_CANDIDATES = 4

/** Wide enough for all that most accounts need, so that values stand in one column. */
const COMMAND_WIDTH = 15

/** The lines of a file: defaults, accounts, and `account default` last. */
export function layOut(blocks: readonly Block[], defaultName: string): readonly string[] {
  const shared = sharedLines(blocks)
  const byServer = new Map<string, Block[]>()
  const text = ['# Configuration of msmtp. Passwords do not belong to others: keep this file at mode 0600.', '']
  if (shared.length > 0) text.push('# What all accounts share.', 'defaults', ...shared.map(printLine), '')
  for (const block of blocks) {
    const own = { ...block, lines: block.lines.filter(line => !shared.some(same(line))) }
    const server = own.lines.find(({ command }) => command === 'host' || command === 'socket')?.value ?? ''
    const candidates = byServer.get(server) ?? []
    text.push(...printBlock(own, findParent(own, candidates)), '')
    // A few are enough to find one that fits, and keep the time linear for thousands of accounts.
    if (candidates.length < MAX_CANDIDATES) byServer.set(server, [...candidates, own])
  }
  if (defaultName === 'default') return text.slice(0, -1)
  text.push('# The account that msmtp uses unless -a or --from chooses another.')
  text.push(`account default : ${quoted(defaultName)}`)
  return text
}

/** A line that is known to fit and to be quotable. */
export function printLine({ command, value }: ComposedLine): string {
  return `${command.padEnd(COMMAND_WIDTH - 1)} ${quoted(value)}`
}

function sharedLines(blocks: readonly Block[]): readonly ComposedLine[] {
  const [first, ...others] = blocks
  if (first === undefined || others.length === 0) return []
  return first.lines.filter(line => !PERSONAL.has(line.command) && others.every(block => block.lines.some(same(line))))
}

/**
 * An account to inherit from: one of the same server, with at least two more lines in common, and setting nothing that
 * this one does not set too, so that nothing need be taken back.
 */
function findParent(block: Block, candidates: readonly Block[]): Block | null {
  // Quotes at both ends of an account line would be taken for a pair around the whole of it.
  if (quoted(block.name) !== block.name) return null
  for (const candidate of candidates) {
    const common = candidate.lines.filter(line => block.lines.some(same(line)))
    const covered = candidate.lines.every(({ command }) => block.lines.some(line => line.command === command))
    if (covered && common.length >= 3) return candidate
  }
  return null
}

function printBlock(block: Block, parent: Block | null): readonly string[] {
  const lines =
    parent === null
      ? block.lines
      : block.lines.filter(line => NEVER_INHERITED.has(line.command) || !parent.lines.some(same(line)))
  return [
    comment(block.comment),
    `account ${quoted(block.name)}${parent === null ? '' : ` : ${quoted(parent.name)}`}`,
    ...lines.map(printLine),
    ...(block.secretComment === null ? [] : [comment(block.secretComment)]),
    ...block.later.map(line => `# since msmtp 1.8.24: ${line.command} ${quoted(line.value)}`),
  ]
}

function comment(text: string): string {
  return `# ${escapeControls(text.slice(0, MAX_COMMENT_LENGTH))}`
}

function same(line: ComposedLine): (other: ComposedLine) => boolean {
  return other => other.command === line.command && other.value === line.value
}

/** The problems of a value were told before anything is laid out. */
function quoted(value: string): string {
  const result = quoteArgument(value)
  return result.ok ? result.value : ''
}
