import { Button } from '@mantine/core'
import { IconDownload, IconUserPlus, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { encodeBytes } from '#shared/msmtprc/bytes.ts'
import { ImportNotes } from '../accounts/import-notes.tsx'
import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { saveFile } from '../shell/save-file.ts'
import styles from './config-files.module.css'
import { heldState } from './held-state.ts'
import type { OpenFile } from './open-file.ts'

type FileHeadProps = { readonly file: OpenFile; readonly onClose: () => void }

/** Which file it is, and what else can be done with it. */
export function FileHead({ file, onClose }: FileHeadProps) {
  const make = useMutation(api.accounts.importText.mutationOptions({ onSettled: () => void refreshAccounts() }))
  const { facts } = file
  return (
    <>
      <div className={styles.head}>
        <div className={styles.headWords}>
          <h2 className={styles.fileName}>{file.name}</h2>
          <p className={styles.dim}>
            {file.path === null ? 'Not on this machine yet' : facts === null ? 'On this machine' : printFacts(facts)}
            {file.changed && <span className={styles.unsavedWords}> · Not saved yet</span>}
          </p>
        </div>
        <div className={styles.buttons}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconUserPlus size={14} aria-hidden />}
            loading={make.isPending}
            onClick={() => make.mutate({ format: 'msmtprc', text: heldState.get()?.sliceDoc() ?? '' })}
          >
            Make accounts from it
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() =>
              saveFile('msmtprc', 'application/octet-stream', encodeBytes(heldState.get()?.sliceDoc() ?? ''))
            }
          >
            Download
          </Button>
          <Button size="xs" variant="default" leftSection={<IconX size={14} aria-hidden />} onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
      {file.notes.length > 0 && (
        <ul className={styles.notes}>
          {file.notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {file.commands.map(({ label, command }) => (
        <div key={command} className={styles.command}>
          <span>{label}</span>
          <div className={styles.commandLine}>
            <code>{command}</code>
            <CopyButton text={command} what="command" />
          </div>
        </div>
      ))}
      {make.error && <ProblemNote what="No accounts were made" problem={problemOf(make.error)} />}
      {make.data && <ImportNotes result={make.data} onClose={make.reset} />}
    </>
  )
}

function printFacts({ mode, ownedByUser }: NonNullable<OpenFile['facts']>): string {
  return `Mode ${mode.toString(8).padStart(4, '0')} · ${ownedByUser ? 'yours' : 'not yours'}`
}
