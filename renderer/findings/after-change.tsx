import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import type { Finding } from '#shared/finding/finding.ts'
import type { SettingsFix } from '#shared/fix/apply-fix.ts'
import { nextFix, outcomeOf, rootOf, type Attempt } from '#shared/fix/attempt.ts'
import styles from './findings.module.css'

type AfterChangeProps = {
  readonly attempt: Attempt
  readonly findings: readonly Finding[]
  /** Null: without trying another change. */
  readonly onTakeBack: (next: SettingsFix | null) => void
}

/** Whether the change helped; if it did not, it can go back, and the next one that was offered can be tried. */
export function AfterChange({ attempt, findings, onTakeBack }: AfterChangeProps) {
  const { label, cause, tried } = attempt
  if (cause === null) return null
  const outcome = outcomeOf(cause, findings)
  if (outcome === 'cured') return null
  if (outcome === 'further')
    return (
      <div role="status" className={styles.after} data-helped>
        <p>
          <strong>“{label}” helped.</strong> Another problem lies behind it.
        </p>
      </div>
    )
  const next = nextFix(cause, tried)
  return (
    <div role="status" className={styles.after}>
      <p>
        <strong>“{label}” did not help.</strong>{' '}
        {outcome === 'same'
          ? 'The same problem is still there.'
          : `It now fails for another reason: ${rootOf(findings)?.title}.`}
      </p>
      <div className={styles.afterBar}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={15} aria-hidden />}
          onClick={() => onTakeBack(null)}
        >
          Take it back
        </Button>
        {next && (
          <Button size="xs" variant="default" onClick={() => onTakeBack(next)}>
            Take it back and try: {next.label}
          </Button>
        )}
      </div>
    </div>
  )
}
