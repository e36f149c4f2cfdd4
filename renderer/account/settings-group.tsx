import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type FieldGroup, FIELDS, fieldsOf } from '#shared/account/field.ts'
import { FIELD_KINDS, type TypedField } from '../form/field-kind.ts'
import fields from '../form/fields.module.css'
import { GROUP_NAMES } from '../form/group-names.ts'
import type { FieldRemark, FieldRemarks } from '../form/remarks.ts'
import { SettingField } from '../form/setting-field.tsx'
import type { SettingsInput } from '../form/settings-input.ts'
import styles from './settings-tab.module.css'

type SettingsGroupProps = {
  readonly group: FieldGroup
  readonly input: SettingsInput
  readonly remarks: FieldRemarks
  /** What was understood from a pasted host. */
  readonly hostNotes: readonly string[]
  readonly secret: ReactNode
  readonly onChange: (field: TypedField, value: string | boolean) => void
  readonly onLeave: (field: TypedField) => void
  readonly onAccept: (remark: FieldRemark) => void
}

export function SettingsGroup({ group, input, remarks, hostNotes, secret, ...actions }: SettingsGroupProps) {
  const [unfolded, setUnfolded] = useState(false)
  const names = fieldsOf(group).filter((name): name is TypedField => name in FIELD_KINDS)
  const basic = names.filter(name => FIELDS[name].basic)
  const more = names.filter(name => !FIELDS[name].basic)
  const open = unfolded || more.some(name => remarks[name]?.severity === 'error')
  const show = (name: TypedField) => (
    <SettingField
      key={name}
      field={name}
      value={input[name]}
      remark={remarks[name] ?? null}
      onChange={value => actions.onChange(name, value)}
      onLeave={() => actions.onLeave(name)}
      onAccept={actions.onAccept}
    />
  )
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{GROUP_NAMES[group]}</legend>
      {basic.length > 0 && <div className={fields.grid}>{basic.map(show)}</div>}
      {group === 'connection' && hostNotes.length > 0 && (
        <p className={styles.notes} role="status">
          Understood: {hostNotes.join('; ')}.
        </p>
      )}
      {secret}
      {more.length > 0 && (
        <>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            className={styles.more}
            aria-expanded={open}
            leftSection={open ? <IconChevronDown size={15} aria-hidden /> : <IconChevronRight size={15} aria-hidden />}
            onClick={() => setUnfolded(!open)}
          >
            {basic.length > 0 ? `More settings (${more.length})` : `${GROUP_NAMES[group]} settings (${more.length})`}
          </Button>
          {open && <div className={fields.grid}>{more.map(show)}</div>}
        </>
      )}
    </fieldset>
  )
}
