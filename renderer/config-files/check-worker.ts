import { checkFile, type CheckInput } from './check-file.ts'

// In a thread of its own: a file of ten thousand accounts takes a third of a second, and typing must not wait for it.
self.addEventListener('message', (event: MessageEvent<{ readonly id: number; readonly input: CheckInput }>) => {
  const { id, input } = event.data
  self.postMessage({ id, checked: checkFile(input) })
})
