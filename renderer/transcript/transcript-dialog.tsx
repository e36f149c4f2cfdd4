import { Modal } from '@mantine/core'
import { type Talk, TranscriptTab } from './transcript-tab.tsx'

type TranscriptDialogProps = {
  readonly run: Talk
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
