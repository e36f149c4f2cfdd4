import { randomUUID } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { Problem } from '#shared/problem.ts'
import type { RawMessage } from '#engine/diagnosis/diagnosis.ts'

export type Attachment = {
  readonly filename: string
  readonly content: Buffer
  /** Guessed from the file name where it is absent. */
  readonly contentType?: string
}

export type MessageParts = {
  readonly from: string
  readonly fromName: string | null
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly subject: string
  readonly text?: string
  readonly html?: string
  readonly headers?: readonly { readonly name: string; readonly value: string }[]
  readonly attachments?: readonly Attachment[]
  readonly date: Date
}

/** RFC 5322 section 2.2: printable US-ASCII without the colon. */
const HEADER_NAME = /^[!-9;-~]{1,76}$/

/** Headers that are made from the other parts; a second one would contradict them (RFC 5322 section 3.6). */
const OURS = new Set(['from', 'to', 'cc', 'bcc', 'subject', 'date', 'message-id', 'mime-version', 'content-type'])

/**
 * A MIME message. Nothing is read from files or addresses that its parts name, and no bcc header is written: who is
 * not to be seen belongs into the envelope alone.
 *
 * @throws Problem `bad-input` for a header that could not stand in a message
 */
export async function composeMessage(parts: MessageParts): Promise<RawMessage> {
  for (const { name, value } of parts.headers ?? []) checkHeader(name, value)
  const messageId = parts.headers?.find(each => sameName(each.name, 'message-id'))?.value ?? newMessageId(parts.from)
  const composer = new MailComposer({
    from: address(parts.from, parts.fromName),
    to: parts.to.map(each => address(each, null)),
    ...(parts.cc && parts.cc.length > 0 ? { cc: parts.cc.map(each => address(each, null)) } : {}),
    subject: parts.subject,
    date: parts.date,
    messageId,
    ...(parts.text === undefined ? {} : { text: parts.text }),
    ...(parts.html === undefined ? {} : { html: parts.html }),
    attachments: (parts.attachments ?? []).map(each => ({ ...each })),
    headers: (parts.headers ?? [])
      .filter(each => !OURS.has(each.name.toLowerCase()))
      .map(({ name, value }) => ({ key: name, value })),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  })
  return { messageId, raw: await composer.compile().build() }
}

/** RFC 5322 section 3.6.4: unique, with our domain at the right. */
export function newMessageId(from: string): string {
  const domain = from.slice(from.lastIndexOf('@') + 1)
  return `<${randomUUID()}@${/^[A-Za-z0-9.-]+$/.test(domain) ? domain : 'mailwright.invalid'}>`
}

// As an object, so that nothing in an address is taken for a second address.
function address(text: string, name: string | null): { readonly address: string; readonly name: string } {
  return { address: text, name: name ?? '' }
}

function checkHeader(name: string, value: string): void {
  if (!HEADER_NAME.test(name))
    throw new Problem('bad-input', `"${name}" cannot be the name of a header`, { field: 'header' })
  // A line end in a value would begin another header: header injection.
  if (/[\r\n\0]/.test(value)) {
    throw new Problem('bad-input', `The header ${name} holds a line end`, { field: 'header' })
  }
  if (OURS.has(name.toLowerCase()) && !sameName(name, 'message-id')) {
    throw new Problem('bad-input', `The header ${name} is made from the other options`, { field: 'header' })
  }
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other
}
