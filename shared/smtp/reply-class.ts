import type { Reply } from '#shared/smtp/reply.ts'

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
