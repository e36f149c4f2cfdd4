import type { CheckedFile, CheckInput } from './check-file.ts'

type Answer = { readonly id: number; readonly checked: CheckedFile }

let worker: Worker | null = null
let lastId = 0

/** Checks a file in a thread of its own. The returned function gives the answer up. */
export function checkAside(input: CheckInput, receive: (checked: CheckedFile) => void): () => void {
  worker ??= new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' })
  const asked = worker
  lastId += 1
  const id = lastId
  const listen = (event: MessageEvent<Answer>) => {
    if (event.data.id === id) receive(event.data.checked)
  }
  asked.addEventListener('message', listen)
  asked.postMessage({ id, input })
  return () => asked.removeEventListener('message', listen)
}
