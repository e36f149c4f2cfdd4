import type { RunInput } from '#shared/contract/run.ts'
import type { Report } from '#shared/report/report.ts'
import type { CommandIo } from './command.ts'
import { printStepLine } from './print-report.ts'
import type { Client } from './session.ts'

/** Runs to the end, telling each step on stderr as it ends. Ctrl-C and `--timeout` stop the run; what is known still comes back. */
export async function followRun(io: CommandIo, client: Client, input: RunInput): Promise<Report> {
  let runId: string | null = null
  const stop = () => {
    // The run has the same limit and ends by itself: stopping it now would make "out of time" look like "stopped".
    if (io.deadline.expired) return
    if (runId !== null) void client.runs.stop({ runId })
  }
  io.deadline.signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const event of await client.runs.run(input)) {
      switch (event.kind) {
        case 'started':
          runId = event.runId
          if (io.deadline.signal.aborted) stop()
          break
        case 'step-ended':
          if (!io.json) io.note(printStepLine(event.step))
          break
        case 'ended':
          return event.report
        case 'step-started':
        case 'transcript':
          break
      }
    }
  } finally {
    io.deadline.signal.removeEventListener('abort', stop)
  }
  throw new Error('a run ended without its report')
}
