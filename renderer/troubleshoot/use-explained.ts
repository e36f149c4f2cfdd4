import { useEffect, useState } from 'react'
import type { Explained, ExplainInput } from '#shared/explain/explain.ts'

type Answer = { readonly id: number; readonly explained: Explained }

let worker: Worker | null = null
let count = 0

function openWorker(): Worker {
  worker ??= new Worker(new URL('./explain-worker.ts', import.meta.url), { type: 'module' })
  return worker
}

/** What a text says; the last answer stays until the next one comes. Null for an empty text. */
export function useExplained(input: ExplainInput): { readonly explained: Explained | null; readonly busy: boolean } {
  const { text, host = null, port = null, security = null, means = null } = input
  const [answered, setAnswered] = useState<{ readonly to: ExplainInput; readonly explained: Explained } | null>(null)
  useEffect(() => {
    if (text === '') return
    const id = ++count
    const asked = { text, host, port, security, means }
    const thread = openWorker()
    const hear = ({ data }: MessageEvent<Answer>) => {
      if (data.id === id) setAnswered({ to: asked, explained: data.explained })
    }
    thread.addEventListener('message', hear)
    thread.postMessage({ id, input: asked })
    return () => thread.removeEventListener('message', hear)
  }, [text, host, port, security, means])
  if (text === '') return { explained: null, busy: false }
  const { to } = answered ?? {}
  const current =
    to?.text === text && to.host === host && to.port === port && to.security === security && to.means === means
  return { explained: answered?.explained ?? null, busy: !current }
}
