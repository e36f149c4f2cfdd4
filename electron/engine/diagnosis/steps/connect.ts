import type { ConnectEvidence } from '#shared/diagnosis/evidence.ts'
import type { Plan } from '#engine/diagnosis/plan.ts'
import type { EncryptPlan } from '#engine/diagnosis/steps/encrypt.ts'
import type { StepOutcome } from '#engine/diagnosis/step-outcome.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import type { DialTarget } from '#engine/net/dial.ts'
import type { PhaseLimits } from '#engine/net/phase-limits.ts'
import { race } from '#engine/net/race.ts'
import { awaitGreeting } from '#engine/smtp/await-greeting.ts'
import type { Recorder } from '#engine/smtp/recorder.ts'
import { SmtpSession } from '#engine/smtp/session.ts'
import { Wire } from '#engine/smtp/wire.ts'

export type Connected = StepOutcome<ConnectEvidence> & {
  /** Null where no connection came about. */
  readonly session: SmtpSession | null
  /** What was dialled in the end, to be dialled again; null where no connection came about. */
  readonly target: DialTarget | null
}

/** Connects, and reads the greeting unless TLS comes first. */
export async function runConnect(
  { protocol, security, port }: Pick<Plan, 'protocol' | 'port'> & Pick<EncryptPlan, 'security'>,
  targets: readonly DialTarget[],
  recorder: Recorder,
  limits: PhaseLimits,
  deadline: Deadline,
): Promise<Connected> {
  const raced = await race(targets, deadline, limits.connectMs)
  if (raced.kind === 'failed') {
    return { ok: false, evidence: { kind: 'failed', port, attempts: [...raced.attempts] }, session: null, target: null }
  }
  const { winner, socket } = raced
  const record = recorder.openConnection()
  record.note(`connected to ${winner.address}${winner.port === 0 ? '' : ` port ${winner.port}`}`)
  const session = new SmtpSession(new Wire(socket), record, limits, protocol)
  const won = targets.find(each => each.kind !== 'address' || each.address === winner.address)
  const greeting = security === 'tls' || !won ? null : await awaitGreeting(session, won, recorder, deadline)
  const evidence: ConnectEvidence = {
    kind: 'connected',
    address: winner.address,
    family: winner.family,
    port: winner.port,
    attempts: [...raced.attempts],
    connectMs: winner.ms,
    greeting,
  }
  return { ok: greeting === null || greeting.kind === 'ready', evidence, session, target: won ?? null }
}
