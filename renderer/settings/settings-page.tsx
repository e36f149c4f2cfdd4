import { useMutation, useQuery } from '@tanstack/react-query'
import type { SettingsChange } from '#shared/contract/settings.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { announce } from '../shell/announcer.tsx'
import { Loading } from '../shell/loading.tsx'
import { Page, Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { DeleteEverything } from './delete-everything.tsx'
import { ProgramSettings } from './program-settings.tsx'
import { StorageList } from './storage-list.tsx'

/** How the program behaves, and what it keeps where. */
export function SettingsPage() {
  const settings = useQuery(api.settings.get.queryOptions({ staleTime: Infinity }))
  const info = useQuery(api.app.info.queryOptions({ staleTime: Infinity }))
  const storage = useQuery(api.storage.info.queryOptions({ staleTime: 0 }))
  const update = useMutation(
    api.settings.update.mutationOptions({
      onSuccess: saved => {
        queryClient.setQueryData(api.settings.get.queryKey(), saved)
        announce('Saved')
      },
    }),
  )
  const deleteAll = useMutation(
    api.storage.deleteAll.mutationOptions({ onSuccess: () => void queryClient.invalidateQueries() }),
  )
  return (
    <Page title="Settings" lead="Changes take effect at once.">
      {settings.isPending && <Loading doing="Reading the settings" />}
      {settings.error && <ProblemNote what="The settings could not be read" problem={problemOf(settings.error)} />}
      {settings.data && (
        <ProgramSettings
          settings={settings.data}
          problem={update.error ? problemOf(update.error) : null}
          onChange={(change: SettingsChange) => update.mutate(change)}
        />
      )}
      {storage.error && <ProblemNote what="What is stored could not be listed" problem={problemOf(storage.error)} />}
      {storage.data && info.data && <StorageList storage={storage.data} info={info.data} />}
      <Section title="Delete everything">
        <DeleteEverything
          pending={deleteAll.isPending}
          problem={deleteAll.error ? problemOf(deleteAll.error) : null}
          done={deleteAll.isSuccess}
          onDelete={() => deleteAll.mutate({ confirm: 'delete everything' })}
        />
      </Section>
    </Page>
  )
}
