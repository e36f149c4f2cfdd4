import { Modal } from '@mantine/core'
import type { RunState } from '../run/run-state.ts'
import { TranscriptTab } from './transcript-tab.tsx'

type TranscriptDialogProps = {
  readonly run: RunState
  readonly name: string
  readonly shownLine: number | null
  readonly onClose: () => void
}

/** The transcript where there is no tab for it. */
export function TranscriptDialog({ run, name, shownLine, onClose }: TranscriptDialogProps) {
  return (
    <Modal opened onClose={onClose} title="Transcript" size={1000}>
      <TranscriptTab run={run} name={name} shownLine={shownLine} />
    </Modal>
  )
}
