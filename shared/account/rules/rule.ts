import type { AccountChange, AccountSettings } from '#shared/account/account.ts'
import type { FieldName } from '#shared/account/field.ts'

/** A setting that cannot work, or that works in a way that hardly anybody wants. */
export type SettingsRemark = {
  readonly field: FieldName
  /** Stable: `tls-465-needs-tls-from-start`. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly remedy: string
  /** What would set it right, where that is one certain change. */
  readonly change: AccountChange | null
}

export type SettingsRule = (settings: AccountSettings) => SettingsRemark | null

export function error(
  field: FieldName,
  code: string,
  message: string,
  remedy: string,
  change: AccountChange | null = null,
): SettingsRemark {
  return { field, code, severity: 'error', message, remedy, change }
}

export function warning(
  field: FieldName,
  code: string,
  message: string,
  remedy: string,
  change: AccountChange | null = null,
): SettingsRemark {
  return { field, code, severity: 'warning', message, remedy, change }
}
