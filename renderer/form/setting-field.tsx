import { Button, NativeSelect, Switch, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { FIELDS } from '#shared/account/field.ts'
import { capital } from './words.ts'
import { FIELD_KINDS, type TypedField } from './field-kind.ts'
import type { FieldRemark } from './remarks.ts'
import styles from './setting-field.module.css'

type SettingFieldProps = {
  readonly field: TypedField
  readonly value: string | boolean
  readonly remark: FieldRemark | null
  /** In the provider's words, where they differ from ours. */
  readonly help?: ReactNode
  readonly onChange: (value: string | boolean) => void
  /** When it is left: what was typed is complete. */
  readonly onLeave?: () => void
  /** Makes the change that the remark suggests. */
  readonly onAccept?: (remark: FieldRemark) => void
}

/** One setting: its name, what it is, the value, and what is wrong with it. */
export function SettingField({ field, value, remark, help, onChange, onLeave, onAccept }: SettingFieldProps) {
  const words = FIELDS[field]
  const kind = FIELD_KINDS[field]
  const name = <FieldLabel label={words.label} rfcWord={words.rfcWord} />
  const description = help ?? capital(words.help)
  const error = remark?.severity === 'error' ? <Remark remark={remark} onAccept={onAccept} /> : undefined
  const warning = remark?.severity === 'warning' ? <Remark remark={remark} onAccept={onAccept} /> : undefined
  if (kind.kind === 'switch')
    return (
      <div>
        <Switch
          label={name}
          description={description}
          checked={value === true}
          error={error}
          onChange={event => onChange(event.currentTarget.checked)}
        />
        {warning}
      </div>
    )
  if (kind.kind === 'choice')
    return (
      <div>
        <NativeSelect
          label={name}
          description={description}
          data={[...kind.choices]}
          value={String(value)}
          error={error}
          onChange={event => onChange(event.currentTarget.value)}
        />
        {warning}
      </div>
    )
  const wire = kind.kind === 'host' || (kind.kind === 'text' && kind.wire === true)
  return (
    <div>
      <TextInput
        label={name}
        description={description}
        value={String(value)}
        error={error}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholderOf(field)}
        inputMode={kind.kind === 'number' ? 'numeric' : 'text'}
        classNames={{ input: wire ? (styles.wire ?? '') : '' }}
        onChange={event => onChange(event.currentTarget.value)}
        onBlur={() => onLeave?.()}
      />
      {warning}
    </div>
  )
}

function FieldLabel({ label, rfcWord }: { readonly label: string; readonly rfcWord: string | null }) {
  return (
    <>
      {label}
      {rfcWord !== null && rfcWord !== label && <span className={styles.rfc}>{rfcWord}</span>}
    </>
  )
}

type RemarkProps = { readonly remark: FieldRemark; readonly onAccept: SettingFieldProps['onAccept'] }

function Remark({ remark, onAccept }: RemarkProps) {
  return (
    <span className={styles.remark} data-severity={remark.severity}>
      {remark.severity === 'warning' && <IconAlertTriangle size={14} aria-hidden />}
      <span>{remark.message}</span>
      {remark.change && onAccept && (
        <Button size="compact-xs" variant="default" onClick={() => onAccept(remark)}>
          {capital(remark.remedy ?? 'set it right')}
        </Button>
      )}
    </span>
  )
}

function placeholderOf(field: TypedField): string {
  const kind = FIELD_KINDS[field]
  switch (kind.kind) {
    case 'text':
    case 'number':
      return kind.placeholder ?? ''
    case 'proxy':
      return '127.0.0.1:1080'
    case 'host':
      return 'smtp.example.org'
    case 'choice':
    case 'switch':
      return ''
  }
}
