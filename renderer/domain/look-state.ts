import type { DomainEvent, DomainLookInput } from '#shared/contract/domain.ts'
import type { Forecast } from '#shared/domain/forecast.ts'
import { judgeKnown, type KnownParts } from '#shared/domain/judge-known.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { DnsChange } from '#shared/fix/fix.ts'
import type { ProblemData } from '#shared/problem-data.ts'

/** A look at a domain as the page shows it: it fills in while the parts arrive. */
export type LookState = {
  readonly phase: 'none' | 'looking' | 'stopped' | 'ended' | 'broken'
  readonly asked: DomainLookInput | null
  /** `performance.now()` when it began. */
  readonly beganAt: number
  readonly tookMs: number | null
  readonly outOfTime: boolean
  readonly domain: string
  readonly from: string
  readonly ip: string | null
  readonly resolver: string
  /** The parts that have been announced. */
  readonly waitsFor: readonly string[]
  readonly parts: KnownParts
  /** null until everything is known, or until it was stopped. */
  readonly findings: readonly Finding[] | null
  readonly changes: readonly DnsChange[]
  readonly forecast: Forecast | null
  readonly problem: ProblemData | null
  /** What an earlier look at the same domain saw through a resolver, to tell what is published and not visible yet. */
  readonly seenBefore: KnownParts | null
}

export type LookAction =
  | { readonly kind: 'begin'; readonly asked: DomainLookInput; readonly atMs: number }
  | { readonly kind: 'event'; readonly event: DomainEvent }
  | { readonly kind: 'stopped'; readonly atMs: number }
  | { readonly kind: 'broke'; readonly problem: ProblemData }

export const NO_LOOK: LookState = {
  phase: 'none',
  asked: null,
  beganAt: 0,
  tookMs: null,
  outOfTime: false,
  domain: '',
  from: '',
  ip: null,
  resolver: '',
  waitsFor: [],
  parts: {},
  findings: null,
  changes: [],
  forecast: null,
  problem: null,
  seenBefore: null,
}

export function reduceLook(state: LookState, action: LookAction): LookState {
  switch (action.kind) {
    case 'begin': {
      const { asked, atMs } = action
      const again = asked.authoritative && state.asked?.authoritative === false && state.asked.domain === asked.domain
      return { ...NO_LOOK, phase: 'looking', asked, beganAt: atMs, seenBefore: again ? state.parts : null }
    }
    case 'event':
      return state.phase === 'looking' ? applyEvent(state, action.event) : state
    case 'stopped': {
      if (state.phase !== 'looking') return state
      const known = judgeKnown(state.domain, domainOf(state.from), state.parts)
      return { ...state, ...known, phase: 'stopped', tookMs: action.atMs - state.beganAt }
    }
    case 'broke':
      return { ...state, phase: 'broken', problem: action.problem }
  }
}

function applyEvent(state: LookState, event: DomainEvent): LookState {
  switch (event.kind) {
    case 'started': {
      const { domain, from, ip, resolver, waitsFor } = event
      return { ...state, domain, from, ip, resolver, waitsFor }
    }
    case 'part':
      return { ...state, parts: { ...state.parts, [event.part.kind]: event.part.value } }
    case 'findings':
      return { ...state, findings: event.findings }
    case 'changes':
      return { ...state, changes: event.changes }
    case 'forecast':
      return { ...state, forecast: event.forecast }
    case 'ended':
      return { ...state, phase: 'ended', tookMs: event.tookMs, outOfTime: event.outOfTime }
  }
}

/** The parts that were announced and have not come. */
export function missingParts({ waitsFor, parts }: LookState): readonly string[] {
  return waitsFor.filter(kind => !(kind in parts))
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
