import type { Verdict } from '#shared/report/report.ts'
import type { RunState } from './run-state.ts'

/** As `verdictOf` of a report, for a run that may not have one yet; null while it is on or before the first. */
export function verdictOfRun(run: Pick<RunState, 'phase' | 'steps'>): Verdict | null {
  if (run.phase === 'broken') return 'stopped'
  if (run.phase !== 'ended') return null
  if (run.steps.some(step => step.state === 'failed')) return 'fails'
  return run.steps.some(step => step.state === 'cancelled') ? 'stopped' : 'works'
}
