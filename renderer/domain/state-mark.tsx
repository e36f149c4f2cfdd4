import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX, IconHourglass } from '@tabler/icons-react'
import styles from '../shell/verdict.module.css'

export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'wait'

const ICONS = {
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  idle: IconCircleDashed,
  wait: IconHourglass,
} as const

/** A judgement in a word, with its shape; colour comes on top. */
export function StateMark({ tone, word }: { readonly tone: Tone; readonly word: string }) {
  const Icon = ICONS[tone]
  return (
    <span className={styles.mark} data-tone={tone === 'wait' ? 'idle' : tone}>
      <Icon size={16} aria-hidden />
      <span>{word}</span>
    </span>
  )
}
