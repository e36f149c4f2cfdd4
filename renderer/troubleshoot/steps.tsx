import { IconCheck } from '@tabler/icons-react'
import { STEPS, type TroubleshootStep } from './troubleshoot-state.ts'
import styles from './troubleshoot.module.css'

const NAMES: Readonly<Record<TroubleshootStep, string>> = {
  see: 'What you see',
  where: 'Where',
  answer: 'What it is',
}

type StepsProps = {
  readonly step: TroubleshootStep
  readonly reached: TroubleshootStep
  readonly onGo: (step: TroubleshootStep) => void
}

/** Where one is, and the way back to every step that was reached. */
export function Steps({ step, reached, onGo }: StepsProps) {
  const here = STEPS.indexOf(step)
  const furthest = STEPS.indexOf(reached)
  return (
    <ol className={styles.steps} aria-label="Steps">
      {STEPS.map((name, index) => (
        <li key={name} className={styles.step}>
          <button
            type="button"
            disabled={index > furthest}
            aria-current={index === here ? 'step' : undefined}
            onClick={() => onGo(name)}
          >
            <span className={styles.number} aria-hidden>
              {index < here ? <IconCheck size={14} /> : index + 1}
            </span>
            {NAMES[name]}
          </button>
        </li>
      ))}
    </ol>
  )
}
