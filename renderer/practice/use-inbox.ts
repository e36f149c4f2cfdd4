import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { InboxEntry, InboxMessage } from '#shared/contract/practice.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'

export type InboxState = {
  /** Newest first; null until they were read. */
  readonly entries: readonly InboxEntry[] | null
  readonly openedId: string | null
  readonly message: InboxMessage | null
  readonly problem: ProblemData | null
  readonly clearing: boolean
  readonly open: (id: string) => void
  readonly clear: () => void
}

/** The practice inbox, and the message of it that is open: the newest unless another was chosen. */
export function useInbox(running: boolean): InboxState {
  const inbox = useQuery({ ...api.practice.inbox.queryOptions({ staleTime: 0 }), enabled: running })
  const [chosen, setChosen] = useState<string | null>(null)
  const entries = inbox.data?.toSorted((a, b) => b.receivedAt.localeCompare(a.receivedAt)) ?? null
  const openedId = (entries?.find(entry => entry.id === chosen) ?? entries?.[0])?.id ?? null
  const message = useQuery({
    ...api.practice.message.queryOptions({ input: { id: openedId ?? '' }, staleTime: Infinity }),
    enabled: openedId !== null,
  })
  const clear = useMutation(
    api.practice.clearInbox.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.practice.key() }),
    }),
  )
  const error = clear.error ?? inbox.error ?? message.error
  return {
    entries,
    openedId,
    message: message.data ?? null,
    problem: error ? problemOf(error) : null,
    clearing: clear.isPending,
    open: setChosen,
    clear: () => clear.mutate({}),
  }
}
