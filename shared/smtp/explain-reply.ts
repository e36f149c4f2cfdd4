import { AccountSettings } from '#shared/account/account.ts'
import { classifyReply } from '#shared/explain/classify.ts'
import type { Stage } from '#shared/explain/stage.ts'
import { judged } from '#shared/finding/judged.ts'
import { findingOfClass } from '#shared/finding/of-class.ts'
import { present } from '#shared/finding/present.ts'
import { meaningOf } from '#shared/smtp/enhanced.ts'
import { meaningOfCode } from '#shared/smtp/reply-codes.ts'
import type { Reply } from '#shared/smtp/reply.ts'

/** What stands beside a reply for somebody who does not know the codes by heart. */
export type ReplyExplanation = {
  readonly meaning: string
  /** The section that defines the code. */
  readonly source: string
  readonly enhanced: { readonly code: string; readonly meaning: string; readonly source: string } | null
  /** For a refusal: what most likely is behind it. Null where the words tell nothing. */
  readonly cause: {
    readonly title: string
    readonly why: string
    /** 0 to 1. */
    readonly confidence: number
  } | null
}

/** Below this the likely cause would be a guess that the code alone makes as well. */
const CLEAR = 0.45

/** @param verb the command that was answered, upper case; `null` for the greeting */
export function explainReply(reply: Reply, verb: string | null, host: string | null = null): ReplyExplanation {
  return { ...meaningOfCode(reply.code, verb), enhanced: explainEnhanced(reply), cause: causeOf(reply, verb, host) }
}

function explainEnhanced({ enhanced }: Reply): ReplyExplanation['enhanced'] {
  const meant = enhanced === null ? null : meaningOf(enhanced)
  if (enhanced === null || meant === null) return null
  const { detail, finality, subject } = meant
  // RFC 3463 section 3: a detail of 0 is for what has no better code; where all is well, that says nothing at all.
  if (enhanced.endsWith('.0.0') || (finality === 'success' && enhanced.endsWith('.0'))) return null
  const meaning = detail ?? `a code of the server’s own${subject === 'other' ? '' : ` about ${subject}`}`
  return { code: enhanced, meaning, source: 'RFC 3463' }
}

function causeOf(reply: Reply, verb: string | null, host: string | null): ReplyExplanation['cause'] {
  if (reply.code < 400) return null
  const stage = stageOf(verb)
  const read = classifyReply(reply, { stage, host, port: null, security: null })
  const id = read.confidence >= CLEAR ? findingOfClass(read.class, stage && STEPS[stage]) : null
  if (id === null) return null
  const account = AccountSettings.safeParse({ host: host ?? '' })
  const facts = { host: host ?? undefined }
  const found = judged(id, { facts, confidence: read.confidence, class: read.class })
  const [finding] = present([found], { account: account.success ? account.data : AccountSettings.parse({}), steps: [] })
  return finding === undefined
    ? null
    : { title: finding.title, why: finding.explanation, confidence: finding.confidence }
}

type ReplyStage = Extract<Stage, 'greeting' | 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data'>

const STEPS = {
  greeting: 'connect',
  ehlo: 'encrypt',
  starttls: 'encrypt',
  auth: 'sign-in',
  mail: 'deliver',
  rcpt: 'deliver',
  data: 'deliver',
} as const satisfies Record<ReplyStage, string>

const STAGES: ReadonlyMap<string, ReplyStage> = new Map([
  ['EHLO', 'ehlo'],
  ['HELO', 'ehlo'],
  ['LHLO', 'ehlo'],
  ['STARTTLS', 'starttls'],
  ['AUTH', 'auth'],
  ['MAIL', 'mail'],
  ['RCPT', 'rcpt'],
  ['DATA', 'data'],
  ['BDAT', 'data'],
  ['.', 'data'],
])

function stageOf(verb: string | null): ReplyStage | null {
  return verb === null ? 'greeting' : (STAGES.get(verb) ?? null)
}
