import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { FIELD_GROUPS, fieldsOf } from '#shared/account/field.ts'
import { FIELD_KINDS, type TypedField } from '../form/field-kind.ts'
import fields from '../form/fields.module.css'
import { GROUP_NAMES } from '../form/group-names.ts'
import type { FieldRemark, FieldRemarks } from '../form/remarks.ts'
import { SettingField } from '../form/setting-field.tsx'
import type { SettingsInput } from '../form/settings-input.ts'
import styles from './step.module.css'

type MoreDetailsProps = {
  /** Shown above already. */
  readonly hidden: readonly TypedField[]
  readonly input: SettingsInput
  readonly remarks: FieldRemarks
  readonly onChange: (field: TypedField, value: string | boolean) => void
  readonly onLeave: (field: TypedField) => void
  readonly onAccept: (remark: FieldRemark) => void
}

/** Every other setting, grouped as msmtp groups them. */
export function MoreDetails({ hidden, input, remarks, onChange, onLeave, onAccept }: MoreDetailsProps) {
  const [unfolded, setUnfolded] = useState(false)
  const groups = FIELD_GROUPS.map(group => ({
    group,
    names: fieldsOf(group).filter(
      (name): name is TypedField => name in FIELD_KINDS && !hidden.some(one => one === name),
    ),
  })).filter(({ names }) => names.length > 0)
  const wrong = groups.some(({ names }) => names.some(name => remarks[name]?.severity === 'error'))
  const open = unfolded || wrong
  return (
    <div className={styles.moreBox}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-expanded={open}
        leftSection={open ? <IconChevronDown size={15} aria-hidden /> : <IconChevronRight size={15} aria-hidden />}
        onClick={() => setUnfolded(!open)}
      >
        More settings
      </Button>
      {open &&
        groups.map(({ group, names }) => (
          <fieldset key={group} className={styles.group}>
            <legend className={styles.legend}>{GROUP_NAMES[group]}</legend>
            <div className={fields.grid}>
              {names.map(name => (
                <SettingField
                  key={name}
                  field={name}
                  value={input[name]}
                  remark={remarks[name] ?? null}
                  onChange={value => onChange(name, value)}
                  onLeave={() => onLeave(name)}
                  onAccept={onAccept}
                />
              ))}
            </div>
          </fieldset>
        ))}
    </div>
  )
}
