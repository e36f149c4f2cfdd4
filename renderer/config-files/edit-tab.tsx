import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConfigFileTargets } from '#shared/contract/config-files.ts'
import { DropZone } from '../accounts/drop-zone.tsx'
import { api } from '../api/client.ts'
import { Loading } from '../shell/loading.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useStore } from '../shell/store.ts'
import { FileChooser } from './file-chooser.tsx'
import { FileEditor } from './file-editor.tsx'
import { FromAccountsDialog } from './from-accounts-dialog.tsx'
import { openFile } from './open-file.ts'
import { ReplaceDialog } from './replace-dialog.tsx'
import { useConfigFile } from './use-config-file.ts'

type EditTabProps = { readonly targets: ConfigFileTargets }

/** One file at a time: choosing it, or working on it. */
export function EditTab({ targets }: EditTabProps) {
  const file = useStore(openFile)
  const actions = useConfigFile()
  const info = useQuery(api.app.info.queryOptions({ staleTime: Infinity }))
  const [waiting, setWaiting] = useState<(() => void) | null>(null)
  const [fromAccounts, setFromAccounts] = useState(false)
  const target = targets.files[0]?.path ?? '~/.msmtprc'
  // What was typed and not saved is lost only on request.
  const carefully = (work: () => void) => (file?.changed ? setWaiting(() => work) : work())

  return (
    <>
      <DropZone
        words="Drop the file to open it"
        onFile={upload => carefully(() => actions.openUpload(upload, target))}
      />
      {actions.doing === 'opening' && <Loading doing="Reading the file" />}
      {file === null && actions.failure && (
        <ProblemNote what={actions.failure.what} problem={actions.failure.problem} />
      )}
      {file === null && (
        <FileChooser
          targets={targets.files}
          onPath={actions.openPath}
          onUpload={upload => actions.openUpload(upload, target)}
          onNew={() => actions.start('', { name: 'New file', target })}
          onFromAccounts={() => setFromAccounts(true)}
        />
      )}
      {file !== null && info.data && (
        <FileEditor
          key={file.id}
          file={file}
          targets={targets}
          platform={info.data.platform}
          actions={actions}
          onClose={() => carefully(() => actions.close())}
        />
      )}
      {fromAccounts && (
        <FromAccountsDialog
          onMade={({ text, notes, commands }) => {
            setFromAccounts(false)
            actions.start(text, { name: 'From accounts', target, notes, commands })
          }}
          onClose={() => setFromAccounts(false)}
        />
      )}
      {waiting && <ReplaceDialog onDiscard={waiting} onClose={() => setWaiting(null)} />}
    </>
  )
}
