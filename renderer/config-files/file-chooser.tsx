import { Button, TextInput } from '@mantine/core'
import { IconFile, IconFilePlus, IconFolderOpen, IconMailbox } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import type { ConfigFileTarget } from '#shared/contract/config-files.ts'
import { useMainAction } from '../shell/shortcuts.ts'
import styles from './config-files.module.css'
import chooser from './file-chooser.module.css'

type FileChooserProps = {
  readonly targets: readonly ConfigFileTarget[]
  readonly onPath: (path: string) => void
  readonly onUpload: (file: File) => void
  readonly onNew: () => void
  readonly onFromAccounts: () => void
}

/** What the page does, and every way to begin. */
export function FileChooser({ targets, onPath, onUpload, onNew, onFromAccounts }: FileChooserProps) {
  const upload = useRef<HTMLInputElement>(null)
  const [path, setPath] = useState('')
  const existing = targets.filter(({ exists }) => exists)
  const begin = existing[0] === undefined ? onNew : () => onPath(existing[0]?.path ?? '')
  useMainAction(begin)
  const openTyped = (event: FormEvent) => {
    event.preventDefault()
    if (path.trim() !== '') onPath(path.trim())
  }
  return (
    <div className={chooser.card}>
      <h2 className={chooser.cardTitle}>Which file?</h2>
      <p>
        Problems stand at their line, in msmtp’s own words where msmtp itself would complain, most with a fix to click.
        Below the text you see what msmtp would use. Saving sets mode 0600 and keeps what was there as a backup.
      </p>
      {existing.length > 0 && (
        <ul className={chooser.targets} aria-label="Your files">
          {existing.map((target, index) => (
            <li key={target.path}>
              <IconFile size={18} aria-hidden />
              <span className={chooser.targetWords}>
                <code>{target.path}</code>
                <span className={styles.dim}>{describe(target, index === 0)}</span>
              </span>
              <Button variant={index === 0 ? 'filled' : 'default'} size="xs" onClick={() => onPath(target.path)}>
                Open
              </Button>
            </li>
          ))}
        </ul>
      )}
      {existing.length === 0 && <p className={styles.dim}>msmtp finds no file of yours yet.</p>}
      <div className={styles.buttons}>
        <Button
          variant={existing.length === 0 ? 'filled' : 'default'}
          leftSection={<IconFilePlus size={16} aria-hidden />}
          onClick={onNew}
        >
          New file
        </Button>
        <Button variant="default" leftSection={<IconMailbox size={16} aria-hidden />} onClick={onFromAccounts}>
          Make one from accounts
        </Button>
        <Button
          variant="default"
          leftSection={<IconFolderOpen size={16} aria-hidden />}
          onClick={() => upload.current?.click()}
        >
          Choose a file
        </Button>
      </div>
      <form className={styles.pathForm} onSubmit={openTyped}>
        <TextInput
          className={styles.grow}
          label="Or a path"
          placeholder="/etc/msmtprc"
          value={path}
          spellCheck={false}
          autoComplete="off"
          onChange={event => setPath(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={path.trim() === ''}>
          Open
        </Button>
      </form>
      <p className={styles.hint}>You can also drop a file on this page.</p>
      <input
        ref={upload}
        type="file"
        hidden
        aria-label="Configuration file to open"
        onChange={event => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) onUpload(file)
        }}
      />
    </div>
  )
}

function describe({ mode, ownedByUser }: ConfigFileTarget, first: boolean): string {
  return [
    ...(first ? ['what msmtp reads'] : ['msmtp reads the one above instead']),
    ...(mode === null ? [] : [`mode ${mode}`]),
    ...(ownedByUser === false ? ['not yours'] : []),
  ].join(' · ')
}
