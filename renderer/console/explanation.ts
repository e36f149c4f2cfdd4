import type { ConsoleLine } from '#shared/contract/console.ts'
import { explainReply } from '#shared/smtp/explain-reply.ts'
import { extensionOf } from '#shared/smtp/extensions.ts'

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

/** What a line of an EHLO reply offers; null for every other line. */
export function offerOf(line: ConsoleLine): { readonly meaning: string; readonly source: string | null } | null {
  if (line.from !== 'server' || (line.answer !== null && line.answer.verb !== 'EHLO' && line.answer.verb !== 'LHLO'))
    return null
  const keyword = /^250[ -]([A-Za-z0-9*-]+)(?:[ =]|$)/.exec(line.text)?.[1]
  const extension = keyword === undefined ? null : extensionOf(keyword)
  return extension && { meaning: extension.meaning, source: extension.source }
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
