import type { AccountChange, AccountSettings } from '#shared/account/account.ts'
import { FIELD_NAMES } from '#shared/account/field.ts'
import type { SettingsInput } from '../form/settings-input.ts'
import { createStore } from '../shell/store.ts'

/** What was typed into settings and not saved yet, by account: it waits here while other pages are shown. */
export type SettingsDrafts = Readonly<Record<string, SettingsInput>>

export type DraftAction =
  | { readonly kind: 'typed'; readonly id: string; readonly input: SettingsInput }
  | { readonly kind: 'discarded'; readonly id: string }

export function reduceDrafts(drafts: SettingsDrafts, action: DraftAction): SettingsDrafts {
  switch (action.kind) {
    case 'typed':
      return { ...drafts, [action.id]: action.input }
    case 'discarded':
      return Object.fromEntries(Object.entries(drafts).filter(([id]) => id !== action.id))
  }
}

export const settingsDrafts = createStore<SettingsDrafts, DraftAction>(reduceDrafts, {})

export function hasDraft(drafts: SettingsDrafts, id: string): boolean {
  return drafts[id] !== undefined
}

/** The settings that differ, as the engine takes them. */
export function changeBetween(before: AccountSettings, after: AccountSettings): AccountChange {
  const names = FIELD_NAMES.filter(name => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return Object.fromEntries(names.map(name => [name, after[name]]))
}
