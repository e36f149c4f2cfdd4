import type { ReactNode } from 'react'
import type { AccountSettings } from '#shared/account/account.ts'
import { DeliveryPath } from '../delivery-path/delivery-path.tsx'
import { STATION_DOINGS } from '../delivery-path/stations.ts'
import { WaterfallChart } from '../delivery-path/waterfall-chart.tsx'
import { waterfallOf } from '../delivery-path/waterfall.ts'
import { FindingList, type FixActions } from '../findings/finding-list.tsx'
import { Activity } from '../shell/activity.tsx'
import { Ago } from '../shell/ago.tsx'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { printDuration } from '../shell/time.ts'
import { VerdictMark } from '../shell/verdict.tsx'
import { isRunning, type RunState } from './run-state.ts'
import styles from './run-view.module.css'
import { verdictOfRun } from './verdict-of-run.ts'

type RunViewProps = {
  readonly run: RunState
  readonly settings: AccountSettings
  readonly actions: FixActions | null
  readonly onStop: () => void
  readonly onShowLine: ((index: number) => void) | null
  /** Shown while nothing was ever run. */
  readonly empty: ReactNode
  /** Shown when a run found nothing wrong. */
  readonly allGood: ReactNode
  /** Shown beside the path. */
  readonly beside?: ReactNode
}

/** A run: its path, what it found, where its time went. Results stand there as they arrive. */
export function RunView({ run, settings, actions, onStop, onShowLine, empty, allGood, beside }: RunViewProps) {
  const running = isRunning(run)
  const bars = waterfallOf(run.steps)
  return (
    <div className={styles.run} aria-busy={running}>
      <RunLine run={run} onStop={onStop} />
      <DeliveryPath run={run} />
      {run.problem && <ProblemNote what="The run could not be carried out" problem={run.problem} />}
      {run.phase === 'none' && empty}
      {verdictOfRun(run) === 'works' && allGood}
      {beside}
      {run.findings.length > 0 && (
        <Section title="Findings">
          <FindingList
            findings={run.findings}
            settings={settings}
            lines={run.lines}
            busy={running}
            actions={actions}
            onShowLine={onShowLine}
          />
        </Section>
      )}
      {bars.length > 0 && (
        <Section title="Where the time went">
          <WaterfallChart bars={bars} />
        </Section>
      )}
    </div>
  )
}

function RunLine({ run, onStop }: { readonly run: RunState; readonly onStop: () => void }) {
  if (run.phase === 'none') return null
  if (isRunning(run)) {
    const doing = run.phase === 'stopping' ? 'Stopping' : run.current ? STATION_DOINGS[run.current] : 'Starting'
    return <Activity doing={doing} startedAt={run.beganAt} {...(run.phase === 'running' && { onStop })} />
  }
  return (
    <p className={styles.line}>
      <VerdictMark verdict={verdictOfRun(run)} />
      <span>{run.purpose === 'send' ? `Test email to ${run.sendTo ?? ''}` : 'Test without a message'}</span>
      {run.totalMs !== null && <span className={styles.muted}>{printDuration(run.totalMs)}</span>}
      {run.startedAt !== null && <Ago className={styles.muted} at={run.startedAt} />}
    </p>
  )
}
