import { Button, FileButton, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconFileUpload, IconMailSearch } from '@tabler/icons-react'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { sentence } from '../form/words.ts'
import { Activity } from '../shell/activity.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useMainAction, useStop } from '../shell/shortcuts.ts'
import styles from './form.module.css'
import { toBase64 } from './message-file.ts'
import { MessageResult } from './message-result.tsx'

type Given = { readonly source: string; readonly encoding: 'text' | 'base64' }

/** SPF, DKIM and DMARC of a message that arrived somewhere. */
export function MessageTab() {
  const [source, setSource] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const [ip, setIp] = useState('')
  const [mailFrom, setMailFrom] = useState('')
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const check = useMutation({
    mutationFn: async () => {
      abort.current = new AbortController()
      const given: Given = file ? { source: await toBase64(file), encoding: 'base64' } : { source, encoding: 'text' }
      const textOf = (text: string) => (text.trim() === '' ? null : text.trim())
      return client.domain.checkMessage(
        { ...given, ip: textOf(ip), mailFrom: textOf(mailFrom) },
        { signal: abort.current.signal },
      )
    },
  })
  const problem = check.error ? problemOf(check.error) : null
  const ready = (file !== null || source.trim() !== '') && !check.isPending
  useMainAction(ready ? () => check.mutate() : null)
  const stop = () => {
    abort.current?.abort()
    // What comes of it now is not wanted: not a result, nor the error of having been stopped.
    check.reset()
  }
  useStop(check.isPending ? stop : null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    check.mutate()
  }
  return (
    <>
      <form onSubmit={submit} noValidate className={styles.form}>
        <Textarea
          label="Source of the message"
          description="With its whole header: “Show original” in Gmail, “View source” elsewhere. It stays on this machine; only the DNS is asked."
          classNames={{ input: styles.source_text ?? '' }}
          rows={9}
          spellCheck={false}
          disabled={file !== null}
          value={file === null ? source : `${file.name} is checked as it is, byte for byte.`}
          onChange={event => setSource(event.currentTarget.value)}
        />
        <div className={styles.moreFields}>
          <TextInput
            label="Sending address (IP)"
            description="Where the header does not tell, or your own relay stands in between"
            placeholder="192.0.2.10"
            value={ip}
            error={problem?.field === 'ip' ? sentence(problem.message, problem.remedy) : null}
            onChange={event => setIp(event.currentTarget.value)}
          />
          <TextInput
            label="MAIL FROM"
            description="Where there is no Return-Path"
            placeholder="bounce@example.org"
            value={mailFrom}
            onChange={event => setMailFrom(event.currentTarget.value)}
          />
        </div>
        <div className={styles.formEnd}>
          <Button type="submit" disabled={!ready} leftSection={<IconMailSearch size={16} aria-hidden />}>
            Check the message
          </Button>
          {file === null ? (
            <FileButton onChange={setFile} accept=".eml,message/rfc822,text/plain">
              {props => (
                <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden />}>
                  Choose a file
                </Button>
              )}
            </FileButton>
          ) : (
            <Button variant="default" onClick={() => setFile(null)}>
              Paste instead
            </Button>
          )}
        </div>
      </form>
      {check.isPending && (
        <Activity
          doing="Checking signatures and records"
          startedAt={check.submittedAt - performance.timeOrigin}
          onStop={stop}
        />
      )}
      {problem && problem.field !== 'ip' && <ProblemNote what="The message was not checked" problem={problem} />}
      {check.data && <MessageResult check={check.data} />}
    </>
  )
}
