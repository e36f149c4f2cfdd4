import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { IconCircleCheck, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import type { PracticeEndpoint } from '#shared/contract/practice.ts'
import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { Activity } from '../shell/activity.tsx'
import { Loading } from '../shell/loading.tsx'
import { navigate } from '../shell/navigation.ts'
import { Page } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useMainAction } from '../shell/shortcuts.ts'
import { Endpoints } from './endpoints.tsx'
import { FaultList } from './fault-list.tsx'
import { Inbox } from './inbox.tsx'
import styles from './practice.module.css'
import { useInbox } from './use-inbox.ts'
import { usePracticeWatch } from './use-practice-watch.ts'

/** A mail server to try things with: nothing leaves this machine. */
export function PracticePage() {
  usePracticeWatch()
  const status = useQuery(api.practice.status.queryOptions({ staleTime: 0 }))
  const keep = {
    onSuccess: (next: NonNullable<typeof status.data>) => {
      queryClient.setQueryData(api.practice.status.queryKey(), next)
      void queryClient.invalidateQueries({ queryKey: api.practice.inbox.key() })
    },
  }
  const start = useMutation(api.practice.start.mutationOptions(keep))
  const stop = useMutation(api.practice.stop.mutationOptions(keep))
  const setFaults = useMutation(
    api.practice.setFaults.mutationOptions({
      ...keep,
      // A switch moves at once; the server's answer sets it right should it disagree.
      onMutate: ({ active }) =>
        queryClient.setQueryData(api.practice.status.queryKey(), known => known && { ...known, active }),
      onError: () => void status.refetch(),
    }),
  )
  const createAccount = useMutation(
    api.practice.createAccount.mutationOptions({
      onSuccess: view => {
        void refreshAccounts()
        navigate({ page: 'account', id: view.account.id, tab: 'path' })
      },
    }),
  )
  const make = (endpoint: PracticeEndpoint | null) => createAccount.mutate({ endpoint })
  const running = status.data?.running ?? false
  const inbox = useInbox(running)
  const busy = start.isPending || stop.isPending
  useMainAction(running || busy ? null : () => start.mutate({}))
  const failed = start.error ?? stop.error ?? setFaults.error ?? createAccount.error

  return (
    <Page
      title="Practice"
      lead="A mail server, a DNS server and an inbox, built in. They listen on this machine only, and no message leaves it."
      actions={
        running ? (
          <>
            <Button
              variant="default"
              leftSection={<IconPlayerStop size={16} aria-hidden />}
              loading={stop.isPending}
              onClick={() => stop.mutate({})}
            >
              Stop the server
            </Button>
            <Button loading={createAccount.isPending} onClick={() => make(null)}>
              Make an account
            </Button>
          </>
        ) : (
          <Button
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            loading={start.isPending}
            onClick={() => start.mutate({})}
          >
            Start the server
          </Button>
        )
      }
    >
      {status.isPending && <Loading doing="Asking the practice server" />}
      {start.isPending && (
        <Activity
          doing="Making certificates and opening ports"
          startedAt={start.submittedAt - performance.timeOrigin}
        />
      )}
      {status.error && (
        <ProblemNote what="The practice server's state is not known" problem={problemOf(status.error)} />
      )}
      {failed && <ProblemNote what="That was not done" problem={problemOf(failed)} />}
      {status.data && !running && !start.isPending && (
        <div className={styles.empty}>
          <p>
            <strong>Start it</strong> to get addresses and a password that work at once. Then make an account from it,
            test it, switch on a fault and see how the fault shows itself, and read the messages that arrived.
          </p>
        </div>
      )}
      {status.data && running && (
        <>
          <p className={styles.state}>
            <IconCircleCheck size={17} aria-hidden />
            <span>
              Running for <code>{status.data.domain}</code>
              {status.data.active.length > 0 &&
                `, with ${status.data.active.length} ${status.data.active.length === 1 ? 'fault' : 'faults'} on`}
            </span>
          </p>
          <Endpoints status={status.data} pending={createAccount.isPending} onMakeAccount={make} />
          <FaultList
            faults={status.data.faults}
            active={status.data.active}
            pending={setFaults.isPending}
            onChange={active => setFaults.mutate({ active: [...active] })}
          />
          <Inbox inbox={inbox} />
        </>
      )}
    </Page>
  )
}
