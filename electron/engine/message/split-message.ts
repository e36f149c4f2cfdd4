/** A message taken apart, one character for each octet, every line ended by CR LF. */
export type SplitMessage = {
  /** In order, each with its continuation lines and its final CR LF. */
  readonly fields: readonly HeaderField[]
  readonly body: string
}

export type HeaderField = {
  /** Lower case. */
  readonly name: string
  readonly raw: string
}

/** RFC 5322 leaves a header without a limit; more fields than this are an attack. */
const FIELD_LIMIT = 2_000

/** Header and body (RFC 5322 section 2.1), whatever the line ends were. An mbox's "From " line in front is no field. */
export function splitMessage(message: Buffer): SplitMessage {
  const text = message.toString('latin1').replace(/\r\n|\r|\n/g, '\r\n')
  // What a person pastes often begins with blank lines.
  const start = /^(?:\r\n)*/.exec(text)?.[0].length ?? 0
  const end = text.indexOf('\r\n\r\n', start)
  const header = end < 0 ? text.slice(start) : text.slice(start, end + 2)
  const body = end < 0 ? '' : text.slice(end + 4)
  return { fields: splitFields(header), body }
}

/** The value on one line, without blanks at its ends (RFC 5322 section 2.2.3). */
export function unfold({ raw }: HeaderField): string {
  return raw
    .slice(raw.indexOf(':') + 1)
    .replaceAll('\r\n', '')
    .trim()
}

export function fieldsNamed({ fields }: Pick<SplitMessage, 'fields'>, name: string): readonly HeaderField[] {
  return fields.filter(field => field.name === name)
}

function splitFields(header: string): readonly HeaderField[] {
  const raws: string[] = []
  for (const line of header.split('\r\n')) {
    if (line === '' || (raws.length === 0 && line.startsWith('From '))) continue
    const continued = /^[ \t]/.test(line) && raws.length > 0
    if (continued) raws.push(`${raws.pop() ?? ''}${line}\r\n`)
    else if (raws.length < FIELD_LIMIT) raws.push(`${line}\r\n`)
  }
  return raws.flatMap(raw => {
    const colon = raw.indexOf(':')
    return colon < 1 ? [] : [{ name: raw.slice(0, colon).trim().toLowerCase(), raw }]
  })
}
