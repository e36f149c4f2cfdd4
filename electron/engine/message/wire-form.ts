export type WireForm = {
  /** With CR LF line ends, dots doubled, and the final dot. */
  readonly octets: Buffer
  /** Of the message with CR LF, without doubled dots and the final dot: what SIZE counts (RFC 1870 section 5). */
  readonly sizeBytes: number
  readonly eightBit: boolean
  readonly utf8Headers: boolean
}

/**
 * The message as DATA takes it. Every line ends in CR LF, whatever it ended in before: servers refuse a bare LF or CR
 * since SMTP smuggling (CVE-2023-51764), and a bare one could end the message early. Dots at the beginning of a line are
 * doubled (RFC 5321 section 4.5.2).
 */
export function toWireForm(raw: Buffer): WireForm {
  // One character for each octet, so that nothing but line ends and dots changes.
  const text = raw.toString('latin1').replace(/\r\n|\r|\n/g, '\r\n')
  const ended = text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`
  const stuffed = ended.replace(/^\./gm, '..')
  const endOfHeader = ended.indexOf('\r\n\r\n')
  const header = endOfHeader < 0 ? ended : ended.slice(0, endOfHeader)
  return {
    octets: Buffer.from(`${stuffed}.\r\n`, 'latin1'),
    sizeBytes: ended.length,
    eightBit: /[\u0080-\u00ff]/.test(ended),
    utf8Headers: /[\u0080-\u00ff]/.test(header),
  }
}
