import { printZoneLines } from '#shared/domain/zone-lines.ts'
import type { DnsChange } from '#shared/fix/fix.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import styles from './domain.module.css'
import own from './plan.module.css'

const WORDS = { add: 'Add', replace: 'Replace', remove: 'Remove' } as const

/** The repair plan as a diff: what goes, what comes, and why. */
export function PlanView({ changes }: { readonly changes: readonly DnsChange[] }) {
  return (
    <>
      <div className={own.planActions}>
        <CopyButton text={() => printZoneLines(changes)} what="all as zone-file lines" labelled />
      </div>
      <ol className={own.plan} aria-label="Repair plan">
        {changes.map(change => (
          <Change key={`${change.action} ${change.name} ${change.type} ${change.value}`} change={change} />
        ))}
      </ol>
    </>
  )
}

function Change({ change }: { readonly change: DnsChange }) {
  const { action, name, type, value, replaces, why } = change
  const gone = action === 'remove' ? value : replaces
  return (
    <li className={own.change}>
      <p className={own.changeHead}>
        <strong>{WORDS[action]}</strong> the {type} record of <code>{name}</code>
        <CopyButton text={name} what={`name ${name}`} />
      </p>
      <div className={own.diff}>
        {gone !== null && (
          <div className={own.minus}>
            <span aria-hidden>−</span>
            <span className="mw-unseen">Goes:</span>
            <code>{gone}</code>
          </div>
        )}
        {action !== 'remove' && (
          <div className={own.plus}>
            <span aria-hidden>+</span>
            <span className="mw-unseen">Comes:</span>
            <code>{value}</code>
            <CopyButton text={value} what={`value for ${name}`} />
          </div>
        )}
      </div>
      <p className={styles.quiet}>{why}</p>
    </li>
  )
}
