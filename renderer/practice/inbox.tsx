import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { InboxEntry } from '#shared/contract/practice.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { Ago } from '../shell/ago.tsx'
import { Loading } from '../shell/loading.tsx'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { printSize } from '../shell/time.ts'
import { MessageView } from './message-view.tsx'
import styles from './practice.module.css'

/** What arrived, newest first, and one message opened. */
export function Inbox() {
  const inbox = useQuery(api.practice.inbox.queryOptions({ staleTime: 0 }))
  const [openedId, setOpenedId] = useState<string | null>(null)
  const clear = useMutation(
    api.practice.clearInbox.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.practice.key() }),
    }),
  )
  const entries = (inbox.data ?? []).toSorted((a, b) => b.receivedAt.localeCompare(a.receivedAt))
  const opened = entries.find(entry => entry.id === openedId) ?? entries[0]
  return (
    <Section
      title={entries.length === 0 ? 'Inbox' : `Inbox (${entries.length})`}
      actions={
        entries.length > 0 && (
          <Button size="xs" variant="default" loading={clear.isPending} onClick={() => clear.mutate({})}>
            Empty the inbox
          </Button>
        )
      }
    >
      {inbox.isPending && <Loading doing="Reading the inbox" />}
      {inbox.error && <ProblemNote what="The inbox could not be read" problem={problemOf(inbox.error)} />}
      {inbox.data && entries.length === 0 && (
        <p className={styles.none}>Nothing arrived yet. Make an account above and press “Send test email” there.</p>
      )}
      {opened && (
        <div className={styles.inbox}>
          <ul className={styles.messages} aria-label="Messages">
            {entries.map(entry => (
              <li key={entry.id}>
                <MessageButton entry={entry} current={entry.id === opened.id} onOpen={() => setOpenedId(entry.id)} />
              </li>
            ))}
          </ul>
          <MessageView key={opened.id} id={opened.id} />
        </div>
      )}
    </Section>
  )
}

type MessageButtonProps = { readonly entry: InboxEntry; readonly current: boolean; readonly onOpen: () => void }

function MessageButton({ entry, current, onOpen }: MessageButtonProps) {
  return (
    <button type="button" className={styles.message} aria-current={current} onClick={onOpen}>
      <span className={styles.subject}>{entry.subject === '' ? '(no subject)' : entry.subject}</span>
      <span className={styles.meta}>{entry.from}</span>
      <span className={styles.meta}>
        <Ago at={entry.receivedAt} /> · {printSize(entry.sizeBytes)} · {entry.encrypted ? 'encrypted' : 'not encrypted'}
      </span>
    </button>
  )
}
