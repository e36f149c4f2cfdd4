import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { InboxMessage } from '#shared/contract/practice.ts'
import { assertNever } from '#shared/result.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { framedMessage } from './framed-message.ts'
import styles from './practice.module.css'

type View = 'text' | 'html' | 'headers' | 'source'

const NAMES: Readonly<Record<View, string>> = { text: 'Text', html: 'HTML', headers: 'Headers', source: 'Source' }

type MessageViewProps = { readonly message: InboxMessage }

/** One message: as text, as HTML in a frame that can do nothing, its headers, its source. */
export function MessageView({ message }: MessageViewProps) {
  const views: readonly View[] = [
    ...(message.text === null ? [] : (['text'] as const)),
    ...(message.html === null ? [] : (['html'] as const)),
    'headers',
    'source',
  ]
  const [chosen, setChosen] = useState<View | null>(null)
  const view = chosen ?? views[0] ?? 'source'
  return (
    <article className={styles.opened} aria-label={message.subject === '' ? 'Message' : message.subject}>
      <h3 className={styles.openedSubject}>{message.subject === '' ? '(no subject)' : message.subject}</h3>
      <dl className={styles.facts}>
        <dt>MAIL FROM</dt>
        <dd>{message.mailFrom === '' ? '<>' : message.mailFrom}</dd>
        <dt>RCPT TO</dt>
        <dd>{message.rcptTo.join(', ')}</dd>
        <dt>Signed in as</dt>
        <dd>{message.signedInAs ?? 'nobody'}</dd>
      </dl>
      <div className={styles.tools}>
        <SegmentedControl
          size="xs"
          aria-label="How to show the message"
          data={views.map(value => ({ value, label: NAMES[value] }))}
          value={view}
          onChange={value => setChosen(views.find(one => one === value) ?? null)}
        />
        <CopyButton text={message.source} what="source" labelled />
      </div>
      <MessageBody message={message} view={view} />
    </article>
  )
}

function MessageBody({ message, view }: { readonly message: InboxMessage; readonly view: View }) {
  switch (view) {
    case 'text':
      return (
        <pre className={styles.text} tabIndex={0} aria-label="Text">
          {message.text}
        </pre>
      )
    case 'html':
      // No script, no form, no navigation, no origin: `sandbox` without a word in it allows nothing.
      return <iframe className={styles.frame} title="Message" sandbox="" srcDoc={framedMessage(message.html ?? '')} />
    case 'headers':
      return (
        <dl className={styles.headers}>
          {message.headers.map((header, index) => (
            <div key={`${index} ${header.name}`}>
              <dt>{header.name}</dt>
              <dd>{header.value}</dd>
            </div>
          ))}
        </dl>
      )
    case 'source':
      return (
        <pre className={styles.text} tabIndex={0} aria-label="Source">
          {message.source}
        </pre>
      )
    default:
      return assertNever(view)
  }
}
