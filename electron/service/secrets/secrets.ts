import type { Account } from '#shared/account/account.ts'
import type { SecretState } from '#shared/contract/account-view.ts'
import type { SuppliedSecret } from '#engine/diagnosis/diagnosis.ts'
import { sealSecret } from '#engine/sasl/secret.ts'
import { messageOf } from '#service/io-problem.ts'
import type { OpenStore, SecretStore } from '#service/secrets/secret-store.ts'
import { SessionSecrets } from '#service/secrets/session-secrets.ts'

/** Where a secret went, and how to bring back what was there before. */
export type Kept = { readonly where: 'keyring' | 'session'; undo(): Promise<void> }

/**
 * The secrets of all accounts: in the first safe place that opens, else in memory until the program ends. The place
 * is looked for when the first secret is asked for, because looking takes time.
 */
export class Secrets {
  readonly #candidates: readonly OpenStore[]
  readonly #session = new SessionSecrets()
  #refusal: string | null = null
  #opening: Promise<SecretStore> | null = null

  constructor(candidates: readonly OpenStore[]) {
    this.#candidates = candidates
  }

  async where(): Promise<{ readonly kind: 'keyring' | 'session'; readonly detail: string }> {
    const { kind, detail } = await this.#store()
    return { kind, detail: this.#refusal === null ? detail : `${detail}; it refused the last secret: ${this.#refusal}` }
  }

  /** Told from what is known here, without asking the key ring: a list must not wait for it, nor make it prompt. */
  state(account: Pick<Account, 'id' | 'secret'>): SecretState {
    if (this.#session.has(account.id)) return 'session'
    return account.secret.kind === 'keyring' ? 'keyring' : 'none'
  }

  /** Keeps a secret; in memory where the key ring refuses, so that what was typed is not lost. */
  async keep(accountId: string, value: string): Promise<Kept> {
    const store = await this.#store()
    if (store.kind === 'session') return this.keepForSession(accountId, value)
    try {
      const before = await store.get(accountId)
      await store.set(accountId, value)
      await this.#session.delete(accountId)
      this.#refusal = null
      return { where: 'keyring', undo: () => putBack(store, accountId, before) }
    } catch (error) {
      this.#refusal = messageOf(error)
      return this.keepForSession(accountId, value)
    }
  }

  /** In memory only, wherever secrets usually go. */
  async keepForSession(accountId: string, value: string): Promise<Kept> {
    const before = await this.#session.get(accountId)
    await this.#session.set(accountId, value)
    return { where: 'session', undo: () => putBack(this.#session, accountId, before) }
  }

  /** The secret for signing in, sealed, or why there is none. */
  async supply(account: Pick<Account, 'id' | 'secret'>): Promise<SuppliedSecret> {
    const inSession = await this.#session.get(account.id)
    if (inSession !== null) return { kind: 'known', secret: sealSecret(inSession) }
    switch (account.secret.kind) {
      case 'none':
        return { kind: 'missing', because: 'none-stored' }
      case 'prompt':
        return { kind: 'missing', because: 'not-asked' }
      case 'command':
        return { kind: 'missing', because: 'command-not-run' }
      case 'keyring': {
        const stored = await this.#fromKeyring(account.id)
        if (stored === 'unavailable') return { kind: 'missing', because: 'keyring-unavailable' }
        if (stored === null) return { kind: 'missing', because: 'none-stored' }
        return { kind: 'known', secret: sealSecret(stored.value) }
      }
    }
  }

  /** The value itself, for the places outside this program where msmtp looks for it. Never to be shown. */
  async valueForMsmtp(account: Pick<Account, 'id' | 'secret'>): Promise<string | null> {
    const inSession = await this.#session.get(account.id)
    if (inSession !== null || account.secret.kind !== 'keyring') return inSession
    const stored = await this.#fromKeyring(account.id)
    return stored === null || stored === 'unavailable' ? null : stored.value
  }

  /** Forgets a secret wherever it is. What a key ring that is gone holds stays there. */
  async forget(account: Pick<Account, 'id' | 'secret'>): Promise<void> {
    await this.#session.delete(account.id)
    if (account.secret.kind !== 'keyring') return
    const store = await this.#store()
    if (store.kind === 'keyring') await store.delete(account.id).catch(() => undefined)
  }

  /** Gives `to` the secret of `from`; where it is now, or null where there was none to be had. */
  async copy(from: Pick<Account, 'id' | 'secret'>, to: string): Promise<Kept | null> {
    const inSession = await this.#session.get(from.id)
    if (inSession !== null) return this.keepForSession(to, inSession)
    const stored = from.secret.kind === 'keyring' ? await this.#fromKeyring(from.id) : null
    return stored === null || stored === 'unavailable' ? null : this.keep(to, stored.value)
  }

  /** Forgets a secret and returns how to bring it back. */
  async setAside(account: Pick<Account, 'id' | 'secret'>): Promise<() => Promise<void>> {
    const inSession = await this.#session.get(account.id)
    const stored = account.secret.kind === 'keyring' ? await this.#fromKeyring(account.id) : null
    await this.forget(account)
    return async () => {
      if (inSession !== null) await this.keepForSession(account.id, inSession)
      if (stored !== null && stored !== 'unavailable') await this.keep(account.id, stored.value)
    }
  }

  close(): void {
    this.#session.clear()
  }

  async #fromKeyring(accountId: string): Promise<{ readonly value: string } | 'unavailable' | null> {
    const store = await this.#store()
    if (store.kind === 'session') return 'unavailable'
    try {
      const value = await store.get(accountId)
      return value === null ? null : { value }
    } catch {
      return 'unavailable'
    }
  }

  #store(): Promise<SecretStore> {
    this.#opening ??= this.#open()
    return this.#opening
  }

  async #open(): Promise<SecretStore> {
    const reasons: string[] = []
    for (const open of this.#candidates) {
      const opened = await open()
      if (opened.kind === 'opened') return opened.store
      reasons.push(opened.why)
    }
    this.#session.why = reasons.join('; ')
    return this.#session
  }
}

async function putBack(store: SecretStore, accountId: string, before: string | null): Promise<void> {
  await (before === null ? store.delete(accountId) : store.set(accountId, before))
}
