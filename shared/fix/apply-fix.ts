import type { AccountChange, AccountSettings } from '#shared/account/account.ts'
import type { Fix } from '#shared/fix/fix.ts'

export type SettingsFix = Extract<Fix, { kind: 'settings' }>

/** The settings with a fix in them. Fixes that are not about settings change nothing. */
export function applyFix<Settings extends AccountSettings>(settings: Settings, fix: Fix): Settings {
  return fix.kind === 'settings' ? { ...settings, ...fix.change } : settings
}

/** What a change writes over: the change that takes it back. */
export function valuesBefore(settings: AccountSettings, change: AccountChange): AccountChange {
  return Object.fromEntries(
    Object.keys(change).map(key => [key, settings[key as keyof AccountSettings]]), // the keys of a change are settings
  )
}

export type SettingChange = {
  readonly field: keyof AccountSettings
  readonly before: AccountSettings[keyof AccountSettings]
  readonly after: AccountSettings[keyof AccountSettings]
}

/** What applying it would change, field by field; nothing for what is so already. */
export function describeChange(before: AccountSettings, fix: Fix): readonly SettingChange[] {
  const after = applyFix(before, fix)
  return settingNames(before).flatMap(field =>
    JSON.stringify(before[field]) === JSON.stringify(after[field])
      ? []
      : [{ field, before: before[field], after: after[field] }],
  )
}

function settingNames(settings: AccountSettings): readonly (keyof AccountSettings)[] {
  // Object.keys forgets the type; the object's own keys are those of its schema.
  return Object.keys(settings) as (keyof AccountSettings)[]
}
