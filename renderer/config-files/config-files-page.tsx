import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { Loading } from '../shell/loading.tsx'
import { navigate } from '../shell/navigation.ts'
import { Page } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { CONFIG_FILES_TABS, type ConfigFilesTab } from '../shell/route.ts'
import { useStore } from '../shell/store.ts'
import styles from './config-files.module.css'
import { openFile } from './open-file.ts'

const EditTab = lazy(async () => ({ default: (await import('./edit-tab.tsx')).EditTab }))
const ConvertTab = lazy(async () => ({ default: (await import('./convert-tab.tsx')).ConvertTab }))

const TAB_NAMES: Readonly<Record<ConfigFilesTab, string>> = { edit: 'Edit an msmtprc', convert: 'Convert' }

/** What stands in a configuration file, what msmtp makes of it, and the same for another program. */
export function ConfigFilesPage({ tab }: { readonly tab: ConfigFilesTab }) {
  const targets = useQuery(api.configFiles.targets.queryOptions())
  const changed = useStore(openFile)?.changed ?? false
  const goTo = (next: string | null) => {
    const known = CONFIG_FILES_TABS.find(candidate => candidate === next)
    if (known) navigate({ page: 'config-files', tab: known })
  }
  return (
    <Page
      title="Config files"
      wide
      lead="Read and mend an msmtprc, see what msmtp would use, and carry settings to another program. No command of a file is run here."
    >
      <Tabs value={tab} onChange={goTo} keepMounted={false}>
        <Tabs.List>
          {CONFIG_FILES_TABS.map(name => (
            <Tabs.Tab key={name} value={name}>
              {TAB_NAMES[name]}
              {name === 'edit' && changed && (
                <>
                  <span className={styles.unsaved} aria-hidden />
                  <span className="mw-unseen">, not saved</span>
                </>
              )}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={styles.panel}>
          <Suspense fallback={<Loading doing="Opening" />}>
            {tab === 'convert' && <ConvertTab />}
            {tab === 'edit' && targets.data && <EditTab targets={targets.data} />}
          </Suspense>
          {tab === 'edit' && targets.isPending && <Loading doing="Looking where msmtp keeps its file" />}
          {tab === 'edit' && targets.error && (
            <ProblemNote what="It is not known where msmtp keeps its file" problem={problemOf(targets.error)} />
          )}
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
