import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { api, connection, retryConnection } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'
import styles from './banners.module.css'
import { CopyButton } from './copy-button.tsx'
import { useStore } from './store.ts'

/** What concerns every page: the engine is gone, or a store file was kept aside. */
export function Banners() {
  const state = useStore(connection)
  const info = useQuery(api.app.info.queryOptions({ staleTime: Infinity }))
  const accounts = useQuery(api.accounts.list.queryOptions())
  const [storeSeen, setStoreSeen] = useState(false)
  // A store is opened when it is first read, so what is wrong with it is known after the accounts are.
  useEffect(() => {
    if (accounts.dataUpdatedAt > 0) void queryClient.invalidateQueries({ queryKey: api.app.info.key() })
  }, [accounts.dataUpdatedAt])
  const problem = info.data?.storeProblem ?? null
  return (
    <>
      {state.kind === 'lost' && (
        <Banner
          icon={<IconPlugConnectedX size={18} aria-hidden />}
          actions={
            retryConnection && (
              <Button size="compact-xs" variant="default" onClick={retryConnection}>
                Try now
              </Button>
            )
          }
        >
          <strong>The engine cannot be reached.</strong> {state.why}{' '}
          {state.nextTryAt === null
            ? 'Close the window and start Mailwright again.'
            : 'What is on the page is kept; it goes on as soon as the engine answers. If you ended it, run “mailwright ui” and open its new link.'}
        </Banner>
      )}
      {problem && !storeSeen && (
        <Banner
          icon={<IconAlertTriangle size={18} aria-hidden />}
          actions={
            <Button size="compact-xs" variant="default" onClick={() => setStoreSeen(true)}>
              Dismiss
            </Button>
          }
        >
          <strong>{problem.message}</strong> The file was kept as <code>{problem.keptAs}</code>
          <CopyButton text={problem.keptAs} what="path" />
        </Banner>
      )}
    </>
  )
}

type BannerProps = { readonly icon: ReactNode; readonly actions: ReactNode; readonly children: ReactNode }

function Banner({ icon, actions, children }: BannerProps) {
  return (
    <div className={styles.banner} role="status">
      <span className={styles.icon}>{icon}</span>
      <p className={styles.words}>{children}</p>
      {actions}
    </div>
  )
}
