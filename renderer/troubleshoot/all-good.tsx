import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import type { RunState } from '../run/run-state.ts'
import type { EntranceId } from './entrances.ts'
import styles from './troubleshoot.module.css'

type AllGoodProps = {
  readonly entrance: EntranceId
  readonly run: RunState
  readonly onOther: (entrance: EntranceId) => void
}

/** Nothing failed here: what that means for each question, and what would decide it. */
export function AllGood({ entrance, run, onOther }: AllGoodProps) {
  return (
    <div className={styles.good}>
      <p>
        <IconCircleCheck size={18} aria-hidden /> {sentenceFor(entrance, run)}
      </p>
      {entrance === 'nothing' && (
        <>
          <p>Where is the message now? One of these is true:</p>
          <div className={styles.bar}>
            <Button size="xs" variant="default" onClick={() => onOther('spam')}>
              It is in the spam folder
            </Button>
            <Button size="xs" variant="default" onClick={() => onOther('text')}>
              A bounce came back
            </Button>
          </div>
          <p className={styles.muted}>
            If neither: some receivers hold the first message of a stranger back for up to an hour (greylisting), and
            some throw it away without a word. Ask the recipient's administrator with the report below.
          </p>
        </>
      )}
      {entrance !== 'nothing' && entrance !== 'connect' && (
        <div className={styles.bar}>
          {entrance === 'refused' && (
            <Button size="xs" variant="default" onClick={() => onOther('nothing')}>
              Send a test message
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => onOther('text')}>
            I have the error text
          </Button>
        </div>
      )}
    </div>
  )
}

function sentenceFor(entrance: EntranceId, { sendTo }: RunState): string {
  switch (entrance) {
    case 'connect':
      return 'The server was reached and would talk from here. If a program fails all the same, its settings are others, or it runs elsewhere: run the test there.'
    case 'password':
      return 'The server took this user name and password. If a program is refused all the same, it has others stored, or another way of signing in.'
    case 'refused':
      return 'Sender and recipient were accepted. Some servers refuse only the message itself: that shows when one is really sent.'
    case 'nothing':
      return `The server took the message for ${sendTo ?? 'the recipient'}: from here on it is on its way, and no longer with you.`
    case 'spam':
    case 'text':
      return 'Nothing failed.'
  }
}
