import { z } from 'zod'
import type { OpenedStore, SecretStore } from '#service/secrets/secret-store.ts'
import { JsonStore, type StoreClass, type StoreSpec } from '#service/store/json-store.ts'

/** The part of Electron's safeStorage that is used; the desktop host hands it in. */
export type SafeStorage = {
  isEncryptionAvailable(): boolean
  encryptString(plain: string): Buffer
  decryptString(sealed: Buffer): string
  /** Linux only. */
  getSelectedStorageBackend?(): string
}

type SealedFile = { readonly sealed: Readonly<Record<string, string>> }

const SEALED: StoreSpec<SealedFile> = {
  name: 'secrets',
  version: 1,
  empty: { sealed: {} },
  migrations: {},
  parse(data) {
    const file = z.object({ sealed: z.record(z.string(), z.string()) }).safeParse(data)
    return file.success ? { value: file.data, lost: [] } : null
  },
}

/** Secrets encrypted with a key that the system keeps, in `secrets.json`. Not with the `basic_text` backend, whose key is public. */
export function openSafeStorage(
  safeStorage: SafeStorage,
  home: string,
  StoreFile: StoreClass,
  now: () => Date,
): OpenedStore {
  if (!safeStorage.isEncryptionAvailable()) return { kind: 'unavailable', why: 'the system offers no encryption' }
  const backend = safeStorage.getSelectedStorageBackend?.()
  if (backend === 'basic_text') return { kind: 'unavailable', why: 'the only storage would be plain text' }
  const store = new SealedSecrets(safeStorage, new JsonStore(home, SEALED, StoreFile, now), backend ?? 'the system')
  return { kind: 'opened', store }
}

class SealedSecrets implements SecretStore {
  readonly kind = 'keyring'
  readonly detail: string
  readonly #safeStorage: SafeStorage
  readonly #file: JsonStore<SealedFile>

  constructor(safeStorage: SafeStorage, file: JsonStore<SealedFile>, backend: string) {
    this.#safeStorage = safeStorage
    this.#file = file
    this.detail = `${file.path}, encrypted with a key that ${backend} keeps`
  }

  async get(accountId: string): Promise<string | null> {
    const sealed = this.#file.read().sealed[accountId]
    return sealed === undefined ? null : this.#safeStorage.decryptString(Buffer.from(sealed, 'base64'))
  }

  async set(accountId: string, value: string): Promise<void> {
    const sealedValue = this.#safeStorage.encryptString(value).toString('base64')
    this.#file.change(({ sealed }) => [{ sealed: { ...sealed, [accountId]: sealedValue } }, undefined])
  }

  async delete(accountId: string): Promise<void> {
    if (this.#file.read().sealed[accountId] === undefined) return
    this.#file.change(({ sealed }) => {
      const rest = Object.entries(sealed).filter(([id]) => id !== accountId)
      return [{ sealed: Object.fromEntries(rest) }, undefined]
    })
  }
}
