import addressParser from 'nodemailer/lib/addressparser'
import type { AccountSettings } from '#shared/account/account.ts'
import { escapeControls } from '#shared/escape.ts'
import { newMessageId } from '#engine/message/compose.ts'

export type RawInput = {
  /** As given, but for the header fields that the settings speak of. */
  readonly raw: Buffer
  /** Empty where there is none, and the settings leave it so. */
  readonly messageId: string
  /** Addresses of To, Cc and Bcc (RFC 5322 section 3.6.3), each once. */
  readonly recipients: readonly string[]
}

/** What the account says about the header of a message that somebody else wrote; the words and meanings of msmtp. */
export type HeaderSettings = Pick<
  AccountSettings,
  'setFromHeader' | 'setDateHeader' | 'setMsgidHeader' | 'removeBccHeaders'
>

const AS_USUAL: HeaderSettings = {
  setFromHeader: 'auto',
  setDateHeader: 'auto',
  setMsgidHeader: 'auto',
  removeBccHeaders: true,
}

/** RFC 5322 leaves a header without a limit; more than this is no mail that anybody means. */
const MAX_HEADER_BYTES = 1_048_576

/**
 * Reads the header of a message that somebody else composed. As usual, Bcc leaves (RFC 5322 section 3.6.3: the others must
 * not see it), and From, Date and Message-ID are put in front where they are absent, because receivers refuse mail
 * without them.
 *
 * @param from the account's address; empty: none is known
 */
export function readRawMessage(
  message: Buffer,
  from: string,
  now: Date,
  { setFromHeader, setDateHeader, setMsgidHeader, removeBccHeaders }: HeaderSettings = AS_USUAL,
): RawInput {
  const text = message.toString('latin1')
  const end = /\r?\n\r?\n/.exec(text.slice(0, MAX_HEADER_BYTES))
  const headerEnd = end === null ? text.length : end.index
  const fields = splitFields(text.slice(0, headerEnd))
  const has = (name: string) => fields.some(field => isNamed(field, name))
  const newFrom = from !== '' && (setFromHeader === 'on' || (setFromHeader === 'auto' && !has('from')))
  const kept = fields.filter(
    field => !(removeBccHeaders && isNamed(field, 'bcc')) && !(newFrom && isNamed(field, 'from')),
  )
  const found = fields.find(field => isNamed(field, 'message-id'))
  const newId = found === undefined && setMsgidHeader === 'auto' ? newMessageId(from) : null
  const messageId = found === undefined ? (newId ?? '') : valueOf(found).trim()
  const missing = [
    ...(newId === null ? [] : [`Message-ID: ${newId}`]),
    ...(setDateHeader === 'off' || has('date') ? [] : [`Date: ${now.toUTCString().replace('GMT', '+0000')}`]),
    ...(newFrom ? [`From: ${from}`] : []),
  ]
  const recipients = fields
    .filter(field => ['to', 'cc', 'bcc'].some(name => isNamed(field, name)))
    .flatMap(field => addressParser(Buffer.from(valueOf(field), 'latin1').toString('utf8'), { flatten: true }))
    .flatMap(({ address }) => (address ? [address] : []))
  const raw = Buffer.from(`${[...missing, ...kept].join('\r\n')}${text.slice(headerEnd)}`, 'latin1')
  return { raw, messageId, recipients: [...new Set(recipients)] }
}

/** What stands in a From line is shown: no more of it than a page can hold. */
const SHOWN_FROM = 300

/** The value of the From line, unfolded and escaped; null where the message has none. */
export function readFromLine(message: Buffer): string | null {
  const text = message.subarray(0, MAX_HEADER_BYTES).toString('utf8')
  const found = splitFields(text.split(/\r?\n\r?\n/, 1)[0] ?? '').find(field => isNamed(field, 'from'))
  return found === undefined ? null : escapeControls(valueOf(found).trim()).slice(0, SHOWN_FROM)
}

/** Header fields with their continuation lines (RFC 5322 section 2.2.3). */
function splitFields(header: string): string[] {
  const fields: string[] = []
  for (const line of header.split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && fields.length > 0) fields.push(`${fields.pop() ?? ''}\r\n${line}`)
    // An mbox's "From " line in front of the header is no field.
    else if (line !== '' && !line.startsWith('From ')) fields.push(line)
  }
  return fields
}

function isNamed(field: string, name: string): boolean {
  return field
    .slice(0, name.length + 8)
    .toLowerCase()
    .replace(/[ \t]+:/, ':')
    .startsWith(`${name}:`)
}

function valueOf(field: string): string {
  return field.slice(field.indexOf(':') + 1).replace(/\r\n/g, '')
}
