import type { SecretStore } from '#service/secrets/secret-store.ts'

/** Secrets in memory until the program ends: for machines without a safe place, because a plain file is none. */
export class SessionSecrets implements SecretStore {
  readonly kind = 'session'
  /** Why there is no safer place. */
  why = ''
  readonly #values = new Map<string, string>()

  get detail(): string {
    return `in memory until the program ends (${this.why})`
  }

  has(accountId: string): boolean {
    return this.#values.has(accountId)
  }

  get(accountId: string): Promise<string | null> {
    return Promise.resolve(this.#values.get(accountId) ?? null)
  }

  set(accountId: string, value: string): Promise<void> {
    this.#values.set(accountId, value)
    return Promise.resolve()
  }

  delete(accountId: string): Promise<void> {
    this.#values.delete(accountId)
    return Promise.resolve()
  }

  clear(): void {
    this.#values.clear()
  }
}
