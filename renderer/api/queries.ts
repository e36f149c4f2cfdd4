import { QueryClient } from '@tanstack/react-query'
import { connection } from './client.ts'

/*
 * The engine is on this machine: an answer is asked for again when something changed, not by the clock, and a
 * failure is shown at once instead of being tried three times.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
})

// What failed while the engine was gone is asked again once it is back.
let wasConnected = false
connection.subscribe(() => {
  const connected = connection.get().kind === 'connected'
  if (connected && !wasConnected) void queryClient.invalidateQueries()
  wasConnected = connected
})
