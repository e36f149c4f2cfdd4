import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import type { SecretMove } from '#shared/msmtprc/move-secret.ts'
import styles from './config-files.module.css'

type SecretNoteProps = { readonly moves: readonly SecretMove[]; readonly onMove: (move: SecretMove) => void }

/** The one page that shows a password: the text would not be the file's without it. */
export function SecretNote({ moves, onMove }: SecretNoteProps) {
  const [first] = moves
  return (
    <div className={styles.secretNote}>
      <IconEye size={17} aria-hidden />
      <p>
        <strong>A password stands readable in this file</strong>, and so in the editor: mind who looks at your screen.
        {first === undefined && ' Let passwordeval fetch it from a safe place instead.'}
      </p>
      {first !== undefined && (
        <Button size="compact-sm" variant="default" onClick={() => onMove(first)}>
          Move it to the key ring
        </Button>
      )}
    </div>
  )
}
