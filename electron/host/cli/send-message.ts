import { basename } from 'node:path'
import { parseAddress, addressFaultMessage } from '#shared/account/address.ts'
import type { AccountSettings } from '#shared/account/account.ts'
import type { OwnMessage } from '#shared/contract/run.ts'
import { Problem } from '#shared/problem.ts'
import type { Attachment } from '#engine/message/compose.ts'
import type { RawMessage } from '#engine/diagnosis/diagnosis.ts'
import { readInput } from './account-file.ts'
import type { CommandIo } from './command.ts'
import type { Client } from './session.ts'

/** All of a message; servers that take more than 100 MB are not known. */
const LIMIT_BYTES = 100_000_000

export type Recipients = {
  readonly account: string | undefined
  readonly to: readonly string[]
  readonly cc: readonly string[]
}

/** `send ACCOUNT --to A B` and `send --to A B`: an operand that names no account and holds an @ is a recipient. */
export async function recipientsOf(io: CommandIo, client: Client): Promise<Recipients> {
  const [first, ...rest] = io.operands
  const names = first?.includes('@') ? (await client.accounts.list()).map(({ account }) => account.name) : []
  const isAccount =
    first !== undefined &&
    typeof io.options['account-file'] !== 'string' &&
    (!first.includes('@') || names.includes(first))
  const more = isAccount ? rest : io.operands
  return {
    account: isAccount ? first : undefined,
    to: [...list(io, 'to'), ...more].map(address => checked(address, '--to')),
    cc: list(io, 'cc').map(address => checked(address, '--cc')),
  }
}

/** The caller's message, or null where the test message is wanted. Throws `Problem` for what cannot be sent. */
export async function composeOwnMessage(
  io: CommandIo,
  account: AccountSettings,
  { to, cc }: Recipients,
): Promise<OwnMessage | null> {
  const from = account.from ?? (account.user?.includes('@') ? account.user : null)
  if (io.options['raw'] === true) return readOwnRaw(io, account, from, to)
  if (to.length === 0) throw new Problem('usage', 'nobody is named to send the message to; give --to ADDRESS')
  const { text, markdown, html, subject } = io.options
  const own =
    [text, markdown, html, subject].some(value => value !== undefined) ||
    list(io, 'attach').length > 0 ||
    cc.length > 0 ||
    to.length > 1
  if (!own) return null
  if (from === null)
    throw new Problem('configuration', 'the account has no sender address', {
      field: 'from',
      remedy: 'set it: mailwright accounts edit NAME --from ADDRESS',
    })
  const { composeMessage } = await import('#engine/message/compose.ts')
  const composed = await composeMessage({
    from,
    fromName: account.fromName,
    to,
    cc,
    subject: typeof subject === 'string' ? subject : '',
    ...(await bodyOf(io)),
    headers: list(io, 'header').map(readHeader),
    attachments: await Promise.all(list(io, 'attach').map(readAttachment)),
    date: new Date(),
  })
  return ownMessage(composed, null, [...to, ...cc])
}

async function readOwnRaw(
  io: CommandIo,
  account: AccountSettings,
  from: string | null,
  to: readonly string[],
): Promise<OwnMessage> {
  const { readRawMessage } = await import('#engine/message/raw-message.ts')
  const input = readRawMessage(await io.readStdin(LIMIT_BYTES), from ?? '', new Date(), account)
  const fromHeader = io.options['recipients-from-header'] === true
  const recipients = [...to, ...(fromHeader ? input.recipients.map(address => checked(address, '-t')) : [])]
  if (recipients.length === 0)
    throw new Problem(
      'bad-input',
      fromHeader ? 'the message names no recipient in To, Cc or Bcc' : 'nobody is named to send the message to',
      { field: '--to', remedy: 'give --to ADDRESS, or -t to take them from the message' },
    )
  return ownMessage(input, null, recipients)
}

async function bodyOf(io: CommandIo): Promise<{ text?: string; html?: string }> {
  const { text, markdown, html } = io.options
  if (typeof markdown === 'string') {
    if (html !== undefined) throw new Problem('usage', 'give either --markdown or --html, not both')
    const source = (await readInput(markdown, LIMIT_BYTES)).toString('utf8')
    const { markdownToHtml } = await import('#engine/message/markdown.ts')
    return { text: typeof text === 'string' ? text : source, html: markdownToHtml(source) }
  }
  return {
    ...(typeof text === 'string' ? { text } : {}),
    ...(typeof html === 'string' ? { html: (await readInput(html, LIMIT_BYTES)).toString('utf8') } : {}),
  }
}

async function readAttachment(path: string): Promise<Attachment> {
  return { filename: basename(path), content: await readInput(path, LIMIT_BYTES) }
}

function readHeader(line: string): { name: string; value: string } {
  const colon = line.indexOf(':')
  if (colon < 1) throw new Problem('bad-input', `takes "NAME: VALUE"; got ‘${line}’`, { field: '--header' })
  return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }
}

function ownMessage(
  { raw, messageId }: RawMessage,
  mailFrom: string | null,
  recipients: readonly string[],
): OwnMessage {
  return { raw: raw.toString('base64'), messageId, mailFrom, rcptTo: [...new Set(recipients)] }
}

function checked(address: string, option: string): string {
  const parsed = parseAddress(address)
  if (parsed.ok) return parsed.value.address
  throw new Problem('bad-input', `${addressFaultMessage(parsed.error)}; got ‘${address}’`, {
    field: option,
    remedy: 'give an address such as anna@example.org',
  })
}

function list(io: CommandIo, option: string): readonly string[] {
  const value = io.options[option]
  return Array.isArray(value) ? value : []
}
