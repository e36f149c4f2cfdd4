import { Button, Group, Modal } from '@mantine/core'
import type { SecretMove } from '#shared/msmtprc/move-secret.ts'
import { printFix } from '#shared/msmtprc/problem.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import styles from './config-files.module.css'

type SecretDialogProps = {
  readonly move: SecretMove
  readonly onReplace: () => void
  readonly onClose: () => void
}

/** The way of a password into the key ring: the person runs the command, so that the password passes no argument. */
export function SecretDialog({ move, onReplace, onClose }: SecretDialogProps) {
  return (
    <Modal opened onClose={onClose} size="lg" title={`Password of account ${move.account}`}>
      <ol className={styles.steps}>
        <li>
          Run this in a terminal. It asks for the password, which stands in line {move.line}.
          <div className={styles.commandLine}>
            <code>{move.storeCommand}</code>
            <CopyButton text={move.storeCommand} what="command" />
          </div>
        </li>
        <li>
          Then replace line {move.line} by
          <div className={styles.commandLine}>
            <code>{printFix(move.fix)}</code>
          </div>
        </li>
      </ol>
      <p className={styles.hint}>
        The backup that is made when you save still holds the password: delete it once msmtp sends. Undo brings the line
        back.
      </p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
        <Button data-autofocus onClick={onReplace}>
          Replace the line
        </Button>
      </Group>
    </Modal>
  )
}
