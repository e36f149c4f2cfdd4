import { err, ok, type Result } from '#shared/result.ts'
import type { Reply } from '#shared/smtp/reply.ts'

export type ReplyFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'malformed'; readonly line: string }
  | { readonly kind: 'mixed-codes'; readonly line: string }

const LINE = /^([2-5]\d\d)(?:[ -](.*))?$/s
const ENHANCED = /^([245]\.\d{1,3}\.\d{1,3})(?: |$)/

/** Reads the lines of one reply, without their line ends. */
export function parseReply(lines: readonly string[]): Result<Reply, ReplyFault> {
  const text: string[] = []
  let code = ''
  for (const line of lines) {
    const match = LINE.exec(line)
    if (!match) return err({ kind: 'malformed', line })
    // RFC 5321 section 4.2.1: every line of a multi-line reply carries the same code.
    if (code !== '' && match[1] !== code) return err({ kind: 'mixed-codes', line })
    code = match[1] ?? ''
    text.push(match[2] ?? '')
  }
  if (code === '') return err({ kind: 'empty' })
  return ok({ code: Number(code), enhanced: ENHANCED.exec(text[0] ?? '')?.[1] ?? null, text })
}

/** The reply as the server sent it: `535-5.7.8 …` lines joined with a newline. */
export function printReply(reply: Reply): string {
  return reply.text.map((line, index) => `${reply.code}${index < reply.text.length - 1 ? '-' : ' '}${line}`).join('\n')
}
