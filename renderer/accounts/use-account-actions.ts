import { useState } from 'react'
import type { AccountView, ImportResult } from '#shared/contract/account-view.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { api, client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { announce } from '../shell/announcer.tsx'
import { navigate } from '../shell/navigation.ts'
import { offerUndo } from '../shell/offer-undo.tsx'

/** As the contract: more would be refused. */
const IMPORT_LIMIT = 4_000_000

export type AccountActions = ReturnType<typeof useAccountActions>

/** Everything that the list can do to accounts, and what went wrong with the last of it. */
export function useAccountActions() {
  const [failure, setFailure] = useState<{ readonly what: string; readonly problem: ProblemData } | null>(null)
  const [imported, setImported] = useState<ImportResult | null>(null)
  const [practicePending, setPracticePending] = useState(false)

  const attempt = async <T>(what: string, call: () => Promise<T>): Promise<T | null> => {
    setFailure(null)
    try {
      return await call()
    } catch (error) {
      setFailure({ what, problem: problemOf(error) })
      return null
    } finally {
      await refreshAccounts()
    }
  }

  const remove = async (view: AccountView) => {
    const { id, name } = view.account
    const removed = await attempt(`“${name}” was not removed`, () => client.accounts.remove({ id }))
    if (!removed) return
    announce(`Removed ${name}`)
    offerUndo(`“${name}” was removed`, () =>
      attempt(`“${name}” was not brought back`, () => client.accounts.restore({ undo: removed.undo })),
    )
  }

  const importFile = async (file: File) => {
    setImported(null)
    const result = await attempt(`“${file.name}” was not imported`, async () => {
      if (file.size > IMPORT_LIMIT)
        throw new Error('The file is larger than 4 MB; no configuration file is that large.')
      return client.accounts.importText({ format: 'auto', text: await file.text() })
    })
    if (result) setImported(result)
  }

  const addPractice = async () => {
    setPracticePending(true)
    const made = await attempt('The practice server did not start', async () => {
      await client.practice.start()
      return client.practice.createAccount({ endpoint: null })
    })
    setPracticePending(false)
    if (made) navigate({ page: 'account', id: made.account.id, tab: 'path' })
  }

  return {
    failure,
    imported,
    practicePending,
    forgetImport: () => setImported(null),
    remove: (view: AccountView) => void remove(view),
    importFile: (file: File) => void importFile(file),
    addPractice: () => void addPractice(),
    duplicate: (view: AccountView) =>
      void attempt('The account was not copied', () => client.accounts.duplicate({ id: view.account.id })),
    setDefault: (view: AccountView) =>
      void attempt('The default was not changed', () => client.accounts.setDefault({ id: view.account.id })),
    /** Throws what the engine says, for the dialog to show beside its field. */
    rename: async (id: string, name: string) => {
      await client.accounts.update({ id, name })
      await refreshAccounts()
    },
  }
}

export function refreshAccounts(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: api.accounts.key() })
}
