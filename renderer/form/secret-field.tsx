import { PasswordInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { checkPassword } from '#shared/account/password-input.ts'
import type { Preset } from '#shared/account/preset.ts'
import { sentence } from './words.ts'
import styles from './setting-field.module.css'

type SecretFieldProps = {
  readonly label: string
  readonly help: ReactNode
  readonly value: string
  readonly preset: Preset | null
  /** Whether to tell what is odd: once typing stopped. */
  readonly settled: boolean
  readonly onChange: (value: string) => void
  readonly onLeave?: () => void
}

/** A password on its way in: shown on request only, never offered back. */
export function SecretField({ label, help, value, preset, settled, onChange, onLeave }: SecretFieldProps) {
  const { remarks } = checkPassword(value, preset)
  const remark = value !== '' && settled ? remarks[0] : undefined
  return (
    <div>
      <PasswordInput
        label={label}
        description={help}
        value={value}
        autoComplete="new-password"
        spellCheck={false}
        error={remark?.severity === 'error' && sentence(remark.message, remark.remedy)}
        onChange={event => onChange(event.currentTarget.value)}
        onBlur={() => onLeave?.()}
      />
      {remark?.severity === 'warning' && (
        <span className={styles.remark} data-severity="warning">
          <IconAlertTriangle size={14} aria-hidden />
          <span>{sentence(remark.message, remark.remedy)}</span>
        </span>
      )}
    </div>
  )
}
