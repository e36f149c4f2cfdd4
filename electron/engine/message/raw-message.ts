import addressParser from 'nodemailer/lib/addressparser'
import { newMessageId } from '#engine/message/compose.ts'

export type RawInput = {
  /** As given, without its Bcc headers. */
  readonly raw: Buffer
  readonly messageId: string
  /** Addresses of To, Cc and Bcc (RFC 5322 section 3.6.3), each once. */
  readonly recipients: readonly string[]
}

/** RFC 5322 leaves a header without a limit; more than this is no mail that anybody means. */
const MAX_HEADER_BYTES = 1_048_576

/**
 * Reads the header of a message that somebody else composed. Bcc leaves (RFC 5322 section 3.6.3: the others must not
 * see it); a Date and a Message-ID are put in front where they are absent, because receivers refuse mail without them.
 */
export function readRawMessage(message: Buffer, from: string, now: Date): RawInput {
  const text = message.toString('latin1')
  const end = /\r?\n\r?\n/.exec(text.slice(0, MAX_HEADER_BYTES))
  const headerEnd = end === null ? text.length : end.index
  const fields = splitFields(text.slice(0, headerEnd))
  const kept = fields.filter(field => !isNamed(field, 'bcc'))
  const found = fields.find(field => isNamed(field, 'message-id'))
  const messageId = found === undefined ? newMessageId(from) : valueOf(found).trim()
  const missing = [
    ...(found === undefined ? [`Message-ID: ${messageId}`] : []),
    ...(fields.some(field => isNamed(field, 'date')) ? [] : [`Date: ${now.toUTCString().replace('GMT', '+0000')}`]),
  ]
  const recipients = fields
    .filter(field => ['to', 'cc', 'bcc'].some(name => isNamed(field, name)))
    .flatMap(field => addressParser(Buffer.from(valueOf(field), 'latin1').toString('utf8'), { flatten: true }))
    .flatMap(({ address }) => (address ? [address] : []))
  const raw = Buffer.from(`${[...missing, ...kept].join('\r\n')}${text.slice(headerEnd)}`, 'latin1')
  return { raw, messageId, recipients: [...new Set(recipients)] }
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
