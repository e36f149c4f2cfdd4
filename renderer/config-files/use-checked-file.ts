import type { Text } from '@codemirror/state'
import { useEffect, useState } from 'react'
import type { CheckedFile, CheckInput } from './check-file.ts'

/** The answer with the very document that was checked, so that nobody mistakes it for a later one. */
export type Checked = CheckedFile & { readonly doc: Text }

type Answer = { readonly id: number; readonly checked: CheckedFile }

/** What the checker says about the document; the last answer stays until the next one comes. Null before the first. */
export function useCheckedFile(doc: Text, input: CheckInput | null): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null)
  const [worker, setWorker] = useState<Worker | null>(null)
  useEffect(() => {
    const started = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' })
    setWorker(started)
    return () => started.terminate()
  }, [])
  const key = input === null ? null : JSON.stringify({ ...input, text: null })
  useEffect(() => {
    if (worker === null || input === null) return
    const id = nextId()
    const receive = (event: MessageEvent<Answer>) => {
      if (event.data.id === id) setChecked({ ...event.data.checked, doc })
    }
    worker.addEventListener('message', receive)
    worker.postMessage({ id, input })
    return () => worker.removeEventListener('message', receive)
    // eslint-disable-next-line react/exhaustive-deps -- `key` and `doc` stand for all of `input`
  }, [worker, doc, key])
  return checked
}

let lastId = 0

function nextId(): number {
  lastId += 1
  return lastId
}
