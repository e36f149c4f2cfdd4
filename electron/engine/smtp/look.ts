import type { Address, ConnectEvidence, EncryptEvidence, Family, ResolveEvidence } from '#shared/diagnosis/evidence.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import type { TlsLimits } from '#shared/account/tls-limits.ts'
import type { DiagnosisEvent } from '#engine/diagnosis/diagnosis.ts'
import type { Place } from '#engine/diagnosis/plan.ts'
import { StepLog } from '#engine/diagnosis/step-log.ts'
import { runConnect } from '#engine/diagnosis/steps/connect.ts'
import {
  NO_TIMINGS,
  NOTHING_SEEN,
  type EncryptSeen,
  type EncryptTimings,
} from '#engine/diagnosis/steps/encrypt-seen.ts'
import type { CompareDane } from '#engine/diagnosis/steps/encrypt-aside.ts'
import type { Encrypted } from '#engine/diagnosis/steps/encrypt.ts'
import { runResolve, targetsOf, type Resolved } from '#engine/diagnosis/steps/resolve.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { PHASE_LIMITS, type PhaseLimits } from '#engine/net/phase-limits.ts'
import { roundMs } from '#engine/net/round-ms.ts'
import { spareTime } from '#engine/net/spare-time.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'

export type LookTarget = {
  readonly host: string
  readonly port: number
  /** `if-offered`: STARTTLS where the server offers it. */
  readonly security: 'none' | 'starttls' | 'tls' | 'if-offered'
}

export type LookOptions = {
  readonly deadline: Deadline
  readonly resolver: Resolver | 'system'
  /** PEM, trusted beside the system's. */
  readonly extraCa?: string
  readonly insecure?: boolean
  readonly family?: Family
  /** The one address to dial, where the name was looked up already. */
  readonly resolved?: Address & { readonly host: string }
  readonly ehlo?: string
  readonly now: () => Date
  readonly limits?: Partial<PhaseLimits>
  /** For the system's CAs: Node reads them in more time than a server that is near takes for all of its answers. */
  readonly readFile?: (path: string) => Promise<Uint8Array>
  /** The usual ones where absent. */
  readonly tlsLimits?: TlsLimits
  /** What will compare the certificate with DNS; not asked where absent. */
  readonly dane?: Promise<CompareDane | null>
  readonly onEvent?: (event: DiagnosisEvent) => void
  /** Called with what EHLO offers in plain text, before anything is encrypted. */
  readonly onPlain?: (offered: Capabilities) => void
  /** Says more to a server that was reached, before QUIT. */
  readonly converse?: (session: SmtpSession, offered: Capabilities) => Promise<void>
}

/** What one look at a server saw: no credential, no envelope. */
export type Look = {
  readonly steps: readonly Step[]
  readonly resolve: ResolveEvidence | null
  readonly connect: ConnectEvidence | null
  readonly encrypt: EncryptEvidence | null
  readonly seen: EncryptSeen
  readonly timings: EncryptTimings & {
    readonly resolveMs: number | null
    readonly connectMs: number | null
    readonly totalMs: number
  }
  readonly events: readonly DiagnosisEvent[]
}

/** Resolves, connects, greets and encrypts as a run does, says QUIT and leaves. Never throws for what the network does. */
export async function lookAtServer(target: LookTarget, options: LookOptions): Promise<Look> {
  const began = performance.now()
  const events: DiagnosisEvent[] = []
  const tell = (event: DiagnosisEvent) => {
    events.push(event)
    options.onEvent?.(event)
  }
  const log = new StepLog(tell, options.deadline, options.now)
  const { seen, timings, session } = await walk(target, options, log)
  const totalMs = performance.now() - began
  const { encrypt } = seen
  if (session !== null && encrypt !== null) {
    const offered =
      encrypt.kind === 'encrypted' ? encrypt.after : encrypt.kind === 'plain' ? encrypt.capabilities : null
    if (offered !== null) await options.converse?.(session, offered)
  }
  // The result is known: nobody waits for the answer to QUIT.
  if (session !== null) await session.quit(options.deadline, 0)
  log.end()
  return { steps: log.steps, ...seen, timings: { ...timings, totalMs: roundMs(totalMs) }, events }
}

type Seen = Pick<Look, 'resolve' | 'connect' | 'encrypt' | 'seen'>
type Walked = {
  readonly seen: Seen
  readonly timings: Omit<Look['timings'], 'totalMs'>
  readonly session: SmtpSession | null
}

async function walk(target: LookTarget, options: LookOptions, log: StepLog): Promise<Walked> {
  const { deadline, now, insecure, ehlo, onPlain } = options
  const limits = { ...PHASE_LIMITS, ...options.limits }
  const place = { kind: 'host', host: target.host, port: target.port, sourceIp: null } as const
  const none = { ...NO_TIMINGS, resolveMs: null, connectMs: null }

  const resolved = await log.run('resolve', () => resolveOnce(place, options))
  const resolve = resolved?.evidence ?? null
  const resolveMs = msOf(log, 'resolve')
  if (resolved?.ok !== true)
    return ended({ resolve, connect: null, encrypt: null, seen: NOTHING_SEEN }, { ...none, resolveMs })

  const plan = { protocol: 'smtp', port: target.port, security: target.security } as const
  const connecting = log.run('connect', () => runConnect(plan, resolved.targets, log.recorder, limits, deadline))
  const loading = loadTls(
    target,
    options,
    connecting.then(outcome => outcome?.ok === true),
  )
  const connected = await connecting
  const connect = connected?.evidence ?? null
  const greeting = connect?.kind === 'connected' ? connect.greeting : null
  const timings = { ...none, resolveMs, connectMs: connectMsOf(connect), greetingMs: greetingMsOf(connect) }
  const tls = connected?.ok === true ? await loading : null
  if (connected?.ok !== true || connected.session === null || tls === null) {
    connected?.session?.wire.destroy()
    return ended({ resolve, connect, encrypt: null, seen: { ...NOTHING_SEEN, greeting } }, timings)
  }

  const { session } = connected
  const encryptPlan = {
    security: target.security,
    certificateHost: target.host,
    ehlo: ehlo ?? null,
    goOnUntrusted: insecure === true,
    target: connected.target,
    dane: options.dane ?? Promise.resolve(null),
  }
  const { runEncrypt, material } = tls
  const encrypted = await log.run('encrypt', () => runEncrypt(session, encryptPlan, material, now, deadline, onPlain))
  const spent = timingsOf(encrypted, timings)
  const way = encrypted?.seen ?? NOTHING_SEEN
  const seen = {
    resolve,
    connect,
    encrypt: encrypted?.evidence ?? null,
    seen: { ...way, greeting: greeting ?? way.greeting },
  }
  if (encrypted?.ok === true) return { seen, timings: spent, session }
  session.wire.destroy()
  return ended(seen, spent)
}

/** Null where there is no connection to use it on. Loading TLS takes some 10 ms and making its trust some 20. */
async function loadTls({ security }: LookTarget, options: LookOptions, connected: Promise<boolean>) {
  const { extraCa, tlsLimits, readFile } = options
  if (!(await spareTime(connected))) return null
  const [{ runEncrypt }, { NO_MATERIAL, prepareTrust }] = await Promise.all([
    import('#engine/diagnosis/steps/encrypt.ts'),
    import('#engine/tls/trust-store.ts'),
  ])
  const material = {
    ...NO_MATERIAL,
    extraCas: extraCa === undefined ? [] : [extraCa],
    limits: tlsLimits ?? NO_MATERIAL.limits,
  }
  if (security !== 'none') await prepareTrust(material, readFile)
  return { runEncrypt, material }
}

async function resolveOnce(place: Extract<Place, { kind: 'host' }>, options: LookOptions): Promise<Resolved> {
  const { resolved, family = null, resolver, deadline } = options
  if (resolved === undefined) return runResolve({ place, family }, resolver, deadline)
  const { host, address } = resolved
  const evidence = { kind: 'literal', host, address: { address, family: resolved.family }, via: 'address' } as const
  return { ok: true, evidence, targets: targetsOf(evidence, place) }
}

function ended(seen: Seen, timings: Walked['timings']): Walked {
  return { seen, timings, session: null }
}

function timingsOf(encrypted: Encrypted | null, before: Walked['timings']): Walked['timings'] {
  if (encrypted === null) return before
  const { greetingMs, ehloMs, starttlsMs, tlsMs, secondEhloMs } = encrypted.timings
  return {
    ...before,
    greetingMs: before.greetingMs ?? roundOrNull(greetingMs),
    ehloMs: roundOrNull(ehloMs),
    starttlsMs: roundOrNull(starttlsMs),
    tlsMs: roundOrNull(tlsMs),
    secondEhloMs: roundOrNull(secondEhloMs),
  }
}

function msOf(log: StepLog, id: 'resolve'): number | null {
  return log.steps.find(step => step.id === id)?.ms ?? null
}

function connectMsOf(evidence: ConnectEvidence | null): number | null {
  return evidence?.kind === 'connected' ? roundMs(evidence.connectMs) : null
}

function greetingMsOf(evidence: ConnectEvidence | null): number | null {
  if (evidence?.kind !== 'connected' || evidence.greeting === null) return null
  const { greeting } = evidence
  return roundMs(greeting.kind === 'silent' ? greeting.waitedMs : greeting.ms)
}

function roundOrNull(ms: number | null): number | null {
  return ms === null ? null : roundMs(ms)
}
