import type { Capabilities } from '#shared/smtp/capabilities.ts'
import type { Body } from '#engine/smtp/envelope.ts'

export type WireForm = {
  /** As they follow DATA, or BDAT. */
  readonly octets: Buffer
  /** Of the message with its line ends, without doubled dots and the final dot: what SIZE counts (RFC 1870 section 5). */
  readonly sizeBytes: number
  readonly body: Body
  readonly utf8Headers: boolean
}

/**
 * How the message travels. `data`: every line ends in CR LF, dots are doubled, a dot ends it. `chunks`: the same lines by
 * BDAT, where nothing has to be doubled. `binary`: by BDAT, octet for octet.
 */
export type Transfer = 'data' | 'chunks' | 'binary'

/**
 * DATA is what every server takes, so chunks are for those who ask for them, and for a message that says of itself that it
 * holds binary parts: its line ends may not be touched, and its lines may be of any length (RFC 3030 section 3).
 *
 * @param chunking chunks are asked for
 */
export function chooseTransfer(raw: Buffer, offered: Capabilities, chunking: boolean): Transfer {
  if (!offered.chunking) return 'data'
  if (offered.binaryMime && holdsBinaryParts(raw)) return 'binary'
  return chunking ? 'chunks' : 'data'
}

/**
 * The message as the server takes it. Every line ends in CR LF, whatever it ended in before: servers refuse a bare LF or CR
 * since SMTP smuggling (CVE-2023-51764), and a bare one could end the message early. Dots at the beginning of a line are
 * doubled (RFC 5321 section 4.5.2).
 */
export function toWireForm(raw: Buffer, transfer: Transfer = 'data'): WireForm {
  // One character for each octet, so that nothing but line ends and dots changes.
  const given = raw.toString('latin1')
  const text = transfer === 'binary' ? given : withLineEnds(given)
  const endOfHeader = text.indexOf('\r\n\r\n')
  const header = endOfHeader < 0 ? text : text.slice(0, endOfHeader)
  return {
    octets: Buffer.from(transfer === 'data' ? `${text.replace(/^\./gm, '..')}.\r\n` : text, 'latin1'),
    sizeBytes: text.length,
    body: transfer === 'binary' ? 'binary' : EIGHT_BIT.test(text) ? '8bit' : '7bit',
    utf8Headers: EIGHT_BIT.test(header),
  }
}

const EIGHT_BIT = /[\u0080-\u00ff]/

function withLineEnds(given: string): string {
  const text = given.replace(/\r\n|\r|\n/g, '\r\n')
  return text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`
}

/** RFC 2045 section 6.2. Where the header itself has bare line ends, those of the rest are not to be trusted either. */
function holdsBinaryParts(raw: Buffer): boolean {
  const text = raw.toString('latin1')
  const endOfHeader = text.indexOf('\r\n\r\n')
  if (endOfHeader < 0 || /(?<!\r)\n/.test(text.slice(0, endOfHeader))) return false
  return /^content-transfer-encoding:[ \t]*binary[ \t]*$/im.test(text)
}
