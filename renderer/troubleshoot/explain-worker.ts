import { explain, type ExplainInput } from '#shared/explain/explain.ts'

// In a thread of its own: a log of ten megabytes takes more than a second, and the page must stay alive meanwhile.
self.addEventListener('message', (event: MessageEvent<{ readonly id: number; readonly input: ExplainInput }>) => {
  const { id, input } = event.data
  self.postMessage({ id, explained: explain(input) })
})
