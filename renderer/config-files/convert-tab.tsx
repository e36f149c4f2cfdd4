import { Button, NativeSelect, Switch, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconFolderOpen, IconUserPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { TEXT_MAX_CHARACTERS } from '#shared/formats/format.ts'
import { DropZone } from '../accounts/drop-zone.tsx'
import { ImportNotes } from '../accounts/import-notes.tsx'
import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { api } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useStore } from '../shell/store.ts'
import styles from './convert.module.css'
import { conversionInput, runConversion } from './conversion.ts'
import { formatName, READ_CHOICES, WRITE_CHOICES } from './format-choices.ts'
import { heldState } from './held-state.ts'
import { WrittenSide } from './written-side.tsx'

const TYPING_MS = 200

/** The same settings for another program: what is read on the left, what is written on the right. */
export function ConvertTab() {
  const input = useStore(conversionInput)
  const [settled] = useDebouncedValue(input, TYPING_MS)
  const converted = useMemo(() => runConversion(settled), [settled])
  const [tooLong, setTooLong] = useState<string | null>(null)
  const upload = useRef<HTMLInputElement>(null)
  const make = useMutation(api.accounts.importText.mutationOptions({ onSettled: () => void refreshAccounts() }))
  const opened = heldState.get()
  const take = async (file: File) => {
    setTooLong(file.size > TEXT_MAX_CHARACTERS ? file.name : null)
    if (file.size <= TEXT_MAX_CHARACTERS) conversionInput.dispatch({ source: await file.text(), from: 'auto' })
  }
  const recognised = converted.kind === 'converted' && input.from === 'auto' ? converted.conversion.from : null

  return (
    <>
      <DropZone words="Drop the file to convert it" onFile={file => void take(file)} />
      {tooLong !== null && (
        <ProblemNote
          what={`“${tooLong}” was not read`}
          problem={{
            code: 'bad-input',
            message: 'It is longer than a million characters; no mail settings are that long.',
            field: null,
            remedy: null,
          }}
        />
      )}
      {make.error && <ProblemNote what="No account was made" problem={problemOf(make.error)} />}
      {make.data && <ImportNotes result={make.data} onClose={make.reset} />}
      <div className={styles.sides}>
        <section className={styles.side} aria-label="What is read">
          <div className={styles.sideHead}>
            <NativeSelect
              label="From"
              data={[...READ_CHOICES]}
              value={input.from}
              onChange={event => conversionInput.dispatch({ from: event.currentTarget.value })}
            />
            <Button
              variant="default"
              leftSection={<IconFolderOpen size={16} aria-hidden />}
              onClick={() => upload.current?.click()}
            >
              Choose a file
            </Button>
          </div>
          <Textarea
            className={styles.source}
            label="Settings to convert"
            placeholder="Paste them here, or drop a file"
            value={input.source}
            spellCheck={false}
            autoComplete="off"
            onChange={event => conversionInput.dispatch({ source: event.currentTarget.value })}
          />
          <p className={styles.hint}>
            {recognised !== null && `This is ${formatName(recognised)}. `}What you paste stays in this page.
          </p>
          <div className={styles.buttons}>
            {opened !== null && opened.doc.length <= TEXT_MAX_CHARACTERS && (
              <Button
                size="xs"
                variant="default"
                onClick={() => conversionInput.dispatch({ source: opened.sliceDoc(), from: 'msmtprc' })}
              >
                Take the file from the editor
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              leftSection={<IconUserPlus size={14} aria-hidden />}
              disabled={converted.kind !== 'converted'}
              loading={make.isPending}
              onClick={() => make.mutate({ format: recognised ?? input.from, text: input.source })}
            >
              Make an account from it
            </Button>
            <Switch
              size="sm"
              label="Write the password too"
              checked={input.withSecret}
              onChange={event => conversionInput.dispatch({ withSecret: event.currentTarget.checked })}
            />
          </div>
        </section>
        <WrittenSide
          converted={converted}
          to={input.to}
          choices={WRITE_CHOICES}
          onTo={to => conversionInput.dispatch({ to })}
        />
      </div>
      <input
        ref={upload}
        type="file"
        hidden
        aria-label="Configuration file to convert"
        onChange={event => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file) void take(file)
        }}
      />
    </>
  )
}
