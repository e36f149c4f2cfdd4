import type { ConnectEvidence, EncryptEvidence, Family } from '#shared/diagnosis/evidence.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import type { TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import type { StepOutcome } from '#engine/diagnosis/step-outcome.ts'
import { StepLog } from '#engine/diagnosis/step-log.ts'
import { runResolve } from '#engine/diagnosis/steps/resolve.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { DialTarget } from '#engine/net/dial.ts'
import { PHASE_LIMITS } from '#engine/net/phase-limits.ts'
import { race } from '#engine/net/race.ts'
import { ConsoleRecord, type Answer } from '#engine/smtp/console-record.ts'
import { ConsoleSession, tlsNote, type ConsoleEvent } from '#engine/smtp/console-session.ts'
import { Wire } from '#engine/smtp/wire.ts'
import { handshake } from '#engine/tls/handshake.ts'
import { NO_MATERIAL, type TlsMaterial } from '#engine/tls/trust-store.ts'

export type ConsoleTarget = {
  readonly host: string
  readonly port: number
  /** Whether the connection begins with TLS. */
  readonly tls: boolean
}

export type ConsoleOptions = {
  /** For opening; what comes later has limits of its own. */
  readonly deadline: Deadline
  readonly resolver: Resolver | 'system'
  readonly family?: Family
  /** PEM, trusted beside the system's. */
  readonly extraCa?: string
  readonly ehlo?: string
  readonly now: () => Date
  readonly safe: boolean
  readonly idleMs?: number
  readonly tell: (event: ConsoleEvent) => void
}

export type Opened =
  | { readonly kind: 'open'; readonly session: ConsoleSession }
  /** The steps say why. */
  | { readonly kind: 'failed'; readonly steps: readonly Step[] }

/** Longer than any server waits for a command (RFC 5321 section 4.5.3.2.7: five minutes). */
const IDLE_MS = 10 * 60_000

/** Opens a session by hand: resolves, connects, and encrypts where TLS comes first. Says nothing to the server. */
export async function openConsole(target: ConsoleTarget, options: ConsoleOptions): Promise<Opened> {
  const { host, port } = target
  const { deadline, now, tell } = options
  const log = new StepLog(() => {}, deadline, now)
  let session: ConsoleSession | null = null
  const onAnswer = (answer: Answer) => {
    session?.heard(answer)
    tell({ kind: 'answer', answer })
  }
  const record = new ConsoleRecord({ onLine: line => tell({ kind: 'line', line }), onAnswer })
  const failed = (): Opened => ({ kind: 'failed', steps: log.steps })

  const place = { kind: 'host', host, port, sourceIp: null } as const
  const resolved = await log.run('resolve', () =>
    runResolve({ place, family: options.family ?? null }, options.resolver, deadline),
  )
  if (resolved?.ok !== true) return failed()
  const connected = await log.run('connect', () => connect(resolved.targets, port, deadline))
  if (connected?.ok !== true || connected.wire === null) return failed()
  const { wire, address } = connected
  record.note(`connected to ${address} port ${port}`)

  const material: TlsMaterial =
    options.extraCa === undefined ? NO_MATERIAL : { ...NO_MATERIAL, extraCas: [options.extraCa] }
  let tls: TlsFacts | null = null
  if (target.tls) {
    const shaken = await handshake(
      wire.detach().socket,
      host,
      material,
      deadline.within(PHASE_LIMITS.handshakeMs),
      now(),
    )
    if (shaken.kind === 'failed') {
      const evidence: EncryptEvidence = { kind: 'handshake-failed', mode: 'tls', fault: shaken.fault, before: null }
      await log.run('encrypt', () => Promise.resolve({ ok: false, evidence }))
      return failed()
    }
    wire.attach(shaken.socket)
    ;({ tls } = shaken)
    record.note(tlsNote(tls), true)
    if (tls.reason !== null) record.note(tls.reason, true)
  }
  const { safe, ehlo = null, idleMs = IDLE_MS } = options
  session = new ConsoleSession({ host, port, address, wire, record, tls, material, ehlo, now, safe, idleMs, tell })
  return { kind: 'open', session }
}

type Connected = StepOutcome<ConnectEvidence> & { readonly wire: Wire | null; readonly address: string }

async function connect(targets: readonly DialTarget[], port: number, deadline: Deadline): Promise<Connected> {
  const raced = await race(targets, deadline, PHASE_LIMITS.connectMs)
  const attempts = [...raced.attempts]
  if (raced.kind === 'failed')
    return { ok: false, evidence: { kind: 'failed', port, attempts }, wire: null, address: '' }
  const { address, family, ms: connectMs } = raced.winner
  const evidence: ConnectEvidence = { kind: 'connected', address, family, port, attempts, connectMs, greeting: null }
  return { ok: true, evidence, wire: new Wire(raced.socket), address }
}
