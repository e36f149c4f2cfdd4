import type { DiagnosisEvent, DiagnosisInput, DiagnosisOptions } from '#engine/diagnosis/diagnosis.ts'
import { EventQueue } from '#engine/diagnosis/event-queue.ts'
import { PathRun } from '#engine/diagnosis/path-run.ts'
import { planRun } from '#engine/diagnosis/plan.ts'
import { StepLog } from '#engine/diagnosis/step-log.ts'
import { Deadline } from '#engine/net/deadline.ts'

/**
 * Walks the delivery path once and tells what it sees as it goes. Never throws for what the network does; ends soon
 * after the deadline or a stop, with what was learnt until then. Leaving the loop early stops the run.
 */
export async function* diagnose(
  input: DiagnosisInput,
  options: DiagnosisOptions,
): AsyncGenerator<DiagnosisEvent, void, void> {
  const queue = new EventQueue<DiagnosisEvent>()
  const left = new AbortController()
  const stop = AbortSignal.any([options.deadline.signal, left.signal])
  const deadline = new Deadline(options.deadline.remainingMs(), stop)
  const log = new StepLog(event => queue.push(event), deadline, options.now)
  const run = new PathRun(input, { ...options, deadline }, planRun(input, options), log)
  const running = run.walk().then(
    () => {
      log.end()
      queue.close()
    },
    (error: unknown) => queue.fail(error),
  )
  try {
    yield* queue
  } finally {
    left.abort()
    await running
  }
}
