import { asName, type Evaluation, macroValues } from '#engine/spf/evaluation.ts'
import { expandMacros, fitDomain } from '#engine/spf/expand.ts'
import type { MacroString } from '#engine/spf/macro.ts'
import { type Match, matchA, matchExists, matchMx, matchNetwork, matchPtr, OVER_LOOKUPS } from '#engine/spf/match.ts'
import { parseSpf } from '#engine/spf/parse.ts'
import type { Mechanism, Modifier, Qualifier, SpfRecord } from '#engine/spf/record.ts'
import { selectSpf } from '#engine/spf/select.ts'
import { lookupMacroP } from '#engine/spf/validated-names.ts'
import type { SpfResult, SpfTrace } from '#shared/domain/spf.ts'

/** The result of one domain's record. */
export type Outcome = {
  readonly result: SpfResult
  readonly reason: string
  readonly record: string | null
  /** Where the explanation of a `fail` is: of the record that decided, after redirects. */
  readonly exp: { readonly domain: string; readonly modifier: Modifier } | null
  readonly trace: readonly SpfTrace[]
}

const RESULT_OF: Readonly<Record<Qualifier, SpfResult>> = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' }

const NONE_WORDS = {
  nxdomain: 'does not exist',
  nodata: 'has no SPF record',
  'other-records': 'has no SPF record',
  'bad-name': 'is not a name that DNS can hold',
} as const

/** RFC 7208 sections 4.4 to 4.7, for the domain that was given or one that an include or a redirect names. */
export async function evaluateDomain(evaluation: Evaluation, domain: string): Promise<Outcome> {
  const found = selectSpf(await evaluation.lookup(asName(domain), 'TXT'))
  switch (found.kind) {
    case 'failed':
      return withoutTerms('temperror', domain, `${domain}: ${found.detail}`, null)
    case 'none': {
      const reason = `${domain} ${NONE_WORDS[found.because]}`
      return withoutTerms('none', domain, reason, null)
    }
    case 'several':
      return withoutTerms('permerror', domain, `${domain} has ${found.texts.length} SPF records`, null)
    case 'one': {
      const parsed = parseSpf(found.text)
      if (parsed.ok) return evaluateRecord(evaluation, domain, parsed.value)
      const { term, reason } = parsed.error
      return withoutTerms('permerror', domain, `${domain}: "${term}": ${reason}`, found.text)
    }
  }
}

/** No term was evaluated: the trace says why in a line of its own. */
export function withoutTerms(result: SpfResult, domain: string, reason: string, record: string | null): Outcome {
  const node = { term: record ?? domain, mechanism: 'record', domain, matched: false, lookups: 0, voidLookups: 0 }
  return { result, reason, record, exp: null, trace: [{ ...node, detail: reason, record, children: [] }] }
}

async function evaluateRecord(evaluation: Evaluation, domain: string, record: SpfRecord): Promise<Outcome> {
  const trace: SpfTrace[] = []
  const ended = (result: SpfResult, reason: string): Outcome => {
    const rest = record.mechanisms.slice(trace.length).map(skippedTrace)
    const exp = record.exp === null ? null : { domain, modifier: record.exp }
    return { result, reason, record: record.text, exp, trace: [...trace, ...rest] }
  }
  for (const mechanism of record.mechanisms) {
    const { match, node } = await evaluateMechanism(evaluation, domain, mechanism)
    trace.push(node)
    if (match.verdict === 'match') return ended(RESULT_OF[mechanism.qualifier], `${domain}: ${mechanism.text} matched`)
    if (match.verdict !== 'no-match') return ended(match.verdict, `${domain}: ${mechanism.text}: ${match.detail}`)
  }
  // RFC 7208 section 4.7: without a match and without a redirect the result is neutral.
  if (record.redirect === null) return ended('neutral', `${domain}: no term matched`)
  return followRedirect(evaluation, domain, record, record.redirect, trace)
}

/** RFC 7208 section 6.1. */
async function followRedirect(
  evaluation: Evaluation,
  domain: string,
  record: SpfRecord,
  redirect: Modifier,
  trace: readonly SpfTrace[],
): Promise<Outcome> {
  const meter = startMeter(evaluation)
  const target = evaluation.budget.spendLookup() ? await expandTarget(evaluation, domain, redirect.domain) : null
  const outcome = target === null ? null : await evaluateDomain(evaluation, target)
  const node = (matched: boolean, detail: string): SpfTrace => ({
    term: redirect.text,
    mechanism: 'redirect',
    domain: target,
    matched,
    ...meter(),
    detail,
    record: outcome?.record ?? null,
    children: [...(outcome?.trace ?? [])],
  })
  if (outcome === null) {
    const { detail } = OVER_LOOKUPS
    const ended = { result: 'permerror' as const, reason: `${domain}: ${redirect.text}: ${detail}` }
    return { ...ended, record: record.text, exp: null, trace: [...trace, node(false, detail)] }
  }
  const result = outcome.result === 'none' ? 'permerror' : outcome.result
  return { ...outcome, result, record: record.text, trace: [...trace, node(true, outcome.reason)] }
}

async function evaluateMechanism(evaluation: Evaluation, domain: string, mechanism: Mechanism) {
  const meter = startMeter(evaluation)
  const asksDns = mechanism.kind !== 'all' && mechanism.kind !== 'ip4' && mechanism.kind !== 'ip6'
  const inLimit = !asksDns || evaluation.budget.spendLookup()
  const target = asksDns && inLimit ? await targetOf(evaluation, domain, mechanism) : domain
  const { match, inner } =
    inLimit && target !== null
      ? await matchMechanism(evaluation, mechanism, target)
      : { match: OVER_LOOKUPS, inner: null }
  const node: SpfTrace = {
    term: mechanism.text,
    mechanism: mechanism.kind,
    domain: asksDns ? target : null,
    matched: match.verdict === 'match',
    ...meter(),
    detail: match.detail,
    record: inner?.record ?? null,
    children: [...(inner?.trace ?? [])],
  }
  return { match, node }
}

async function matchMechanism(
  evaluation: Evaluation,
  mechanism: Mechanism,
  target: string,
): Promise<{ readonly match: Match; readonly inner: Outcome | null }> {
  switch (mechanism.kind) {
    case 'all':
      return { match: { verdict: 'match', detail: 'matches every address' }, inner: null }
    case 'ip4':
    case 'ip6':
      return { match: matchNetwork(evaluation, mechanism), inner: null }
    case 'a':
      return { match: await matchA(evaluation, mechanism, target), inner: null }
    case 'mx':
      return { match: await matchMx(evaluation, mechanism, target), inner: null }
    case 'ptr':
      return { match: await matchPtr(evaluation, target), inner: null }
    case 'exists':
      return { match: await matchExists(evaluation, target), inner: null }
    case 'include': {
      const inner = await evaluateDomain(evaluation, target)
      return { match: judgeInclude(inner), inner }
    }
  }
}

/** The table of RFC 7208 section 5.2. */
function judgeInclude(inner: Outcome): Match {
  switch (inner.result) {
    case 'pass':
      return { verdict: 'match', detail: inner.reason }
    case 'fail':
    case 'softfail':
    case 'neutral':
      return { verdict: 'no-match', detail: `${inner.result}: ${inner.reason}` }
    case 'temperror':
      return { verdict: 'temperror', detail: inner.reason }
    case 'permerror':
    case 'none':
      return { verdict: 'permerror', detail: inner.reason }
  }
}

function targetOf(evaluation: Evaluation, domain: string, mechanism: Mechanism): Promise<string | null> | string {
  const spec = 'domain' in mechanism ? mechanism.domain : null
  return spec === null ? domain : expandTarget(evaluation, domain, spec)
}

/** Null: the question for `%{p}` was one lookup too many (RFC 7208 section 4.6.4 counts it). */
async function expandTarget(evaluation: Evaluation, domain: string, spec: MacroString): Promise<string | null> {
  const asksPtr = spec.some(part => part.kind === 'macro' && part.letter === 'p')
  const isNew = !evaluation.validated.has(domain.toLowerCase())
  if (asksPtr && isNew && !evaluation.budget.spendLookup()) return null
  const values = macroValues(evaluation, domain, () => lookupMacroP(evaluation, domain))
  return fitDomain(await expandMacros(spec, values))
}

function startMeter({ budget }: Evaluation): () => { lookups: number; voidLookups: number } {
  const before = { lookups: budget.lookups, voidLookups: budget.voidLookups }
  return () => ({ lookups: budget.lookups - before.lookups, voidLookups: budget.voidLookups - before.voidLookups })
}

function skippedTrace(mechanism: Mechanism): SpfTrace {
  const nothing = { domain: null, matched: null, lookups: 0, voidLookups: 0, record: null, children: [] }
  return { term: mechanism.text, mechanism: mechanism.kind, ...nothing, detail: 'an earlier term decided' }
}
