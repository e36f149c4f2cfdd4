import { IconCornerDownRight } from '@tabler/icons-react'
import type { AccountSettings } from '#shared/account/account.ts'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import type { Finding } from '#shared/finding/finding.ts'
import { STATION_NAMES } from '../delivery-path/stations.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { SeverityMark } from '../shell/verdict.tsx'
import { locateLine } from '../transcript/locate-line.ts'
import type { FixActions } from './finding-list.tsx'
import styles from './findings.module.css'
import { FixView } from './fix-view.tsx'

type FindingCardProps = {
  readonly finding: Finding
  readonly settings: AccountSettings
  readonly lines: readonly TranscriptLine[]
  readonly busy: boolean
  readonly actions: FixActions | null
  readonly onShowLine: ((index: number) => void) | null
}

/** Title, why, the lines that prove it, and what can be done. */
export function FindingCard({ finding, settings, lines, busy, actions, onShowLine }: FindingCardProps) {
  return (
    <article className={styles.card} data-severity={finding.severity} aria-label={finding.title}>
      <header className={styles.head}>
        <SeverityMark severity={finding.severity} />
        <span className={styles.step}>{STATION_NAMES[finding.step]}</span>
        {finding.confidence < 0.9 && (
          <span className={styles.step}>{finding.confidence < 0.6 ? 'a guess' : 'quite sure'}</span>
        )}
        <code className={styles.id}>{finding.id}</code>
      </header>
      <h3 className={styles.title}>{finding.title}</h3>
      <p className={styles.why}>{finding.explanation}</p>
      {finding.evidence.length > 0 && (
        <ul className={styles.evidence} aria-label="Evidence">
          {finding.evidence.map((line, index) => (
            <EvidenceLine key={`${index} ${line}`} text={line} lines={lines} onShowLine={onShowLine} />
          ))}
        </ul>
      )}
      {finding.fixes.length > 0 && (
        <div className={styles.fixes}>
          {finding.fixes.map(fix => (
            <FixView key={fix.id} fix={fix} settings={settings} busy={busy} actions={actions} />
          ))}
        </div>
      )}
    </article>
  )
}

type EvidenceLineProps = {
  readonly text: string
  readonly lines: readonly TranscriptLine[]
  readonly onShowLine: ((index: number) => void) | null
}

function EvidenceLine({ text, lines, onShowLine }: EvidenceLineProps) {
  const at = locateLine(lines, text)
  return (
    <li className={styles.proof}>
      <code>{text}</code>
      <span className={styles.proofActions}>
        {at !== null && onShowLine && (
          <button type="button" className={styles.show} onClick={() => onShowLine(at)}>
            <IconCornerDownRight size={14} aria-hidden /> Show in transcript
          </button>
        )}
        <CopyButton text={text} what="evidence" />
      </span>
    </li>
  )
}
