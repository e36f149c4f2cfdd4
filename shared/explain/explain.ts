import { AccountSettings, type Security } from '#shared/account/account.ts'
import { presetById } from '#shared/account/find-preset.ts'
import type { StepId } from '#shared/diagnosis/step.ts'
import { escapeControls } from '#shared/escape.ts'
import {
  classifyText,
  type Circumstances,
  type Classified,
  type Likelihood,
  type Span,
} from '#shared/explain/classify.ts'
import { narrowByWords } from '#shared/explain/by-words.ts'
import { maskSecrets } from '#shared/explain/mask-secrets.ts'
import { parseBounce } from '#shared/explain/parse-bounce.ts'
import { readContext } from '#shared/explain/read-context.ts'
import { relevantLines } from '#shared/explain/relevant-lines.ts'
import { usualStage } from '#shared/explain/homes.ts'
import type { Stage } from '#shared/explain/stage.ts'
import type { FailureClass } from '#shared/finding/classes.ts'
import type { Finding } from '#shared/finding/finding.ts'
import { judged, type Facts } from '#shared/finding/judged.ts'
import { findingOfClass } from '#shared/finding/of-class.ts'
import { present } from '#shared/finding/present.ts'
import { policyOf, providerOf, type ProviderPolicy } from '#shared/finding/provider.ts'

export type ExplainInput = {
  readonly text: string
  readonly stage?: Stage | null
  readonly host?: string | null
  readonly port?: number | null
  readonly security?: Security | null
  /** What somebody who knows more than the text said it is: the reading that is taken, whatever the words say. */
  readonly means?: FailureClass | null
}

export type Explained = {
  readonly class: FailureClass
  /** 0 to 1; 0 with `unknown`. */
  readonly confidence: number
  readonly stage: Stage | null
  readonly provider: string | null
  readonly findings: Finding[]
  readonly alternatives: Likelihood[]
  /** The lines of the text that were looked at, secrets masked. */
  readonly excerpt: string
  /** Which parts of the excerpt led to the verdict. */
  readonly marked: Span[]
}

/** Why something failed, from nothing but a pasted text: an error, a log, a bounce, a stack trace. Pure; no network. */
export function explain(input: ExplainInput): Explained {
  const { text, stage = null, host = null, port = null, security = null, means = null } = input
  const excerpt = maskSecrets(relevantLines(text))
  const known = readContext(excerpt, { stage, host, port, security })
  const told = classifyBounce(text, known) ?? { excerpt, read: classifyText(excerpt, known) }
  const read = means === null ? told.read : choose(told.read, means)
  const at = read.class === 'unknown' ? known.stage : (known.stage ?? usualStage(read.class))
  return {
    class: read.class,
    confidence: read.confidence,
    stage: at,
    provider: read.speaker,
    findings: findingsOf(read, told.excerpt, known),
    alternatives: [...read.alternatives],
    excerpt: told.excerpt,
    marked: [...read.marked],
  }
}

/** Told, not read: the words still stand as evidence. */
const TOLD = 0.9

function choose(read: Classified, means: FailureClass): Classified {
  if (read.class === means) return { ...read, confidence: Math.max(read.confidence, TOLD) }
  const before = { class: read.class, confidence: Math.round((1 - TOLD) * 100) / 100 }
  return { ...read, class: means, confidence: TOLD, alternatives: read.class === 'unknown' ? [] : [before] }
}

/** In a bounce only the receiver's own words count, not the notice around them or the message that is returned. */
function classifyBounce(text: string, known: Circumstances): { excerpt: string; read: Classified } | null {
  const failed = parseBounce(text).filter(
    ({ action }) => action === null || action === 'failed' || action === 'delayed',
  )
  for (const { status, diagnostic } of failed) {
    const excerpt = maskSecrets([status, diagnostic].filter(part => part !== null).join('\n'))
    const read = classifyText(excerpt, known)
    if (read.class !== 'unknown') return { excerpt, read }
  }
  return null
}

const STEPS: Readonly<Record<Stage, StepId>> = {
  config: 'resolve',
  dns: 'resolve',
  connect: 'connect',
  greeting: 'connect',
  ehlo: 'encrypt',
  starttls: 'encrypt',
  tls: 'encrypt',
  auth: 'sign-in',
  mail: 'deliver',
  rcpt: 'deliver',
  data: 'deliver',
  delivery: 'deliver',
}

function findingsOf(read: Classified, excerpt: string, known: Circumstances): Finding[] {
  // A stage that is only usual proves nothing: "the first thing that the server said" must not be claimed of it.
  const general = findingOfClass(read.class, known.stage && STEPS[known.stage])
  if (general === null) return []
  const id = narrowByWords(general, excerpt)
  const account = settingsOf(known)
  const provider = providerOf(account) ?? policyOfSpeaker(read.speaker)
  const facts: Facts = {
    host: known.host ?? undefined,
    port: known.port ?? undefined,
    provider: provider?.name,
    family: read.class === 'connect-network-unreachable-ipv6' ? 'IPv6' : undefined,
  }
  const evidence = provingLines(excerpt, read.marked)
  const found = judged(id, { facts, evidence, confidence: read.confidence, class: read.class })
  return present([found], { account, provider, steps: [] })
}

/** Speakers whose name here is not that of their preset. */
const PRESET_IDS: Readonly<Record<string, string>> = {
  microsoft365: 'microsoft-365',
  'outlook.com': 'outlook-com',
  ses: 'amazon-ses',
  'web.de': 'web-de',
  'orange.fr': 'orange-fr',
}

function policyOfSpeaker(speaker: string | null): ProviderPolicy | null {
  const preset = speaker === null ? null : presetById(PRESET_IDS[speaker] ?? speaker)
  return preset && policyOf(preset)
}

/** The settings as far as they are known, for the fixes; a host that no account could have is left out. */
function settingsOf({ host, port, security }: Circumstances): AccountSettings {
  const parsed = AccountSettings.safeParse({ host: host ?? '', port, security: security ?? 'none' })
  return parsed.success ? parsed.data : AccountSettings.parse({})
}

const MOST_PROVING_LINES = 5

function provingLines(excerpt: string, marked: readonly Span[]): readonly string[] {
  const lines: string[] = []
  let start = 0
  for (const line of excerpt.split('\n')) {
    const end = start + line.length
    if (marked.some(span => span.start <= end && span.end > start) && line.trim() !== '') {
      lines.push(escapeControls(line.trim().slice(0, 500)))
    }
    if (lines.length === MOST_PROVING_LINES) break
    start = end + 1
  }
  return lines
}
