import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { RunEvent, RunInput, RunSummary } from '#shared/contract/run.ts'
import { judgeReport } from '#shared/finding/present.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import type { Finding } from '#shared/finding/finding.ts'
import { Problem } from '#shared/problem.ts'
import type { Report } from '#shared/report/report.ts'
import type { DiagnosisEvent } from '#engine/diagnosis/diagnosis.ts'
import { messageOf } from '#service/io-problem.ts'
import type { Log } from '#service/door.ts'
import type { Journal } from '#service/journal.ts'
import { batchTranscript } from '#service/runs/batch-transcript.ts'
import type { PreparedRun, PrepareRun } from '#service/runs/prepare.ts'

export type Program = Report['program']
type Ended = Extract<DiagnosisEvent, { kind: 'ended' }>

/** Reports that are kept in memory: drafts are in no history, and a page asks for the run that it has just watched. */
const RECENT_REPORTS = 50
const CLOSE_WAIT_MS = 1_000

/** Runs accounts, tells how they go, and keeps the reports. */
export class Runs {
  readonly #prepare: PrepareRun
  readonly #journal: Journal
  readonly #program: Program
  readonly #log: Log
  readonly #active = new Map<string, { readonly stop: AbortController; readonly ended: Promise<void> }>()
  readonly #recent = new Map<string, Report>()

  constructor(prepare: PrepareRun, journal: Journal, program: Program, log: Log) {
    this.#prepare = prepare
    this.#journal = journal
    this.#program = program
    this.#log = log
  }

  /**
   * One run, as it goes. `ended` comes last, also after `stop` and when the time is up; leaving the stream early stops
   * the run and keeps its report. @throws Problem when it cannot begin
   */
  async *run(input: RunInput, signal?: AbortSignal): AsyncGenerator<RunEvent, void, undefined> {
    const stop = new AbortController()
    const stopped = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
    const earlier = input.reuse === null ? null : this.#find(input.reuse)
    const prepared = await this.#prepare(input, earlier, stopped)
    const runId = randomUUID()
    const steps: Step[] = []
    const { promise: ended, resolve: setEnded } = Promise.withResolvers<void>()
    this.#active.set(runId, { stop, ended })
    let report: Report | null = null
    const events = watch(prepared.diagnose(), event => {
      report = this.#reportOf(runId, input, prepared, event)
      this.#keep(report, prepared.saved)
    })
    try {
      yield { kind: 'started', runId, startedAt: new Date().toISOString(), account: prepared.account }
      for await (const event of batchTranscript(events)) {
        switch (event.kind) {
          case 'step-started':
            yield event
            break
          case 'transcript':
            yield { kind: 'transcript', lines: [...event.lines] }
            break
          case 'step-ended':
            steps.push(event.step)
            yield { ...event, findings: findingsOf(prepared, steps, event.step.id) }
            break
          case 'ended':
            if (report !== null) yield { kind: 'ended', report }
            break
        }
      }
    } finally {
      stop.abort()
      // Whoever left early gets the report from the history: what was learnt until then is kept.
      for await (const _ of events);
      this.#active.delete(runId)
      setEnded()
    }
  }

  /** Ends a run that streams elsewhere; one that has ended, or never was, needs no stopping. */
  stop(runId: string): void {
    this.#active.get(runId)?.stop.abort()
  }

  /** Newest first. */
  history(accountId: string, limit: number): RunSummary[] {
    return [...this.#journal.history(accountId, limit)]
  }

  /** @throws Problem `not-found` */
  report(runId: string): Report {
    const report = this.#find(runId)
    if (report !== null) return report
    throw new Problem('not-found', 'there is no report of this run any more', { field: 'runId' })
  }

  /** Stops what still runs, and waits until it has ended. */
  async close(): Promise<void> {
    for (const { stop } of this.#active.values()) stop.abort()
    const allEnded = Promise.all([...this.#active.values()].map(({ ended }) => ended))
    // A reader that neither reads on nor leaves must not hold up the end of the program.
    await Promise.race([allEnded, setTimeout(CLOSE_WAIT_MS, undefined, { ref: false })])
  }

  #find(runId: string): Report | null {
    return this.#recent.get(runId) ?? this.#journal.report(runId)
  }

  #reportOf(
    id: string,
    { purpose }: RunInput,
    { account, recipients }: PreparedRun,
    { steps, transcript, startedAt, totalMs }: Ended,
  ): Report {
    return {
      version: 1,
      id,
      startedAt,
      totalMs,
      purpose,
      sendTo: recipients.length === 0 ? null : recipients.join(', '),
      program: this.#program,
      account,
      steps: [...steps],
      findings: judgeReport({ account, steps }),
      transcript: [...transcript],
    }
  }

  #keep(report: Report, saved: boolean): void {
    this.#recent.set(report.id, report)
    for (const [oldest] of this.#recent) {
      if (this.#recent.size <= RECENT_REPORTS) break
      this.#recent.delete(oldest)
    }
    if (!saved) return
    try {
      this.#journal.save(report)
    } catch (error) {
      // The person still gets the report; that it will not be in the history must not spoil the run.
      this.#log(`the run was not kept in the history: ${messageOf(error)}`)
    }
  }
}

/** Sees the end even of a stream whose reader has left. */
async function* watch(
  events: AsyncIterable<DiagnosisEvent>,
  onEnded: (event: Ended) => void,
): AsyncGenerator<DiagnosisEvent, void, undefined> {
  for await (const event of events) {
    if (event.kind === 'ended') onEnded(event)
    yield event
  }
}

/** What is known of a step when it ends; what a later step explains is said at the end. */
function findingsOf({ account }: PreparedRun, steps: readonly Step[], id: StepId): Finding[] {
  return judgeReport({ account, steps }).filter(({ step }) => step === id)
}
