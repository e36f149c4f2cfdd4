import type { Settings, SettingsChange } from '#shared/contract/settings.ts'
import type { JsonStore } from '#service/store/json-store.ts'
import type { SettingsFile } from '#service/store/specs.ts'

/** The program's own settings. */
export class SettingsService {
  readonly #store: JsonStore<SettingsFile>

  constructor(store: JsonStore<SettingsFile>) {
    this.#store = store
  }

  get(): Settings {
    return this.#store.read().settings
  }

  /** Absent keys stay as they are. @throws Problem `io` */
  update(change: SettingsChange & { readonly window?: Settings['window'] }): Settings {
    return this.#store.change(({ settings }) => {
      const named = Object.entries(change).filter(([, value]) => value !== undefined)
      const next: Settings = { ...settings, ...Object.fromEntries(named) }
      return [{ settings: next }, next]
    })
  }
}
