/** What a delivery status notification says about one recipient (RFC 3464 section 2.3). */
export type Bounce = {
  readonly action: string | null
  readonly status: string | null
  /** With its type in front: `smtp; 550 5.1.1 …`. */
  readonly diagnostic: string | null
  readonly recipient: string | null
}

const MOST_RECIPIENTS = 20

/** The fields of each recipient in the text of a bounce; empty where the text is none. */
export function parseBounce(text: string): readonly Bounce[] {
  if (!/(?:Final-Recipient|Diagnostic-Code):/i.test(text)) return []
  const bounces: Bounce[] = []
  let fields = new Map<string, string>()
  let last: string | null = null
  const close = () => {
    if (fields.has('status') || fields.has('diagnostic-code')) bounces.push(bounceOf(fields))
    fields = new Map()
  }
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/^(?:> ?)+/, '')
    const field = /^(Final-Recipient|Original-Recipient|Action|Status|Diagnostic-Code|Remote-MTA):[ \t]*(.*)$/i.exec(
      line,
    )
    if (field) {
      last = (field[1] ?? '').toLowerCase()
      // Each recipient's group begins with its address.
      if (last === 'final-recipient' && fields.has('final-recipient')) close()
      fields.set(last, (field[2] ?? '').slice(0, 2000))
    } else if (last !== null && /^[ \t]+\S/.test(line)) {
      // RFC 5322 section 2.2.3: a line that begins with a blank continues the field.
      fields.set(last, `${fields.get(last) ?? ''}\n${line.trim()}`.slice(0, 4000))
    } else last = null
    if (bounces.length >= MOST_RECIPIENTS) break
  }
  close()
  return bounces
}

function bounceOf(fields: ReadonlyMap<string, string>): Bounce {
  const recipient = fields.get('final-recipient') ?? fields.get('original-recipient')
  return {
    action: fields.get('action')?.trim().toLowerCase() ?? null,
    status: /[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? null,
    diagnostic: fields.get('diagnostic-code') ?? null,
    recipient: recipient === undefined ? null : (recipient.split(';').pop()?.trim() ?? null),
  }
}
