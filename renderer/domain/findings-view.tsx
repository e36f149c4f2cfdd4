import type { Finding } from '#shared/finding/finding.ts'
import { AccountSettings } from '#shared/account/account.ts'
import { FixView } from '../findings/fix-view.tsx'
import { CopyButton } from '../shell/copy-button.tsx'
import { SeverityMark } from '../shell/verdict.tsx'
import styles from './domain.module.css'
import own from './findings.module.css'

/** Fixes of DNS findings change no account: there are no settings to show beside them. */
const NO_SETTINGS = AccountSettings.parse({})
/** More than these are easier to survey as a list of titles. */
const OPEN_UP_TO = 3

/** Worst first. A domain can have twenty: each is a line that opens to its proof and its repair. */
export function FindingsView({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <ul className={own.list} aria-label="Findings">
      {findings.map((finding, index) => (
        <li key={`${finding.id} ${index}`}>
          <details className={own.finding} data-severity={finding.severity} open={findings.length <= OPEN_UP_TO}>
            <summary className={own.head}>
              <SeverityMark severity={finding.severity} />
              <h3 className={own.title}>{finding.title}</h3>
            </summary>
            <Details finding={finding} />
          </details>
        </li>
      ))}
    </ul>
  )
}

function Details({ finding }: { readonly finding: Finding }) {
  return (
    <div className={own.body}>
      <p className={styles.words}>{finding.explanation}</p>
      {finding.evidence.length > 0 && (
        <ul className={styles.lines} aria-label="Evidence">
          {finding.evidence.map((line, index) => (
            <li key={`${index} ${line}`} className={styles.withCopy}>
              <p className={styles.record}>
                <code>{line}</code>
              </p>
              <CopyButton text={line} what="evidence" />
            </li>
          ))}
        </ul>
      )}
      {finding.fixes.map(fix => (
        <FixView key={fix.id} fix={fix} settings={NO_SETTINGS} busy={false} actions={null} />
      ))}
      <p className={styles.quiet}>
        <code>{finding.id}</code>
      </p>
    </div>
  )
}
