import { useEffect } from 'react'
import { api, client, connection } from '../api/client.ts'
import { queryClient } from '../api/queries.ts'
import { announce } from '../shell/announcer.tsx'
import { useStore } from '../shell/store.ts'

/** Hears of every change of the practice server while a page that shows it is open. */
export function usePracticeWatch(): void {
  const connected = useStore(connection).kind === 'connected'
  useEffect(() => {
    if (!connected) return
    const abort = new AbortController()
    void watch(abort.signal)
    return () => abort.abort()
  }, [connected])
}

async function watch(signal: AbortSignal): Promise<void> {
  try {
    for await (const event of await client.practice.watch(undefined, { signal })) {
      if (signal.aborted) return
      if (event.kind === 'status') queryClient.setQueryData(api.practice.status.queryKey(), event.status)
      else {
        announce(`A message arrived: ${event.entry.subject}`)
        void queryClient.invalidateQueries({ queryKey: api.practice.inbox.key() })
      }
    }
  } catch {
    // The stream ends with the page or with the connection, whose state is shown for itself; the lists stay as they are.
  }
}
