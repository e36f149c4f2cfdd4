import { STEP_IDS } from '#shared/diagnosis/step-ids.ts'
import type { SkipReason, Step, StepId } from '#shared/diagnosis/step.ts'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import type { DiagnosisEvent } from '#engine/diagnosis/diagnosis.ts'
import type { StepOutcome } from '#engine/diagnosis/step-outcome.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { Recorder } from '#engine/smtp/recorder.ts'
import { roundMs } from '#engine/net/round-ms.ts'

export type EvidenceOf<Id extends StepId> = NonNullable<Extract<Step, { id: Id }>['evidence']>

type StepShape = Pick<Step, 'id' | 'state' | 'startedAt' | 'ms'> & {
  readonly evidence: unknown
  readonly reason?: SkipReason
  readonly because?: 'stopped' | 'out-of-time'
}

/** The steps and the transcript of one run, told as they come about. */
export class StepLog {
  readonly recorder: Recorder
  readonly #tell: (event: DiagnosisEvent) => void
  readonly #deadline: Deadline
  readonly #now: () => Date
  readonly #began = performance.now()
  readonly #startedAt: string
  readonly #steps = new Map<StepId, Step>()
  #pending: TranscriptLine[] = []

  constructor(tell: (event: DiagnosisEvent) => void, deadline: Deadline, now: () => Date) {
    this.#tell = tell
    this.#deadline = deadline
    this.#now = now
    this.#startedAt = now().toISOString()
    this.recorder = new Recorder(this.#began, line => this.#collect(line))
  }

  /** In the order of the path. */
  get steps(): readonly Step[] {
    return STEP_IDS.flatMap(id => this.#steps.get(id) ?? [])
  }

  /** Runs one step; null when the deadline or a stop came before it could say how it went. */
  async run<Id extends StepId, Outcome extends StepOutcome<EvidenceOf<Id> | null>>(
    id: Id,
    work: () => Promise<Outcome>,
  ): Promise<Outcome | null> {
    if (this.#deadline.signal.aborted) {
      this.#cancel(id, null, null, null)
      return null
    }
    const startedAt = this.#now().toISOString()
    const began = performance.now()
    this.#tell({ kind: 'step-started', id, atMs: roundMs(began - this.#began) })
    const outcome = await work()
    const ms = roundMs(performance.now() - began)
    if (outcome.evidence === null || (!outcome.ok && this.#deadline.stopped)) {
      this.#cancel(id, startedAt, ms, outcome.evidence)
      return null
    }
    this.#add(stepOf({ id, state: outcome.ok ? 'done' : 'failed', startedAt, ms, evidence: outcome.evidence }))
    return outcome
  }

  skip(id: StepId, reason: SkipReason): void {
    this.#add(stepOf({ id, state: 'skipped', startedAt: null, ms: null, reason, evidence: null }))
  }

  /** A step of an earlier run that still holds. */
  takeOver(step: Step): void {
    this.#add(step)
  }

  /** A step that a stop kept from beginning. */
  cancel(id: StepId): void {
    this.#cancel(id, null, null, null)
  }

  /** The last event. */
  end(): void {
    this.#flush()
    this.#tell({
      kind: 'ended',
      steps: this.steps,
      transcript: this.recorder.lines,
      startedAt: this.#startedAt,
      totalMs: roundMs(performance.now() - this.#began),
    })
  }

  #cancel(id: StepId, startedAt: string | null, ms: number | null, evidence: unknown): void {
    const because = this.#deadline.stopped ? 'stopped' : 'out-of-time'
    this.#add(stepOf({ id, state: 'cancelled', startedAt, ms, because, evidence }))
  }

  #add(step: Step): void {
    this.#flush()
    this.#steps.set(step.id, step)
    this.#tell({ kind: 'step-ended', step })
  }

  // Lines that come in one turn of the event loop go out together: a stream of single lines cannot be kept up with.
  #collect(line: TranscriptLine): void {
    if (this.#pending.push(line) === 1) setImmediate(() => this.#flush())
  }

  #flush(): void {
    if (this.#pending.length === 0) return
    this.#tell({ kind: 'transcript', lines: this.#pending })
    this.#pending = []
  }
}

// Id and evidence belong together by the signature of `run`; TypeScript cannot carry that over a union of steps.
function stepOf(step: StepShape): Step {
  return step as Step
}
