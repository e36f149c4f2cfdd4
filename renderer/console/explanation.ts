import type { ConsoleLine } from '#shared/contract/console.ts'
import { explainReply } from '#shared/smtp/explain-reply.ts'

/** What stands beside a line that ends a reply. */
export type Explanation = {
  readonly code: string
  readonly meaning: string
  readonly enhanced: string | null
  /** The likely cause of a refusal. */
  readonly cause: string | null
  readonly why: string | null
  readonly sources: string
  readonly tookMs: number | null
  readonly tone: 'ok' | 'more' | 'warn' | 'bad'
}

const known = new WeakMap<ConsoleLine, Explanation>()

/** Lines never change, so each is explained once, when it is first seen. */
export function explanationOf(line: ConsoleLine, host: string): Explanation | null {
  if (line.answer?.reply == null) return null
  const before = known.get(line)
  if (before) return before
  const { reply, verb, tookMs } = line.answer
  const { meaning, source, enhanced, cause } = explainReply(reply, verb, host)
  const explanation: Explanation = {
    code: String(reply.code),
    meaning,
    enhanced: enhanced && `${enhanced.code}: ${enhanced.meaning}`,
    cause: cause?.title ?? null,
    why: cause?.why ?? null,
    sources: [source, ...(enhanced ? [enhanced.source] : [])].join(', '),
    tookMs,
    tone: reply.code < 300 ? 'ok' : reply.code < 400 ? 'more' : reply.code < 500 ? 'warn' : 'bad',
  }
  known.set(line, explanation)
  return explanation
}
