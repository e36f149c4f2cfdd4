import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconFileImport, IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { Loading } from '../shell/loading.tsx'
import { navigate } from '../shell/navigation.ts'
import { Page } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useMainAction } from '../shell/shortcuts.ts'
import { AccountList } from './account-list.tsx'
import { DropZone } from './drop-zone.tsx'
import { EmptyAccounts } from './empty-accounts.tsx'
import { ImportNotes } from './import-notes.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { useAccountActions } from './use-account-actions.ts'
import { useProviderNames } from './use-provider-names.ts'

/** Which accounts there are and whether they work. */
export function AccountsPage() {
  const accounts = useQuery(api.accounts.list.queryOptions())
  const info = useQuery(api.app.info.queryOptions({ staleTime: Infinity }))
  const actions = useAccountActions()
  const providerName = useProviderNames()
  const [renaming, setRenaming] = useState<AccountView | null>(null)
  const fileInput = useRef<HTMLInputElement>(null)
  const add = () => navigate({ page: 'add' })
  useMainAction(add)
  const chooseFile = () => fileInput.current?.click()
  const list = accounts.data

  return (
    <Page
      title="Accounts"
      lead="Each account is one way to send mail: a server, how to reach it, and who you are there."
      actions={
        <>
          <Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={chooseFile}>
            Import a file
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            Add account
          </Button>
        </>
      }
    >
      <input
        ref={fileInput}
        type="file"
        hidden
        aria-label="Configuration file to import"
        onChange={event => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) actions.importFile(file)
        }}
      />
      <DropZone onFile={actions.importFile} />
      {accounts.isPending && <Loading doing="Reading the accounts" />}
      {accounts.error && !list && (
        <ProblemNote what="The accounts could not be read" problem={problemOf(accounts.error)} />
      )}
      {actions.failure && <ProblemNote what={actions.failure.what} problem={actions.failure.problem} />}
      {actions.imported && <ImportNotes result={actions.imported} onClose={actions.forgetImport} />}
      {list && list.length === 0 && (
        <EmptyAccounts
          onAdd={add}
          onPractice={actions.addPractice}
          practicePending={actions.practicePending}
          secretStore={info.data?.secretStore ?? null}
        />
      )}
      {list && list.length > 0 && (
        <AccountList accounts={list} actions={actions} onRename={setRenaming} providerName={providerName} />
      )}
      {renaming && (
        <RenameDialog
          view={renaming}
          taken={(list ?? []).map(view => view.account.name)}
          onRename={name => actions.rename(renaming.account.id, name)}
          onClose={() => setRenaming(null)}
        />
      )}
    </Page>
  )
}
