import { LOOKUP_LIMIT } from '#shared/domain/edit-spf.ts'
import type { SpfReport } from '#shared/domain/spf.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import styles from './domain.module.css'
import own from './spf.module.css'
import { RecordLine } from './part-card.tsx'
import { spfRows, voidCount } from './spf-rows.ts'
import { SpfTree } from './spf-tree.tsx'

const VOID_LIMIT = 2

type SpfViewProps = { readonly spf: SpfReport; readonly domain: string; readonly ip: string | null }

/** The SPF policy: its budget, its tree, and what it says about the sending address. */
export function SpfView({ spf, domain, ip }: SpfViewProps) {
  if (spf.state === 'unknown') return <p className={styles.words}>Nobody answered about TXT records of {domain}.</p>
  if (spf.state !== 'one') {
    return (
      <>
        <p className={styles.words}>
          {spf.state === 'none'
            ? 'There is no record that receivers take for SPF, so they cannot tell who may send.'
            : 'There are several SPF records, so receivers report an error and none of them counts.'}
        </p>
        {spf.candidates.map(candidate => (
          <RecordLine key={candidate} name={domain} type="TXT" value={candidate} />
        ))}
      </>
    )
  }
  const rows = spfRows(spf)
  return (
    <>
      <div className={styles.withCopy}>
        <RecordLine name={domain} type="TXT" value={spf.record ?? ''} />
        <CopyButton text={spf.record ?? ''} what="SPF record" />
      </div>
      {spf.cost !== null && (
        <div className={own.budget}>
          <Budget label="Lookups" used={spf.cost.lookups} limit={LOOKUP_LIMIT} />
          <Budget label="Void" used={voidCount(spf)} limit={VOID_LIMIT} />
        </div>
      )}
      {spf.verdict !== null && ip !== null && (
        <p className={styles.words}>
          For <strong>{ip}</strong> the result is <strong>{spf.verdict.result}</strong>: {spf.verdict.reason}.
          {spf.verdict.explanation !== null && ` The domain explains: “${spf.verdict.explanation}”`}
        </p>
      )}
      {rows.length > 0 && <SpfTree rows={rows} label="SPF terms" />}
      {spf.cost?.fault === 'syntax' && <p className={styles.words}>{spf.cost.detail}</p>}
    </>
  )
}

type BudgetProps = { readonly label: string; readonly used: number; readonly limit: number }

function Budget({ label, used, limit }: BudgetProps) {
  const over = used > limit
  const words = `${label} ${used} of ${limit}`
  return (
    <div className={own.meterBox}>
      <span data-over={over || undefined} className={own.meterWords}>
        {words}
        {over && ' – too many'}
      </span>
      <div
        className={own.meter}
        role="meter"
        aria-label={label}
        aria-valuenow={used}
        aria-valuemin={0}
        aria-valuemax={Math.max(limit, used)}
        aria-valuetext={words}
        data-over={over || undefined}
      >
        <span style={{ width: `${Math.min(100, (used / limit) * 100)}%` }} />
      </div>
    </div>
  )
}
