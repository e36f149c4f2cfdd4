import { useState } from 'react'
import { CONFIG_FILE_MAX_BYTES, type ConfigFileSaved } from '#shared/contract/config-files.ts'
import { decodeBytes, encodeBytes } from '#shared/msmtprc/bytes.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { api, client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { announce } from '../shell/announcer.tsx'
import { parseBase64, printBase64 } from './base64.ts'
import { createEditorState } from './editor-setup.ts'
import { heldState } from './held-state.ts'
import { openFile, type OpenFile } from './open-file.ts'

export type Failure = { readonly what: string; readonly problem: ProblemData }
export type ConfigFileActions = ReturnType<typeof useConfigFile>

/** Opens files into the editor and saves them, with what went wrong and what came of the last save. */
export function useConfigFile() {
  const [failure, setFailure] = useState<Failure | null>(null)
  const [saved, setSaved] = useState<ConfigFileSaved | null>(null)
  const [doing, setDoing] = useState<'opening' | 'saving' | null>(null)

  const attempt = async (what: string, stage: 'opening' | 'saving', work: () => Promise<void>) => {
    setFailure(null)
    setSaved(null)
    setDoing(stage)
    try {
      await work()
    } catch (error) {
      setFailure({ what, problem: problemOf(error) })
    } finally {
      setDoing(null)
    }
  }

  const openPath = (path: string) =>
    attempt('The file was not opened', 'opening', async () => {
      const file = await client.configFiles.read({ path })
      const { stamp, facts } = file
      show(decodeBytes(parseBase64(file.bytes)), {
        ...UNPLACED,
        path: file.path,
        target: file.path,
        name: file.path,
        stamp,
        facts,
      })
    })

  const openUpload = (upload: File, target: string) =>
    attempt(`“${upload.name}” was not opened`, 'opening', async () => {
      if (upload.size > CONFIG_FILE_MAX_BYTES)
        throw new Error('The file is larger than 16 MiB; no configuration file is that large.')
      const text = decodeBytes(new Uint8Array(await upload.arrayBuffer()))
      show(text, { ...UNPLACED, name: upload.name, target, changed: true })
    })

  const save = (file: OpenFile, over = false) =>
    attempt('The file was not saved', 'saving', async () => {
      const state = heldState.get()
      if (state === null) return
      const bytes = printBase64(encodeBytes(state.sliceDoc()))
      const known = file.target === file.path ? file.stamp : null
      const expected = over ? await stampOf(file.target) : known
      const result = await client.configFiles.save({ path: file.target, bytes, expected })
      heldState.markSaved(state.doc)
      openFile.dispatch({ kind: 'saved', path: result.path, stamp: result.stamp, facts: result.facts })
      // What was typed while it was being saved is not in the file.
      const now = heldState.get()
      if (now !== null) openFile.dispatch({ kind: 'edited', changed: heldState.differs(now.doc) })
      setSaved(result)
      announce(`Saved ${result.path}`)
      void queryClient.invalidateQueries({ queryKey: api.configFiles.key() })
    })

  return {
    failure,
    saved,
    doing,
    openPath: (path: string) => void openPath(path),
    openUpload: (upload: File, target: string) => void openUpload(upload, target),
    save: (file: OpenFile) => void save(file),
    /** Whatever is there now becomes the backup. */
    saveOver: (file: OpenFile) => void save(file, true),
    /** A text that is in no file yet. */
    start(text: string, file: Pick<OpenFile, 'name' | 'target'> & Partial<Pick<OpenFile, 'notes' | 'commands'>>) {
      setFailure(null)
      setSaved(null)
      show(text, { ...UNPLACED, ...file, changed: text !== '' })
    },
    close() {
      setFailure(null)
      setSaved(null)
      heldState.set(null)
      openFile.dispatch({ kind: 'closed' })
    },
  }
}

const UNPLACED: Omit<OpenFile, 'id'> = {
  path: null,
  target: '',
  name: '',
  stamp: null,
  facts: null,
  changed: false,
  notes: [],
  commands: [],
}

function show(text: string, file: Omit<OpenFile, 'id'>): void {
  const state = createEditorState(text)
  heldState.set(state)
  heldState.markSaved(file.changed ? null : state.doc)
  openFile.dispatch({ kind: 'opened', file })
}

async function stampOf(path: string): Promise<string | null> {
  try {
    return (await client.configFiles.read({ path })).stamp
  } catch (error) {
    if (problemOf(error).code === 'file-missing') return null
    throw error
  }
}
