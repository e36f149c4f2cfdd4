import { z } from 'zod'
import { err, ok, type Result } from '#shared/result.ts'

/** A complete SMTP reply (RFC 5321 section 4.2). `text` holds each line behind its code, control characters escaped. */
export const Reply = z.object({
  code: z.int(),
  /** RFC 3463 status code at the start of the first line, such as `5.7.8`. */
  enhanced: z.string().nullable(),
  text: z.array(z.string()),
})
export type Reply = z.infer<typeof Reply>

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

export type ReplyClass = 'positive' | 'intermediate' | 'temporary' | 'permanent'

/** RFC 5321 section 4.2.1: what the first digit says. */
export function classOf(reply: Pick<Reply, 'code'>): ReplyClass {
  if (reply.code < 300) return 'positive'
  if (reply.code < 400) return 'intermediate'
  return reply.code < 500 ? 'temporary' : 'permanent'
}

export function isPositive(reply: Pick<Reply, 'code'>): boolean {
  return classOf(reply) === 'positive'
}
