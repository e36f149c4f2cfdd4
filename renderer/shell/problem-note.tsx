import { IconAlertCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ProblemData } from '#shared/problem-data.ts'
import { sentence } from '../form/words.ts'
import styles from './problem-note.module.css'

type ProblemNoteProps = {
  /** What could not be done: "The account was not saved". */
  readonly what: string
  readonly problem: ProblemData
  readonly action?: ReactNode
}

/** What happened, why, and what to do, in that order. */
export function ProblemNote({ what, problem, action }: ProblemNoteProps) {
  return (
    <div role="alert" className={styles.note}>
      <IconAlertCircle size={18} className={styles.icon} aria-hidden />
      <div className={styles.words}>
        <strong>{what}</strong>
        <p>
          {sentence(problem.message)} <span className={styles.code}>({problem.code})</span>
        </p>
        {problem.remedy !== null && <p>{sentence(problem.remedy)}</p>}
        {action !== undefined && <div className={styles.action}>{action}</div>}
      </div>
    </div>
  )
}
