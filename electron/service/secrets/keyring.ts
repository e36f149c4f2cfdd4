import type { Environment } from '#service/home.ts'
import { messageOf } from '#service/io-problem.ts'
import type { OpenedStore, SecretStore } from '#service/secrets/secret-store.ts'
import { checkSessionBus } from '#service/secrets/session-bus.ts'

const SERVICE = 'mailwright'
const PROBE_MS = 2_500
/** Reading or writing may have to wait for a person who unlocks the key ring. */
const ANSWER_MS = 60_000

const NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'the macOS keychain',
  win32: 'the Windows credential manager',
  linux: "the desktop's key ring (Secret Service)",
}

/** The key ring of the system, if one answers. */
export async function openKeyring(env: Environment, platform: NodeJS.Platform): Promise<OpenedStore> {
  if (platform === 'linux') {
    const why = await checkSessionBus(env, process.getuid?.() ?? 0, PROBE_MS)
    if (why !== null) return { kind: 'unavailable', why: `no key ring: ${why}` }
  }
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring')
    // Without this the library falls back to the kernel's key ring without a word, and that one is lost at reboot.
    const options = platform === 'linux' ? { linux: { store: 'secret-service' as const } } : null
    const store = new Keyring(NAMES[platform] ?? "the system's key ring", id => new AsyncEntry(SERVICE, id, options))
    await within(PROBE_MS, store.get('probe'))
    return { kind: 'opened', store }
  } catch (error) {
    return { kind: 'unavailable', why: `no key ring: ${messageOf(error)}` }
  }
}

type Entry = {
  getPassword(): Promise<string | null>
  setPassword(value: string): Promise<void>
  deletePassword(): Promise<boolean>
}

class Keyring implements SecretStore {
  readonly kind = 'keyring'
  readonly detail: string
  readonly #entry: (accountId: string) => Entry

  constructor(detail: string, entry: (accountId: string) => Entry) {
    this.detail = detail
    this.#entry = entry
  }

  get(accountId: string): Promise<string | null> {
    return within(ANSWER_MS, this.#entry(accountId).getPassword())
  }

  set(accountId: string, value: string): Promise<void> {
    return within(ANSWER_MS, this.#entry(accountId).setPassword(value))
  }

  async delete(accountId: string): Promise<void> {
    await within(ANSWER_MS, this.#entry(accountId).deletePassword())
  }
}

async function within<T>(limitMs: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not answer within ${limitMs / 1000} s`)), limitMs)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
