import { Button, FileButton, Textarea, TextInput } from '@mantine/core'
import { IconFileUpload, IconSearch } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { DropZone } from '../accounts/drop-zone.tsx'
import { useMainAction } from '../shell/shortcuts.ts'
import type { Typed } from './troubleshoot-state.ts'
import styles from './troubleshoot.module.css'

/** What the engine of the page reads in under two seconds. */
const LARGEST_BYTES = 10_000_000
/** A text box with more than this makes typing slow; the whole text is read all the same. */
const SHOWN = 200_000

type TextStepProps = {
  readonly typed: Typed
  readonly onType: (typed: Partial<Typed>) => void
  readonly onRead: () => void
  /** A saved report was dropped instead. */
  readonly onReport: (name: string, text: string) => boolean
}

/** Any error text: pasted, or a file dropped on the window. Nothing of it leaves this machine. */
export function TextStep({ typed, onType, onRead, onReport }: TextStepProps) {
  const [fault, setFault] = useState<string | null>(null)
  const take = async (file: File) => {
    if (file.size > LARGEST_BYTES) {
      return setFault(
        `“${file.name}” has ${Math.round(file.size / 1e6)} MB; up to 10 MB can be read. Cut out the part that matters.`,
      )
    }
    const text = await file.text()
    if (file.name.endsWith('.json') && onReport(file.name, text)) return
    setFault(null)
    onType({ text, fileName: file.name })
  }
  const read = () => {
    if (typed.text.trim() === '') return setFault('Paste the text first, or drop a file.')
    setFault(null)
    onRead()
  }
  useMainAction(read)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    read()
  }
  const large = typed.text.length > SHOWN
  return (
    <form onSubmit={submit} noValidate className={styles.where} data-wide>
      <DropZone onFile={file => void take(file)} words="Drop the log, the bounce or a saved report" />
      <h2 className={styles.question}>What does it say?</h2>
      {large ? (
        <p className={styles.file}>
          {typed.fileName ?? 'The text'}: {typed.text.length.toLocaleString()} characters.{' '}
          <Button size="compact-sm" variant="default" onClick={() => onType({ text: '', fileName: null })}>
            Take it away
          </Button>
        </p>
      ) : (
        <Textarea
          label="Error text"
          description="An error message, a log, a bounce, a stack trace: whole, with the lines around it. Passwords in it are masked before it is read."
          autosize
          minRows={8}
          maxRows={18}
          classNames={{ input: styles.mono ?? '' }}
          value={typed.text}
          error={fault}
          spellCheck={false}
          onChange={event => {
            setFault(null)
            onType({ text: event.currentTarget.value, fileName: null })
          }}
        />
      )}
      {large && fault !== null && <p role="alert">{fault}</p>}
      <div className={styles.row}>
        <TextInput
          className={styles.grow}
          label="Mail server, if you know it"
          value={typed.textHost}
          autoComplete="off"
          spellCheck={false}
          onChange={event => onType({ textHost: event.currentTarget.value })}
        />
        <TextInput
          label="Port, if you know it"
          inputMode="numeric"
          value={typed.textPort}
          autoComplete="off"
          onChange={event => onType({ textPort: event.currentTarget.value })}
        />
      </div>
      <div className={styles.bar}>
        <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
          Read the text
        </Button>
        <FileButton onChange={file => file && void take(file)}>
          {props => (
            <Button variant="default" leftSection={<IconFileUpload size={16} aria-hidden />} {...props}>
              Open a file
            </Button>
          )}
        </FileButton>
      </div>
    </form>
  )
}
