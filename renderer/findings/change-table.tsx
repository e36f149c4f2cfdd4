import { IconArrowRight } from '@tabler/icons-react'
import type { AccountChange, AccountSettings } from '#shared/account/account.ts'
import { FIELD_NAMES, FIELDS } from '#shared/account/field.ts'
import { printSetting } from '../form/print-setting.ts'
import styles from './findings.module.css'

type ChangeTableProps = { readonly before: AccountSettings | null; readonly change: AccountChange }

/** The change before it is made: each setting, what it is, what it will be. */
export function ChangeTable({ before, change }: ChangeTableProps) {
  const names = FIELD_NAMES.filter(name => change[name] !== undefined)
  return (
    <table className={styles.change}>
      <thead className="mw-unseen">
        <tr>
          <th scope="col">Setting</th>
          <th scope="col">Now</th>
          <th scope="col">Then</th>
        </tr>
      </thead>
      <tbody>
        {names.map(name => (
          <tr key={name}>
            <th scope="row">{FIELDS[name].label}</th>
            <td className={styles.before}>{before ? printSetting(name, before[name]) : ''}</td>
            <td className={styles.after}>
              <IconArrowRight size={14} aria-hidden /> {printSetting(name, change[name])}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
