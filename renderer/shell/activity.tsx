import { Button, Loader } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import styles from './activity.module.css'
import { printDuration } from './time.ts'

type ActivityProps = {
  /** What is being done now: "Asking the DNS for mail servers". */
  readonly doing: string
  /** `performance.now()` when it began. */
  readonly startedAt: number
  readonly onStop?: () => void
}

/** What takes time says what it does, how long so far, and can be stopped. */
export function Activity({ doing, startedAt, onStop }: ActivityProps) {
  const elapsedMs = useElapsed(startedAt)
  return (
    <div className={styles.activity}>
      <Loader size={16} aria-hidden />
      <span className={styles.doing}>{doing}</span>
      <span className={styles.elapsed}>{printDuration(elapsedMs)}</span>
      {onStop && (
        <Button size="xs" variant="default" leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={onStop}>
          Stop
        </Button>
      )}
    </div>
  )
}

const TICK_MS = 100

/** Milliseconds since `startedAt`, ten times a second. */
function useElapsed(startedAt: number): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, now - startedAt)
}
