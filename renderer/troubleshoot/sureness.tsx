import styles from './troubleshoot.module.css'

type SurenessProps = {
  readonly confidence: number
  /** What is so sure, where that does not stand beside it. */
  readonly of?: string
  /** The person decided it. */
  readonly told?: boolean
}

/** How sure a verdict is: as a word, and as a number for those who want it. */
export function Sureness({ confidence, of, told = false }: SurenessProps) {
  const percent = Math.round(confidence * 100)
  const word = told
    ? 'By your answer'
    : confidence >= 0.9
      ? 'Nearly certain'
      : confidence >= 0.7
        ? 'Likely'
        : confidence >= 0.5
          ? 'More likely than not'
          : 'A guess'
  return (
    <p className={styles.sure}>
      {of !== undefined && <span className={styles.cause}>{of}</span>}
      <strong>{word}</strong>
      <meter min={0} max={100} value={percent} aria-label="How sure this is">
        {percent} %
      </meter>
      <span className={styles.muted}>{percent} %</span>
    </p>
  )
}
