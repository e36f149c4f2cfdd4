import { isUtf8 } from 'node:buffer'
import PostalMime from 'postal-mime'
import type { InboxEntry, InboxMessage } from '#shared/contract/practice.ts'
import { Problem } from '#shared/problem.ts'

/** A message as it came in. */
export type Arrival = {
  readonly mailFrom: string
  readonly rcptTo: readonly string[]
  readonly encrypted: boolean
  readonly signedInAs: string | null
  readonly source: Buffer
}

const MESSAGE_LIMIT = 500
const TOTAL_LIMIT_BYTES = 25 * 1024 * 1024

/** What arrived, newest first, in memory only; the oldest goes when it is full. */
export class Inbox {
  #messages: readonly InboxMessage[] = []

  async add(arrival: Arrival, receivedAt: Date): Promise<InboxEntry> {
    const message = await parseArrival(arrival, receivedAt)
    this.#messages = withinLimits([message, ...this.#messages])
    return entryOf(message)
  }

  entries(): readonly InboxEntry[] {
    return this.#messages.map(entryOf)
  }

  messages(): readonly InboxMessage[] {
    return this.#messages
  }

  /** @throws Problem `not-found` */
  message(id: string): InboxMessage {
    const found = this.#messages.find(message => message.id === id)
    if (!found) throw new Problem('not-found', 'This message is not in the practice inbox any more.', { field: 'id' })
    return found
  }

  clear(): void {
    this.#messages = []
  }

  get count(): number {
    return this.#messages.length
  }
}

async function parseArrival(arrival: Arrival, receivedAt: Date): Promise<InboxMessage> {
  // Where it is not UTF-8, one character an octet: the source is shown as it came.
  const source = arrival.source.toString(isUtf8(arrival.source) ? 'utf8' : 'latin1')
  const mail = await parseMail(arrival.source)
  return {
    id: crypto.randomUUID(),
    receivedAt: receivedAt.toISOString(),
    mailFrom: arrival.mailFrom,
    rcptTo: [...arrival.rcptTo],
    subject: mail?.subject ?? '',
    from: mail?.headers.find(header => header.key === 'from')?.value ?? '',
    sizeBytes: arrival.source.length,
    encrypted: arrival.encrypted,
    signedInAs: arrival.signedInAs,
    headers: mail?.headers.map(({ originalKey, value }) => ({ name: originalKey, value })) ?? [],
    text: mail?.text ?? null,
    html: mail?.html ?? null,
    source,
  }
}

/** null where the message is beyond what the parser takes; it is kept all the same. */
async function parseMail(source: Buffer) {
  try {
    return await PostalMime.parse(source, { maxNestingDepth: 50, maxHeadersSize: 512 * 1024 })
  } catch {
    return null
  }
}

function withinLimits(messages: readonly InboxMessage[]): readonly InboxMessage[] {
  let totalBytes = 0
  return messages.slice(0, MESSAGE_LIMIT).filter((message, index) => {
    totalBytes += message.sizeBytes
    return index === 0 || totalBytes <= TOTAL_LIMIT_BYTES
  })
}

function entryOf(message: InboxMessage): InboxEntry {
  const { id, receivedAt, mailFrom, rcptTo, subject, from, sizeBytes, encrypted, signedInAs } = message
  return { id, receivedAt, mailFrom, rcptTo, subject, from, sizeBytes, encrypted, signedInAs }
}
