import { Button } from '@mantine/core'
import { IconArrowRight, IconCircleCheck, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import type { AccountChange } from '#shared/account/account.ts'
import { isRunning, type RunState } from '../run/run-state.ts'
import { RunView } from '../run/run-view.tsx'
import { verdictOfRun } from '../run/verdict-of-run.ts'
import { useMainAction, useStop } from '../shell/shortcuts.ts'
import { TranscriptDialog } from '../transcript/transcript-dialog.tsx'
import { type WizardState, wizardSettings } from './wizard-state.ts'
import styles from './step.module.css'

type StepTestProps = {
  readonly state: WizardState
  readonly run: RunState
  readonly onStop: () => void
  readonly onTest: () => void
  readonly onChange: (change: AccountChange) => void
  readonly onSecret: (secret: string) => void
  readonly onBack: () => void
  readonly onFinish: () => Promise<void>
}

/** The delivery path, live; what is wrong can be set right and tested again from here. */
export function StepTest({ state, run, onStop, onTest, onChange, onSecret, onBack, onFinish }: StepTestProps) {
  const [shownLine, setShownLine] = useState<number | null>(null)
  const [transcriptOpen, setTranscriptOpen] = useState(false)
  const [saving, setSaving] = useState(false)
  const running = isRunning(run)
  const worked = verdictOfRun(run) === 'works'
  const finish = async () => {
    setSaving(true)
    await onFinish()
    setSaving(false)
  }
  useMainAction(running || saving ? null : worked ? () => void finish() : onTest)
  useStop(running ? onStop : null)
  const showLine = (index: number | null) => {
    setShownLine(index)
    setTranscriptOpen(true)
  }
  return (
    <>
      <RunView
        run={run}
        settings={wizardSettings(state)}
        onStop={onStop}
        onShowLine={showLine}
        actions={{ apply: onChange, setSecret: onSecret, testAgain: onTest }}
        empty={<p className={styles.words}>Nothing was tested yet. The test signs in and sends no message.</p>}
        allGood={
          <p className={styles.good}>
            <IconCircleCheck size={18} aria-hidden /> The server would take mail from this account. No message was sent.
          </p>
        }
      />
      <div className={styles.bar}>
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          disabled={running || saving}
          onClick={onTest}
        >
          Test again
        </Button>
        {run.lines.length > 0 && (
          <Button variant="default" onClick={() => showLine(null)}>
            Transcript
          </Button>
        )}
        <Button
          variant={worked ? 'filled' : 'default'}
          rightSection={<IconArrowRight size={16} aria-hidden />}
          disabled={running}
          loading={saving}
          onClick={() => void finish()}
        >
          {worked ? 'Save the account' : 'Save it anyway'}
        </Button>
      </div>
      {transcriptOpen && (
        <TranscriptDialog run={run} name={state.name} shownLine={shownLine} onClose={() => setTranscriptOpen(false)} />
      )}
    </>
  )
}
