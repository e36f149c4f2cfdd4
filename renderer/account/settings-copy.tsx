import type { Account } from '#shared/account/account.ts'
import { AccountSettings } from '#shared/account/account.ts'
import { portOf } from '#shared/account/port-of.ts'
import { FIELD_NAMES, FIELDS, type FieldName } from '#shared/account/field.ts'
import { printJson } from '#shared/escape.ts'
import { printSetting } from '../form/print-setting.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import styles from './export-tab.module.css'

type SettingsCopyProps = { readonly account: Account }

/** The values for another program's form: those that are set, each with its copy button. */
export function SettingsCopy({ account }: SettingsCopyProps) {
  const rows = rowsOf(account)
  const text = rows.map(({ label, value }) => `${label}: ${value}`).join('\n')
  const { id: _, ...file } = account
  return (
    <Section
      title="Settings for another program"
      note="The password is not among them."
      actions={
        <div className={styles.actions}>
          <CopyButton text={text} what="as text" labelled />
          <CopyButton text={printJson(file, 2)} what="as JSON" labelled />
        </div>
      }
    >
      <table className={styles.values}>
        <tbody>
          {rows.map(({ label, value }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
              <td>
                <CopyButton text={value} what={label} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

const ALWAYS: readonly FieldName[] = ['host', 'port', 'security', 'auth', 'user']
const HIDDEN: readonly FieldName[] = ['provider', 'secret']

function rowsOf(account: Account): readonly { readonly label: string; readonly value: string }[] {
  const defaults = AccountSettings.parse({})
  return FIELD_NAMES.filter(
    name =>
      !HIDDEN.includes(name) &&
      (ALWAYS.includes(name) || JSON.stringify(account[name]) !== JSON.stringify(defaults[name])),
  ).map(name => ({
    label: FIELDS[name].label,
    value: name === 'port' ? String(portOf(account)) : printSetting(name, account[name]),
  }))
}
