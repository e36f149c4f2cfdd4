import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Account } from '#shared/account/account.ts'
import type { AccountCreate, AccountUpdate, AccountView } from '#shared/contract/account-view.ts'
import { Problem } from '#shared/problem.ts'
import { freeName, namesOf, requireFreeName } from '#service/account-names.ts'
import type { Journal, LastRuns } from '#service/journal.ts'
import { refAfter, unclaimed, wantedRef } from '#service/secrets/secret-ref.ts'
import { secretValue } from '#service/secrets/secret-input.ts'
import type { Kept, Secrets } from '#service/secrets/secrets.ts'
import type { JsonStore } from '#service/store/json-store.ts'
import type { AccountsFile } from '#service/store/specs.ts'

export type NewAccount = z.output<typeof AccountCreate>
export type MadeAccount = { readonly account: Account; readonly kept: Kept | null }

type Removed = {
  readonly account: Account
  readonly index: number
  readonly wasDefault: boolean
  bringBackSecret(): Promise<void>
}

/**
 * The stored accounts. Settings that contradict each other are stored all the same, because people save work that is
 * half done; a run refuses what cannot be run, and the pages say what is wrong. Only a name that is taken is refused.
 */
export class Accounts {
  readonly #store: JsonStore<AccountsFile>
  readonly #secrets: Secrets
  readonly #journal: Journal
  readonly #removed = new Map<string, Removed>()

  constructor(store: JsonStore<AccountsFile>, secrets: Secrets, journal: Journal) {
    this.#store = store
    this.#secrets = secrets
    this.#journal = journal
  }

  all(): readonly Account[] {
    return this.#store.read().accounts
  }

  /** @throws Problem `not-found` */
  find(id: string): Account {
    return found(this.all(), id)
  }

  list(): AccountView[] {
    const { accounts, defaultId } = this.#store.read()
    const lastRuns = this.#journal.lastRuns()
    return accounts.map(account => this.#view(account, defaultId, lastRuns))
  }

  get(id: string): AccountView {
    const account = this.find(id)
    return this.#view(account, this.#store.read().defaultId, this.#journal.lastRuns())
  }

  /** The first account becomes the default. @throws Problem `conflict` naming `name`, `io` */
  async create(input: NewAccount): Promise<AccountView> {
    const [made] = await this.createAll([input])
    if (!made) throw new Error('an account that was stored is not there')
    return made
  }

  /** All of them or none, in one change of the file. */
  async createAll(inputs: readonly NewAccount[]): Promise<AccountView[]> {
    for (const { name } of inputs) requireFreeName(this.all(), name)
    // Before anything is kept: one of them may be refused.
    const values = await Promise.all(inputs.map(({ secret }) => secretValue(secret)))
    const made: MadeAccount[] = []
    for (const [index, { name, settings, secret }] of inputs.entries()) {
      const value = values[index] ?? null
      const id = randomUUID()
      const kept = value === null ? null : await this.#secrets.keep(id, value)
      made.push({
        account: { ...settings, secret: refAfter(unclaimed(settings.secret), secret, kept), id, name },
        kept,
      })
    }
    return this.addAll(made)
  }

  /** Stores accounts whose secrets, if any, are kept already; where that fails the secrets go again. */
  async addAll(made: readonly MadeAccount[]): Promise<AccountView[]> {
    await orUndo(
      made.flatMap(({ kept }) => kept ?? []),
      () =>
        this.#store.change(file => {
          let { accounts, defaultId } = file
          for (const { account } of made) {
            requireFreeName(accounts, account.name)
            accounts = [...accounts, account]
            defaultId ??= account.id
          }
          return [{ accounts, defaultId }, undefined]
        }),
    )
    const ids = new Set(made.map(({ account }) => account.id))
    return this.list().filter(({ account }) => ids.has(account.id))
  }

  /** Absent keys of the change stay as they are. @throws Problem `not-found`, `conflict`, `io` */
  async update(input: z.output<typeof AccountUpdate>): Promise<AccountView> {
    const before = this.find(input.id)
    if (input.name !== undefined) requireFreeName(this.all(), input.name, input.id)
    const value = await secretValue(input.secret)
    const kept = value === null ? null : await this.#secrets.keep(input.id, value)
    const after = await orUndo(kept === null ? [] : [kept], () =>
      this.#store.change(file => {
        const current = found(file.accounts, input.id)
        if (input.name !== undefined) requireFreeName(file.accounts, input.name, input.id)
        const wanted = wantedRef(current, input.change)
        const secret = refAfter(wanted, input.secret, kept)
        const next: Account = { ...current, ...input.change, secret, name: input.name ?? current.name }
        return [{ ...file, accounts: file.accounts.map(one => (one.id === next.id ? next : one)) }, next]
      }),
    )
    // What the account no longer points at must not stay behind in the key ring.
    const dropped = before.secret.kind === 'keyring' && after.secret.kind !== 'keyring' && kept === null
    if (input.secret.kind === 'forget' || dropped) await this.#secrets.forget(before)
    return this.get(input.id)
  }

  /** With its secret, where that can be had. */
  async duplicate(id: string): Promise<AccountView> {
    const original = this.find(id)
    const newId = randomUUID()
    const kept = await this.#secrets.copy(original, newId)
    const secret = refAfter(unclaimed(original.secret), null, kept)
    const name = freeName(namesOf(this.all()), original.name)
    await this.addAll([{ account: { ...original, id: newId, name, secret }, kept }])
    return this.get(newId)
  }

  /** Removes an account; the word that is returned brings it back, for as long as the program runs. */
  async remove(id: string): Promise<{ undo: string }> {
    const { account, index, wasDefault } = this.#store.change(file => {
      const index = file.accounts.findIndex(one => one.id === id)
      const account = found(file.accounts, id)
      const accounts = file.accounts.filter(one => one.id !== id)
      const wasDefault = file.defaultId === id
      const defaultId = wasDefault ? (accounts[0]?.id ?? null) : file.defaultId
      return [
        { accounts, defaultId },
        { account, index, wasDefault },
      ]
    })
    const bringBackSecret = await this.#secrets.setAside(account)
    const undo = randomUUID()
    this.#removed.set(undo, { account, index, wasDefault, bringBackSecret })
    return { undo }
  }

  /** Undoes `remove`; under another name where its own was taken meanwhile. @throws Problem `not-found`, `io` */
  async restore(undo: string): Promise<AccountView> {
    const removed = this.#removed.get(undo)
    if (!removed) throw new Problem('not-found', 'this account cannot be brought back any more', { field: 'undo' })
    const { account, index, wasDefault } = removed
    this.#store.change(({ accounts, defaultId }) => {
      const taken = accounts.some(one => one.name === account.name)
      const back = taken ? { ...account, name: freeName(namesOf(accounts), account.name) } : account
      const next = [...accounts.slice(0, index), back, ...accounts.slice(index)]
      return [{ accounts: next, defaultId: wasDefault ? account.id : (defaultId ?? account.id) }, undefined]
    })
    this.#removed.delete(undo)
    await removed.bringBackSecret()
    return this.get(account.id)
  }

  setDefault(id: string): void {
    this.#store.change(file => {
      found(file.accounts, id)
      return [{ ...file, defaultId: id }, undefined]
    })
  }

  /** What was removed cannot come back after this: its history goes. */
  close(): void {
    const ids = [...this.#removed.values()].map(({ account }) => account.id)
    this.#removed.clear()
    if (ids.length > 0) this.#journal.forget(ids)
  }

  #view(account: Account, defaultId: string | null, lastRuns: ReadonlyMap<string, LastRuns>): AccountView {
    const runs = lastRuns.get(account.id)
    return {
      account,
      isDefault: account.id === defaultId,
      secret: this.#secrets.state(account),
      lastRun: runs?.last ?? null,
      lastWorkedAt: runs?.lastWorkedAt ?? null,
    }
  }
}

function found(accounts: readonly Account[], id: string): Account {
  const account = accounts.find(one => one.id === id)
  if (account) return account
  throw new Problem('not-found', 'there is no such account; it may have been removed meanwhile', { field: 'id' })
}

async function orUndo<T>(kept: readonly Kept[], change: () => T): Promise<T> {
  try {
    return change()
  } catch (error) {
    for (const one of kept) await one.undo()
    throw error
  }
}
