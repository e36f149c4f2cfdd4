import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX, IconPlayerStop } from '@tabler/icons-react'
import type { Verdict } from '#shared/report/report.ts'
import styles from './verdict.module.css'

type VerdictMarkProps = {
  /** null: never tested. */
  readonly verdict: Verdict | null
  /** The icon alone, its word for screen readers only; where the word stands beside it anyway. */
  readonly small?: boolean
}

const LOOKS = {
  works: { word: 'Works', Icon: IconCircleCheck, tone: 'ok' },
  fails: { word: 'Fails', Icon: IconCircleX, tone: 'bad' },
  stopped: { word: 'Stopped', Icon: IconPlayerStop, tone: 'warn' },
  untested: { word: 'Not tested', Icon: IconCircleDashed, tone: 'idle' },
} as const

/** A verdict is never colour alone: shape and word say the same. */
export function VerdictMark({ verdict, small = false }: VerdictMarkProps) {
  const { word, Icon, tone } = LOOKS[verdict ?? 'untested']
  return (
    <span className={styles.mark} data-tone={tone}>
      <Icon size={small ? 14 : 16} aria-hidden />
      <span className={small ? 'mw-unseen' : undefined}>{word}</span>
    </span>
  )
}

type SeverityMarkProps = { readonly severity: 'error' | 'warning' | 'info' }

const SEVERITIES = {
  error: { word: 'Problem', Icon: IconCircleX, tone: 'bad' },
  warning: { word: 'Warning', Icon: IconAlertTriangle, tone: 'warn' },
  info: { word: 'Note', Icon: IconCircleDashed, tone: 'idle' },
} as const

export function SeverityMark({ severity }: SeverityMarkProps) {
  const { word, Icon, tone } = SEVERITIES[severity]
  return (
    <span className={styles.mark} data-tone={tone}>
      <Icon size={16} aria-hidden />
      <span>{word}</span>
    </span>
  )
}
