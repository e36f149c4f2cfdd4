import { IconArrowRight } from '@tabler/icons-react'
import { FIELDS } from '#shared/account/field.ts'
import type { SettingChange } from '#shared/fix/apply-fix.ts'
import { printSetting } from '../form/print-setting.ts'
import styles from './findings.module.css'

type ChangeTableProps = { readonly changes: readonly SettingChange[] }

/** The change before it is made: each setting, what it is, what it will be. */
export function ChangeTable({ changes }: ChangeTableProps) {
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
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{FIELDS[field].label}</th>
            <td className={styles.before}>{printSetting(field, before)}</td>
            <td className={styles.after}>
              <IconArrowRight size={14} aria-hidden /> {printSetting(field, after)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
