import type { AccountChange, AccountSettings } from '#shared/account/account.ts'
import { FIELD_NAMES, type FieldName } from '#shared/account/field.ts'
import { checkSettings } from '#shared/account/rules.ts'
import { sentence } from './words.ts'
import { TYPED_FIELDS } from './field-kind.ts'
import { type ReadInput, readInput, type SettingsInput } from './settings-input.ts'

/** What stands beside a field: why it cannot be so, or what to think about. */
export type FieldRemark = {
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly change: AccountChange | null
  /** The words on the button that makes the change. */
  readonly remedy: string | null
}

export type FieldRemarks = Readonly<Partial<Record<FieldName, FieldRemark>>>

/** The worst remark of each field. What cannot be read goes before what contradicts something. */
export function remarksOf({ settings, faults }: ReadInput): FieldRemarks {
  const remarks: Partial<Record<FieldName, FieldRemark>> = {}
  for (const { field, message, remedy } of faults)
    remarks[field] ??= { severity: 'error', message: sentence(message, remedy), change: null, remedy: null }
  for (const { field, severity, message, remedy, change } of checkSettings(settings))
    remarks[field] ??= { severity, message: sentence(message, change ? null : remedy), change, remedy }
  return remarks
}

export function remarksOfInput(input: SettingsInput, base: AccountSettings): FieldRemarks {
  return remarksOf(readInput(input, base))
}

/** Without the remarks of fields that were typed into since they were judged: those would tell of what is gone. */
export function upToDate(remarks: FieldRemarks, judged: SettingsInput, now: SettingsInput): FieldRemarks {
  return Object.fromEntries(
    Object.entries(remarks).filter(([field]) => {
      const typed = TYPED_FIELDS.find(name => name === field)
      return typed === undefined || judged[typed] === now[typed]
    }),
  )
}

export function hasErrors(remarks: FieldRemarks): boolean {
  return FIELD_NAMES.some(name => remarks[name]?.severity === 'error')
}
