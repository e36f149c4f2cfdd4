import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { StorageInfo } from '#shared/contract/settings.ts'
import type { Accounts } from '#service/accounts.ts'
import { ioProblem } from '#service/io-problem.ts'
import type { Secrets } from '#service/secrets/secrets.ts'

/**
 * Everything that this program makes in its folder. Only what is named here is ever listed or deleted: the folder may
 * be one that a person chose and keeps other things in.
 */
const OURS: readonly { readonly name: RegExp; readonly what: string }[] = [
  { name: /^accounts\.json(\.before|\.tmp-.*)?$/, what: 'accounts, without their secrets' },
  { name: /^settings\.json(\.before|\.tmp-.*)?$/, what: 'the settings of this program' },
  { name: /^secrets\.json(\.before|\.tmp-.*)?$/, what: 'secrets, encrypted with a key that the system keeps' },
  { name: /^journal\.sqlite(-journal|-wal|-shm)?$/, what: 'the history of runs' },
  { name: /^outbox\.sqlite(-journal|-wal|-shm)?$/, what: 'messages that wait for their server' },
  { name: /^intervals\.json(\.before)?$/, what: 'when a message of each --key last went out' },
  { name: /^open-mailwright\.html$/, what: 'the link that opened the browser' },
  {
    name: /^(accounts|settings|secrets|journal|outbox|intervals)\.broken-.*$/,
    what: 'a file that could not be read, kept aside',
  },
  { name: /^[a-z]+\.json\.lock$/, what: 'a lock that a process holds, or left behind' },
  { name: /^practice$/, what: "the practice server's certificates" },
]

/** Enough for what lies here; a link loop or a foreign tree must not hold up the page. */
const MAX_DEPTH = 4

type Found = { readonly path: string; readonly what: string; readonly sizeBytes: number }

/** Where things are stored, and deleting them all. */
export class Storage {
  readonly #home: string
  readonly #accounts: Accounts
  readonly #secrets: Secrets

  constructor(home: string, accounts: Accounts, secrets: Secrets) {
    this.#home = home
    this.#accounts = accounts
    this.#secrets = secrets
  }

  async info(): Promise<StorageInfo> {
    const { detail } = await this.#secrets.where()
    const secrets = this.#accounts.all().flatMap(account => {
      const state = this.#secrets.state(account)
      if (state === 'none') return []
      return [{ accountName: account.name, where: state === 'keyring' ? detail : 'in memory until the program ends' }]
    })
    return { home: this.#home, files: this.#files(), secrets }
  }

  /** Removes the secrets of all accounts, then every file of ours. The folder itself stays. @throws Problem `io` */
  async deleteAll(letGo: () => Promise<void>): Promise<void> {
    for (const account of this.#accounts.all()) await this.#secrets.forget(account)
    await letGo()
    for (const { name } of ownEntries(this.#home)) {
      const path = join(this.#home, name)
      try {
        rmSync(path, { recursive: true, force: true })
      } catch (error) {
        throw ioProblem(error, 'write', path)
      }
    }
  }

  #files(): Found[] {
    return ownEntries(this.#home).flatMap(({ name, what }) => filesIn(join(this.#home, name), what, MAX_DEPTH))
  }
}

function ownEntries(home: string): readonly { readonly name: string; readonly what: string }[] {
  const names = lstatSync(home, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(home) : []
  return names.sort().flatMap(name => {
    const kind = OURS.find(ours => ours.name.test(name))
    return kind ? [{ name, what: kind.what }] : []
  })
}

function filesIn(path: string, what: string, depth: number): readonly Found[] {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return []
  if (!stats.isDirectory()) return [{ path, what, sizeBytes: stats.size }]
  return depth === 0 ? [] : readdirSync(path).flatMap(name => filesIn(join(path, name), what, depth - 1))
}
