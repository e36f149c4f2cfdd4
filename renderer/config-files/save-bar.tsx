import { Autocomplete, Button } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import type { ConfigFileTarget } from '#shared/contract/config-files.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { keysFor } from '../shell/shortcuts.ts'
import styles from './config-files.module.css'
import { openFile, type OpenFile } from './open-file.ts'
import type { ConfigFileActions } from './use-config-file.ts'

type SaveBarProps = {
  readonly file: OpenFile
  readonly targets: readonly ConfigFileTarget[]
  readonly actions: ConfigFileActions
  readonly onSave: () => void
}

/** Where to, and what came of it. */
export function SaveBar({ file, targets, actions, onSave }: SaveBarProps) {
  const { failure, saved } = actions
  const places = [...new Set([...(file.path === null ? [] : [file.path]), ...targets.map(({ path }) => path)])]
  return (
    <>
      <div className={styles.save}>
        <Autocomplete
          className={styles.grow}
          label="Save to"
          description="Mode 0600. What is there is kept beside it as a backup."
          data={places}
          value={file.target}
          spellCheck={false}
          onChange={target => openFile.dispatch({ kind: 'aimed', target })}
        />
        <Button
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          loading={actions.doing === 'saving'}
          disabled={file.target === ''}
          title={keysFor('Enter')}
          onClick={onSave}
        >
          Save
        </Button>
      </div>
      {failure && (
        <ProblemNote
          what={failure.what}
          problem={failure.problem}
          action={
            failure.problem.code === 'conflict' && (
              <Button size="xs" variant="default" onClick={() => actions.saveOver(file)}>
                Save over it
              </Button>
            )
          }
        />
      )}
      {saved && (
        <div className={styles.saved} role="status">
          Saved <code>{saved.path}</code> with mode 0600.
          {saved.backup !== null && (
            <>
              {' '}
              What was there is now <code>{saved.backup}</code>.
            </>
          )}
        </div>
      )}
    </>
  )
}
