import { AccountSettings } from '#shared/account/account.ts'
import { portOf } from '#shared/account/port-of.ts'

export type SettingLine = { readonly field: string; readonly value: string }

/** The settings that differ from msmtp's defaults, the port always: what somebody else needs to see. No secret has a field. */
export function settingLines(settings: AccountSettings): readonly SettingLine[] {
  const defaults = AccountSettings.parse({})
  const changed = settingNames().filter(
    field => field === 'port' || JSON.stringify(settings[field]) !== JSON.stringify(defaults[field]),
  )
  return changed.map(field => ({
    field,
    value: field === 'port' ? String(portOf(settings)) : printSetting(settings[field]),
  }))
}

export function printSetting(value: AccountSettings[keyof AccountSettings]): string {
  if (value === null) return 'none'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function settingNames(): readonly (keyof AccountSettings)[] {
  // Object.keys forgets the type; the keys of the schema's shape are those of the settings.
  return Object.keys(AccountSettings.shape) as (keyof AccountSettings)[]
}
