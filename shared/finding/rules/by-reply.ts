import { portOf } from '#shared/account/port-of.ts'
import type { StepId } from '#shared/diagnosis/step.ts'
import { classifyReply, type Classified } from '#shared/explain/classify.ts'
import type { Stage } from '#shared/explain/stage.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import type { FailureClass } from '#shared/finding/classes.ts'
import { judged, type Facts, type JudgeContext, type Judged } from '#shared/finding/judged.ts'
import { findingOfClass } from '#shared/finding/of-class.ts'
import { printReply } from '#shared/smtp/reply-text.ts'
import type { Reply } from '#shared/smtp/reply.ts'

/** Below this a reading of the server's words is a guess, and the plain "it refused" says more. */
const CLEAR = 0.45

export type Said = {
  readonly step: StepId
  readonly stage: Stage
  readonly reply: Reply
  readonly facts?: Facts
  /** The finding for words that nobody understands. */
  readonly otherwise: FindingId
  /** The same for a temporary refusal. */
  readonly otherwiseTemporary: FindingId
}

/** A refusal in the server's words, as a finding. */
export function judgeReply(said: Said, context: JudgeContext): Judged {
  const read = readReply(said.reply, said.stage, context)
  const temporary = said.reply.code < 500
  const clear = read.confidence >= CLEAR && !contradicts(said.reply, read.class)
  // Each moment has words of its own for "not now".
  const known =
    read.class === 'server-temporary-error' ? said.otherwiseTemporary : findingOfClass(read.class, said.step)
  const id = clear ? known : null
  return judged(id ?? (temporary ? said.otherwiseTemporary : said.otherwise), {
    facts: said.facts ?? {},
    evidence: linesOf(said.reply),
    confidence: id ? read.confidence : 0.5,
    ...(id && { class: read.class }),
  })
}

/** RFC 5321 section 4.2.1: a 5xx is not to be tried again as it is; unless its own words say otherwise, it is no temporary error. */
function contradicts(reply: Reply, means: FailureClass): boolean {
  if (means !== 'server-temporary-error' || reply.code < 500) return false
  return !reply.enhanced?.startsWith('4') && !/temporar|try again|later/i.test(reply.text.join(' '))
}

export function readReply(reply: Reply, stage: Stage, { account }: JudgeContext): Classified {
  return classifyReply(reply, {
    stage,
    host: account.host || null,
    port: portOf(account),
    security: account.security,
  })
}

export function linesOf(reply: Reply): readonly string[] {
  return printReply(reply).split('\n')
}
