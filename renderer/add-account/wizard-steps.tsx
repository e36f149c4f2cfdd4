import { IconCheck } from '@tabler/icons-react'
import { WIZARD_STEPS, type WizardStep } from './wizard-state.ts'
import styles from './wizard-steps.module.css'

type WizardStepsProps = {
  readonly step: WizardStep
  readonly reached: WizardStep
  readonly onGo: (step: WizardStep) => void
}

const NAMES: Readonly<Record<WizardStep, string>> = {
  where: 'Where',
  details: 'Details',
  'sign-in': 'Sign-in',
  test: 'Test',
  done: 'Done',
}

/** Where one is, and the way back to every step that was reached. */
export function WizardSteps({ step, reached, onGo }: WizardStepsProps) {
  const here = WIZARD_STEPS.indexOf(step)
  const furthest = WIZARD_STEPS.indexOf(reached)
  return (
    <ol className={styles.steps} aria-label="Steps">
      {WIZARD_STEPS.map((name, index) => (
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
            {NAMES[name]}
          </button>
        </li>
      ))}
    </ol>
  )
}
