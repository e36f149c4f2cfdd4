/**
 * A place for secrets, by account id. The values are plain here because the system's key rings take and give plain
 * text; `Secrets` is the only caller and seals what it hands on.
 */
export type SecretStore = {
  /** `session`: in memory only, gone with the process. */
  readonly kind: 'keyring' | 'session'
  /** For people: where secrets go; for `session` why nowhere better. */
  readonly detail: string
  /** Rejects when the store cannot be asked: locked, dismissed, gone. */
  get(accountId: string): Promise<string | null>
  set(accountId: string, value: string): Promise<void>
  delete(accountId: string): Promise<void>
}

/** A store that can be used, or why it cannot. */
export type OpenedStore =
  { readonly kind: 'opened'; readonly store: SecretStore } | { readonly kind: 'unavailable'; readonly why: string }

/** Opens a place for secrets; answers within a few seconds whatever the system does. */
export type OpenStore = () => Promise<OpenedStore>
