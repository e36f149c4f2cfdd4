import type { NoReply } from '#shared/diagnosis/evidence.ts'
import { escapeControls } from '#shared/escape.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { parseReply } from '#shared/smtp/reply-text.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { ConnectionRecord } from '#engine/smtp/recorder.ts'
import { decodeLine, type Wire } from '#engine/smtp/wire.ts'

/*
 * Bounds on one reply. The longest EHLO replies in the field have some thirty lines; RFC 5321 sets no limit, so a
 * server could go on for ever.
 */
const MOST_LINES = 500
const MOST_CHARACTERS = 128 * 1024

const CONTINUED = /^[2-5]\d\d-/

/** Reads one reply, which may have several lines (RFC 5321 section 4.2.1), and records it. */
export async function readReply(
  wire: Wire,
  record: ConnectionRecord,
  deadline: Deadline,
  hopeless?: (begin: Buffer) => boolean,
): Promise<Result<Reply, NoReply>> {
  const lines: string[] = []
  let characters = 0
  for (;;) {
    const read = await wire.line(deadline, hopeless)
    if (!read.ok) {
      if (read.error.detail !== null) record.note(read.error.detail, wire.encrypted)
      return read
    }
    const raw = decodeLine(read.value)
    record.server(raw, wire.encrypted)
    const line = escapeControls(record.mask.apply(raw))
    lines.push(line)
    characters += line.length
    if (CONTINUED.test(line)) {
      if (lines.length < MOST_LINES && characters < MOST_CHARACTERS) continue
      return err({ cause: 'too-long', detail: `a reply of more than ${lines.length - 1} lines` })
    }
    const parsed = parseReply(lines)
    if (parsed.ok) return ok(parsed.value)
    const { error } = parsed
    return err({ cause: 'malformed', detail: error.kind === 'empty' ? null : preview(error.line) })
  }
}

function preview(line: string): string {
  return line.slice(0, 200)
}
