import { Button } from '@mantine/core'
import type { InboxEntry } from '#shared/contract/practice.ts'
import { Ago } from '../shell/ago.tsx'
import { Loading } from '../shell/loading.tsx'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { printSize } from '../shell/time.ts'
import { MessageView } from './message-view.tsx'
import styles from './practice.module.css'
import type { InboxState } from './use-inbox.ts'

type InboxProps = { readonly inbox: InboxState }

/** What arrived, newest first, and one message opened. */
export function Inbox({ inbox }: InboxProps) {
  const { entries, openedId, message } = inbox
  const some = entries !== null && entries.length > 0
  return (
    <Section
      title={some ? `Inbox (${entries.length})` : 'Inbox'}
      actions={
        some && (
          <Button size="xs" variant="default" loading={inbox.clearing} onClick={inbox.clear}>
            Empty the inbox
          </Button>
        )
      }
    >
      {inbox.problem && <ProblemNote what="The inbox could not be read" problem={inbox.problem} />}
      {entries === null && !inbox.problem && <Loading doing="Reading the inbox" />}
      {entries?.length === 0 && (
        <p className={styles.none}>Nothing arrived yet. Make an account above and press “Send test email” there.</p>
      )}
      {some && (
        <div className={styles.inbox}>
          <ul className={styles.messages} aria-label="Messages">
            {entries.map(entry => (
              <li key={entry.id}>
                <MessageButton entry={entry} current={entry.id === openedId} onOpen={() => inbox.open(entry.id)} />
              </li>
            ))}
          </ul>
          {message ? <MessageView key={message.id} message={message} /> : <Loading doing="Reading the message" />}
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
