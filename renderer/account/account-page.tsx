import { Anchor, Button, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconPlugConnected, IconSend } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import { api, client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { isRunning, NO_RUN, stateOfReport } from '../run/run-state.ts'
import { runOf, stopRun } from '../run/runs.ts'
import { Loading } from '../shell/loading.tsx'
import { navigate } from '../shell/navigation.ts'
import { Page } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { ACCOUNT_TABS, type AccountTab, printRoute } from '../shell/route.ts'
import { keysFor, useMainAction, useStop } from '../shell/shortcuts.ts'
import { useStore } from '../shell/store.ts'
import styles from './account-page.module.css'
import { PathTab } from './path-tab.tsx'
import { runAccount, runKey } from './run-account.ts'
import { SendDialog } from './send-dialog.tsx'
import { hasDraft, settingsDrafts } from './settings-draft.ts'

const TranscriptTab = lazy(async () => ({ default: (await import('../transcript/transcript-tab.tsx')).TranscriptTab }))
const CertificateTab = lazy(async () => ({ default: (await import('./certificate-tab.tsx')).CertificateTab }))
const SettingsTab = lazy(async () => ({ default: (await import('./settings-tab.tsx')).SettingsTab }))
const ExportTab = lazy(async () => ({ default: (await import('./export-tab.tsx')).ExportTab }))
const HistoryTab = lazy(async () => ({ default: (await import('./history-tab.tsx')).HistoryTab }))

type AccountPageProps = { readonly id: string; readonly tab: AccountTab }

/** Does this account work, and if not, why. */
export function AccountPage({ id, tab }: AccountPageProps) {
  const account = useQuery(api.accounts.get.queryOptions({ input: { id } }))
  // What was read once stays on the page, also while the engine is gone.
  if (account.data) return <LoadedAccount view={account.data} tab={tab} />
  return (
    <Page title="Account">
      {account.error ? (
        <ProblemNote
          what="The account cannot be shown"
          problem={problemOf(account.error)}
          action={<Anchor href={printRoute({ page: 'accounts' })}>All accounts</Anchor>}
        />
      ) : (
        <Loading doing="Reading the account" />
      )}
    </Page>
  )
}

const TAB_NAMES: Readonly<Record<AccountTab, string>> = {
  path: 'Path',
  transcript: 'Transcript',
  certificate: 'Certificate',
  settings: 'Settings',
  export: 'Export',
  history: 'History',
}

function LoadedAccount({ view, tab }: { readonly view: AccountView; readonly tab: AccountTab }) {
  const { account } = view
  const [sendOpen, setSendOpen] = useState(false)
  const [shownLine, setShownLine] = useState<number | null>(null)
  const live = useStore(runOf(runKey(account.id)))
  const drafted = hasDraft(useStore(settingsDrafts), account.id)
  const lastRunId = view.lastRun?.id ?? null
  const stored = useQuery({
    ...api.runs.report.queryOptions({ input: { runId: lastRunId ?? '' }, staleTime: Infinity }),
    enabled: live.phase === 'none' && lastRunId !== null,
  })
  const run = live.phase === 'none' && stored.data ? stateOfReport(stored.data) : live.phase === 'none' ? NO_RUN : live
  const running = isRunning(live)
  const test = () => {
    navigate({ page: 'account', id: account.id, tab: 'path' })
    void runAccount({ id: account.id, purpose: 'test' })
  }
  const stop = () => stopRun(runKey(account.id), runId => client.runs.stop({ runId }))
  // Settings and export have a main action of their own.
  useMainAction(running || tab === 'settings' || tab === 'export' ? null : test)
  useStop(running ? stop : null)
  const goTo = (next: string | null) => {
    const known = ACCOUNT_TABS.find(candidate => candidate === next)
    if (known) navigate({ page: 'account', id: account.id, tab: known })
  }
  const showLine = (index: number) => {
    setShownLine(index)
    goTo('transcript')
  }

  return (
    <Page
      title={account.name}
      wide
      lead={<AccountLead view={view} />}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconSend size={16} aria-hidden />}
            disabled={running}
            onClick={() => setSendOpen(true)}
          >
            Send test email
          </Button>
          <Button
            leftSection={<IconPlugConnected size={16} aria-hidden />}
            disabled={running}
            onClick={test}
            title={`Signs in and sends no message (${keysFor('Enter')})`}
          >
            Test connection
          </Button>
        </>
      }
    >
      <Tabs value={tab} onChange={goTo} keepMounted={false} className={styles.tabs}>
        <Tabs.List>
          {ACCOUNT_TABS.map(name => (
            <Tabs.Tab key={name} value={name}>
              {TAB_NAMES[name]}
              {name === 'settings' && drafted && (
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
            {tab === 'path' && (
              <PathTab view={view} run={run} onStop={stop} onShowLine={showLine} onSend={() => setSendOpen(true)} />
            )}
            {tab === 'transcript' && <TranscriptTab run={run} name={account.name} shownLine={shownLine} />}
            {tab === 'certificate' && <CertificateTab run={run} />}
            {tab === 'settings' && <SettingsTab view={view} />}
            {tab === 'export' && <ExportTab view={view} />}
            {tab === 'history' && <HistoryTab view={view} />}
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      {sendOpen && (
        <SendDialog
          suggested={account.from ?? account.user ?? ''}
          onSend={sendTo => {
            navigate({ page: 'account', id: account.id, tab: 'path' })
            void runAccount({ id: account.id, purpose: 'send', sendTo })
          }}
          onClose={() => setSendOpen(false)}
        />
      )}
    </Page>
  )
}

function AccountLead({ view: { account, isDefault } }: { readonly view: AccountView }) {
  const parts = [account.from ?? account.user, account.socket ?? account.host, isDefault ? 'default account' : null]
  return <>{parts.filter(part => part !== null && part !== '').join(' · ')}</>
}
