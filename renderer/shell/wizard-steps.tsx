import { IconCheck } from '@tabler/icons-react'
import styles from './wizard-steps.module.css'

type WizardStepsProps<Step extends string> = {
  /** In their order. */
  readonly steps: readonly Step[]
  readonly names: Readonly<Record<Step, string>>
  readonly step: Step
  readonly reached: Step
  readonly onGo: (step: Step) => void
}

/** Where one is, and the way back to every step that was reached. */
export function WizardSteps<Step extends string>({ steps, names, step, reached, onGo }: WizardStepsProps<Step>) {
  const here = steps.indexOf(step)
  const furthest = steps.indexOf(reached)
  return (
    <ol className={styles.steps} aria-label="Steps">
      {steps.map((name, index) => (
        <li key={name} className={styles.step}>
          <button
            type="button"
            className={styles.button}
            disabled={index > furthest}
            aria-current={index === here ? 'step' : undefined}
            data-past={index < here}
            onClick={() => onGo(name)}
          >
            <span className={styles.number} aria-hidden>
              {index < here ? <IconCheck size={14} /> : index + 1}
            </span>
            {names[name]}
          </button>
        </li>
      ))}
    </ol>
  )
}
