import type { FailureClass } from '#shared/finding/classes.ts'
import { Loading } from '../shell/loading.tsx'
import { ExplainedView } from './explained-view.tsx'
import type { Typed } from './troubleshoot-state.ts'
import { useExplained } from './use-explained.ts'

type TextAnswerProps = {
  readonly typed: Typed
  readonly told: FailureClass | null
  readonly onTell: (means: FailureClass | null) => void
}

/** The verdict on a pasted text. It is read in a thread of its own; nothing is sent anywhere. */
export function TextAnswer({ typed, told, onTell }: TextAnswerProps) {
  const port = Number(typed.textPort)
  const { explained, busy } = useExplained({
    text: typed.text,
    host: typed.textHost.trim() === '' ? null : typed.textHost.trim(),
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : null,
    means: told,
  })
  if (explained === null || busy) return <Loading doing="Reading the text" />
  return <ExplainedView explained={explained} told={told} onTell={onTell} />
}
