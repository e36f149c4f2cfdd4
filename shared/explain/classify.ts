import type { Security } from '#shared/account/account.ts'
import { findCodes, meaningOfEnhanced, meaningOfReply } from '#shared/explain/codes.ts'
import { findHits, prepare, type Fragments, type Hit } from '#shared/explain/match.ts'
import { normalise, type Normalised } from '#shared/explain/normalise.ts'
import { settle } from '#shared/explain/settle.ts'
import { speakerInText, speakerOfHost } from '#shared/explain/speaker.ts'
import { isAtHome } from '#shared/explain/homes.ts'
import type { Stage } from '#shared/explain/stage.ts'
import { TABLES } from '#shared/explain/tables/all.ts'
import type { FailureClass } from '#shared/finding/classes.ts'
import { printReply } from '#shared/smtp/reply-text.ts'
import type { Reply } from '#shared/smtp/reply.ts'

/** What is known beside the text. null: not known. */
export type Circumstances = {
  readonly stage: Stage | null
  readonly host: string | null
  readonly port: number | null
  readonly security: Security | null
}

export const NOTHING_KNOWN: Circumstances = { stage: null, host: null, port: null, security: null }

export type Likelihood = { readonly class: FailureClass; readonly confidence: number }

/** Where in the text something stands that led to the verdict. */
export type Span = { readonly start: number; readonly end: number }

export type Classified = {
  readonly class: FailureClass
  readonly confidence: number
  /** Who said it: a provider, a filter or a server program. */
  readonly speaker: string | null
  /** Other readings, the likeliest first. */
  readonly alternatives: readonly Likelihood[]
  readonly marked: readonly Span[]
}

let prepared: Fragments | null = null

/** Taken apart when the first text comes: most who load this have none. */
function fragments(): Fragments {
  prepared ??= prepare(TABLES)
  return prepared
}

// Below this a code or a word was seen that half of all failures share.
const EVIDENCE = 0.3

/** The class of a text of at most some ten thousand characters, by its wordings and codes. Pure and linear in its length. */
export function classifyText(text: string, known: Circumstances = NOTHING_KNOWN): Classified {
  const normalised = withoutCommand(normalise(text))
  const speaker = (known.host === null ? null : speakerOfHost(known.host)) ?? speakerInText(normalised.text)
  const hits = [...findHits(normalised.text, fragments()), ...hitsOfCodes(normalised.text, known.stage)]
  const scores = settle(scoresOf(hits, known.stage), { ...known, text: normalised.text, speaker })
  const ranked = [...scores]
    .sort(([, a], [, b]) => b - a)
    .map(([means, sure]) => ({ class: means, confidence: toConfidence(sure) }))
  const first = ranked[0]
  if (!first || first.confidence < EVIDENCE) {
    return { class: 'unknown', confidence: 0, speaker, alternatives: ranked.slice(0, 3), marked: [] }
  }
  return {
    class: first.class,
    confidence: first.confidence,
    speaker,
    alternatives: shareOut(
      1 - first.confidence,
      ranked.slice(1, 4).filter(other => other.confidence >= EVIDENCE),
    ),
    marked: spansOf(provingHits(hits, first.class), normalised),
  }
}

/** What is left beside the first reading goes to the others by their strength, so that together they are at most certain. */
function shareOut(rest: number, others: readonly Likelihood[]): readonly Likelihood[] {
  const total = others.reduce((sum, { confidence }) => sum + confidence, 0)
  return others.map(other => ({ ...other, confidence: toConfidence((rest * other.confidence) / total) }))
}

const COMMAND =
  /\(?in reply to (?:end of )?[a-z]{4} ?(?:from|to)? command\)?|after (?:mail from|rcpt to):?(?:<[^>]{0,320}>)?/g

/** Which command was answered is a circumstance, not the server's words: it must not complete a wording. */
function withoutCommand({ text, origin }: Normalised): Normalised {
  return { text: text.replace(COMMAND, words => '|'.repeat(words.length)), origin }
}

/** The class of a reply that was received just now. */
export function classifyReply(reply: Reply, known: Circumstances): Classified {
  return classifyText(printReply(reply), known)
}

function hitsOfCodes(text: string, stage: Stage | null): readonly Hit[] {
  return findCodes(text).flatMap(code => {
    const meanings = [
      code.enhanced === null ? null : meaningOfEnhanced(code.enhanced),
      code.reply === null ? null : meaningOfReply(code.reply, stage),
    ]
    return meanings.flatMap(meaning =>
      meaning ? [{ means: meaning[0], sure: meaning[1], start: code.at, end: code.end }] : [],
    )
  })
}

/** The surest hit of each class, raised a little by every further one, and lowered where the class does not belong in the stage. */
function scoresOf(hits: readonly Hit[], stage: Stage | null): Map<FailureClass, number> {
  const scores = new Map<FailureClass, number>()
  for (const hit of [...hits].sort((a, b) => b.sure - a.sure || length(b) - length(a))) {
    const before = scores.get(hit.means)
    const strange = stage !== null && !isAtHome(hit.means, stage)
    const sure = (hit.sure + Math.min(0.03, length(hit) / 1000)) * (strange ? 0.8 : 1)
    scores.set(hit.means, before === undefined ? sure : before + Math.min(0.04, sure * 0.08))
  }
  return scores
}

function length(hit: Hit): number {
  return hit.end - hit.start
}

/** Words alone never prove a cause. */
const MOST_SURE = 0.97

function toConfidence(score: number): number {
  return Math.round(Math.max(0, Math.min(MOST_SURE, score)) * 100) / 100
}

/** The words that mean it; where circumstances moved the verdict, the words that it was moved from. */
function provingHits(hits: readonly Hit[], means: FailureClass): readonly Hit[] {
  const own = hits.filter(hit => hit.means === means)
  if (own.length > 0) return own
  const [surest] = [...hits].sort((a, b) => b.sure - a.sure)
  return hits.filter(hit => hit.means === surest?.means)
}

function spansOf(hits: readonly Hit[], { origin }: Normalised): readonly Span[] {
  return hits
    .map(hit => ({ start: origin[hit.start] ?? 0, end: (origin[Math.min(hit.end, origin.length) - 1] ?? 0) + 1 }))
    .sort((a, b) => a.start - b.start)
}
