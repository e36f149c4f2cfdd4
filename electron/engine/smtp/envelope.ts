import { domainToASCII } from 'node:url'
import type { Account } from '#shared/account/account.ts'
import type { DeliverEvidence, RecipientReply } from '#shared/diagnosis/evidence.ts'
import { escapeControls } from '#shared/escape.ts'
import { Problem } from '#shared/problem.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { Replied, SmtpSession } from '#engine/smtp/session.ts'

export type Envelope = {
  /** Empty: the null reverse-path. */
  readonly mailFrom: string
  readonly rcptTo: readonly string[]
  /** Octets of the message, where there is one. */
  readonly sizeBytes: number | null
  readonly body: Body
  readonly utf8Headers: boolean
  /** The server offers it, and was found worthy of it (RFC 8689 section 4.2.1). */
  readonly requireTls: boolean
  readonly dsn: Pick<Account, 'dsnNotify' | 'dsnReturn'>
}

/** What the message needs of the way (RFC 6152, RFC 3030). `binary` only where the server offers BINARYMIME. */
export type Body = '7bit' | '8bit' | 'binary'

/** The commands of an envelope, or why this server cannot take it. */
export type Commands = {
  readonly mail: string
  readonly rcpts: readonly string[]
}

/**
 * MAIL and RCPT with the parameters that the server offers; others it would refuse (RFC 5321 section 4.1.1.11).
 *
 * @throws Problem `bad-input` for a text that would be more than an address inside `<>`
 */
export function composeEnvelope(envelope: Envelope, offered: Capabilities): Result<Commands, DeliverEvidence> {
  for (const address of [envelope.mailFrom, ...envelope.rcptTo]) checkPath(address)
  const from = asciiDomain(envelope.mailFrom)
  const to = envelope.rcptTo.map(asciiDomain)
  const international = [from, ...to].find(address => /[^\u0000-\u007f]/.test(address))
  if (international !== undefined && !offered.smtpUtf8) return err({ kind: 'needs-smtputf8', address: international })
  const { sizeBytes } = envelope
  if (sizeBytes !== null && offered.size !== null && offered.size > 0 && sizeBytes > offered.size) {
    return err({ kind: 'too-large', sizeBytes, limitBytes: offered.size })
  }
  const utf8 = offered.smtpUtf8 && (international !== undefined || envelope.utf8Headers)
  const { dsnNotify, dsnReturn } = envelope.dsn
  const parameters = [
    ...(sizeBytes !== null && offered.size !== null ? [`SIZE=${sizeBytes}`] : []),
    ...(envelope.body === 'binary' ? ['BODY=BINARYMIME'] : []),
    ...(envelope.body === '8bit' && offered.eightBitMime ? ['BODY=8BITMIME'] : []),
    ...(utf8 ? ['SMTPUTF8'] : []),
    ...(envelope.requireTls ? ['REQUIRETLS'] : []),
    ...(offered.dsn && dsnReturn !== null ? [`RET=${dsnReturn === 'full' ? 'FULL' : 'HDRS'}`] : []),
  ]
  const notify = offered.dsn && dsnNotify !== null ? ` NOTIFY=${dsnNotify.toUpperCase()}` : ''
  return ok({
    mail: [`MAIL FROM:<${from}>`, ...parameters].join(' '),
    rcpts: to.map(address => `RCPT TO:<${address}>${notify}`),
  })
}

// Outside a quoted local part a blank or a bracket would end the address and begin a parameter of the command.
const PATH = /^(?:"(?:[^"\\\u0000-\u001f]|\\[ -~])*"|[^<>"\s\u0000-\u001f\u007f]*)(?:@[^<>"\s\u0000-\u001f\u007f]+)?$/

function checkPath(address: string): void {
  if (!PATH.test(address)) throw new Problem('bad-input', `"${escapeControls(address)}" is not a mail address`)
}

export type Spoken =
  | { readonly kind: 'spoken'; readonly recipients: readonly RecipientReply[] }
  | Extract<DeliverEvidence, { kind: 'mail-refused' | 'no-reply' }>

/** Says MAIL and every RCPT: in one packet where PIPELINING allows it (RFC 2920), else one by one. */
export async function speakEnvelope(
  session: SmtpSession,
  envelope: Pick<Envelope, 'mailFrom' | 'rcptTo'>,
  commands: Commands,
  signedIn: boolean,
  pipelining: boolean,
  deadline: Deadline,
): Promise<Spoken> {
  const lines = [commands.mail, ...commands.rcpts]
  const ask = asker(session, lines, pipelining, deadline)
  const mail = await ask(0)
  if (!mail.ok) return { kind: 'no-reply', command: 'MAIL', fault: mail.error }
  if (!isPositive(mail.value)) {
    return { kind: 'mail-refused', mailFrom: envelope.mailFrom, reply: mail.value, signedIn }
  }
  const recipients: RecipientReply[] = []
  for (const [index, address] of envelope.rcptTo.entries()) {
    const rcpt = await ask(index + 1)
    if (!rcpt.ok) return { kind: 'no-reply', command: 'RCPT', fault: rcpt.error }
    recipients.push({ address, reply: rcpt.value })
  }
  return { kind: 'spoken', recipients }
}

function asker(
  session: SmtpSession,
  lines: readonly string[],
  pipelining: boolean,
  deadline: Deadline,
): (index: number) => Promise<Replied> {
  if (!pipelining) return index => session.command(lines[index] ?? '', deadline)
  const replies = session.pipeline(lines, deadline)
  return async index => (await replies)[index] ?? err({ cause: 'closed', detail: null })
}

/** A domain outside ASCII goes as A-labels (RFC 5890), so that only the part before the `@` can need SMTPUTF8. */
function asciiDomain(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  if (at < 0 || !/[^\u0000-\u007f]/.test(domain)) return address
  const ascii = domainToASCII(domain)
  return ascii === '' ? address : `${address.slice(0, at)}@${ascii}`
}
