import type { EditorView } from '@codemirror/view'
import { useDebouncedCallback, useDebouncedValue } from '@mantine/hooks'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ConfigFileTargets } from '#shared/contract/config-files.ts'
import type { MsmtprcPlatform } from '#shared/msmtprc/compose-secret.ts'
import type { SecretMove } from '#shared/msmtprc/move-secret.ts'
import type { MsmtprcFix } from '#shared/msmtprc/problem.ts'
import type { Choice } from '#shared/msmtprc/resolve.ts'
import { announce } from '../shell/announcer.tsx'
import { Loading } from '../shell/loading.tsx'
import { keysFor, useMainAction } from '../shell/shortcuts.ts'
import styles from './config-files.module.css'
import { applyFix, showProblems } from './diagnostics.ts'
import { Editor } from './editor.tsx'
import { FileHead } from './file-head.tsx'
import { goToLine } from './go-to-line.ts'
import { heldState } from './held-state.ts'
import { openFile, type OpenFile } from './open-file.ts'
import { ProblemList } from './problem-list.tsx'
import { SaveBar } from './save-bar.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { SecretNote } from './secret-note.tsx'
import { useCheckedFile } from './use-checked-file.ts'
import type { ConfigFileActions } from './use-config-file.ts'
import { WhatWouldUse } from './what-would-use.tsx'

type FileEditorProps = {
  readonly file: OpenFile
  readonly targets: ConfigFileTargets
  /** As Node names it. */
  readonly platform: string
  readonly actions: ConfigFileActions
  readonly onClose: () => void
}

const TYPING_MS = 250
const AS_MSMTP_CHOOSES: Choice = { account: null, from: null }

/** The text, what is wrong with it, and what msmtp would use. */
export function FileEditor({ file, targets, platform, actions, onClose }: FileEditorProps) {
  const view = useRef<EditorView>(null)
  const [doc, setDoc] = useState(() => heldState.get()?.doc ?? null)
  // Typing renders nothing here: a file can be long, and its problems many.
  const settle = useDebouncedCallback(setDoc, TYPING_MS)
  const [choice, setChoice] = useState(AS_MSMTP_CHOOSES)
  const [settledChoice] = useDebouncedValue(choice, TYPING_MS)
  const [moving, setMoving] = useState<SecretMove | null>(null)
  const [fileName] = useDebouncedValue(file.path ?? file.target, TYPING_MS)
  const { facts } = file
  const { surroundings } = targets
  const input = useMemo(
    () => ({ fileName, facts, surroundings, platform: msmtprcPlatform(platform), choice: settledChoice }),
    [fileName, facts, surroundings, platform, settledChoice],
  )
  const checked = useCheckedFile(doc, heldState.get()?.lineBreak ?? '\n', input)
  useEffect(() => {
    if (checked !== null && view.current !== null) showProblems(view.current, checked)
  }, [checked])
  const saveNow = () => actions.save(file)
  useMainAction(actions.doing === null && file.target !== '' ? saveNow : null)

  const fix = (wanted: MsmtprcFix) => {
    if (view.current === null || checked === null) return
    const done = applyFix(view.current, wanted, checked.doc)
    announce(done ? 'The line was changed' : 'The line is no longer what it was; look at the problems again')
    view.current.focus()
  }

  return (
    <>
      <FileHead file={file} onClose={onClose} />
      {checked?.holdsPassword && <SecretNote moves={checked.moves} onMove={setMoving} />}
      <Editor
        viewRef={view}
        onEdit={edited => {
          settle(edited)
          openFile.dispatch({ kind: 'edited', changed: heldState.differs(edited) })
        }}
      />
      <p className={styles.keys}>
        {keysFor('Space')} completes · {keysFor('.')} carries out the fix of the line · F8 goes to the next problem ·{' '}
        {keysFor('F')} finds · Tab leaves the editor
      </p>
      <SaveBar file={file} targets={targets.files} actions={actions} onSave={saveNow} />
      {checked === null && <Loading doing="Checking the file" />}
      {checked !== null && (
        <div className={styles.below}>
          <ProblemList
            checked={checked}
            onGoTo={line => view.current && goToLine(view.current, line)}
            onFix={fix}
            onMove={setMoving}
          />
          <WhatWouldUse checked={checked} choice={choice} onChoice={setChoice} />
        </div>
      )}
      {moving && (
        <SecretDialog
          move={moving}
          onReplace={() => {
            setMoving(null)
            fix(moving.fix)
          }}
          onClose={() => setMoving(null)}
        />
      )}
    </>
  )
}

function msmtprcPlatform(platform: string): MsmtprcPlatform {
  if (platform === 'darwin') return 'macos'
  return platform === 'win32' ? 'windows' : 'linux'
}
