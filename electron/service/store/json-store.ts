import { copyFileSync, linkSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Problem } from '#shared/problem.ts'
import { codeOf, ioProblem } from '#service/io-problem.ts'
import { makeFolder } from '#service/make-folder.ts'
import { withFileLock } from '#service/store/file-lock.ts'
import { keepAside, type KeptAside, lastKeptAside } from '#service/store/keep-aside.ts'

/** What one store file holds, and how it is read. `T` is a plain object. */
export type StoreSpec<T extends object> = {
  /** Of the file, without `.json`. */
  readonly name: string
  /** Of the format; written into the file. */
  readonly version: number
  readonly empty: T
  /** The content, plus a line for each part that cannot be used; null when nothing can. */
  parse(data: unknown): { readonly value: T; readonly lost: readonly string[] } | null
  /** Steps between formats: the one at `n` turns format `n` into format `n + 1`. */
  readonly migrations: Readonly<Record<number, (data: Record<string, unknown>) => Record<string, unknown>>>
}

/** conf and electron-store, as far as they are used: the file is read at each `get` and replaced whole at each `set`. */
export type StoreClass = new (options: {
  readonly cwd: string
  /** electron-store's word for it. */
  readonly name: string
  /** conf's word for it. */
  readonly configName: string
  readonly configFileMode: number
  readonly accessPropertiesByDotNotation: boolean
}) => { store: Record<string, unknown> }

type Loaded<T> =
  | { readonly kind: 'whole'; readonly value: T }
  | { readonly kind: 'partly'; readonly value: T }
  | { readonly kind: 'damaged' }

/**
 * One JSON file in the program's folder: mode 0600, replaced atomically, read again before every change, so that a
 * window and a command line may work on it at once. A file that cannot be read is kept aside, never overwritten.
 */
export class JsonStore<T extends object> {
  readonly path: string
  readonly #spec: StoreSpec<T>
  readonly #StoreFile: StoreClass
  readonly #now: () => Date
  #cached: { readonly stamp: string; readonly value: T } | null = null

  constructor(home: string, spec: StoreSpec<T>, StoreFile: StoreClass, now: () => Date) {
    this.path = join(home, `${spec.name}.json`)
    this.#spec = spec
    this.#StoreFile = StoreFile
    this.#now = now
  }

  /** @throws Problem `io` when the file is there and cannot be read, `configuration` when a newer program wrote it */
  read(): T {
    const loaded = this.#load()
    return loaded.kind === 'whole' ? loaded.value : withFileLock(this.path, () => this.#loadOrKeepAside())
  }

  /**
   * Replaces the content by what `edit` makes of it; the second value of the pair is handed back.
   *
   * @throws Problem `io` when that is not possible; the file then is what it was
   */
  change<R>(edit: (value: T) => readonly [next: T, result: R]): R {
    this.#makeFolder()
    return withFileLock(this.path, () => {
      const [next, result] = edit(this.#loadOrKeepAside())
      this.#write(next)
      return result
    })
  }

  /** A file that could not be read and lies aside, whichever process put it there. */
  problem(): KeptAside | null {
    const keptAs = lastKeptAside(this.path)
    if (keptAs === null) return null
    const message = `${this.path} could not be read (whole) and was kept aside. Delete that copy when it is not needed.`
    return { message, keptAs }
  }

  #load(): Loaded<T> {
    const stamp = this.#stamp()
    if (stamp === null) return { kind: 'whole', value: this.#spec.empty }
    if (this.#cached?.stamp === stamp) return { kind: 'whole', value: this.#cached.value }
    const loaded = this.#parse(this.#readFile())
    if (loaded.kind === 'whole') this.#cached = { stamp, value: loaded.value }
    return loaded
  }

  #loadOrKeepAside(): T {
    const loaded = this.#load()
    if (loaded.kind === 'whole') return loaded.value
    if (loaded.kind === 'damaged') {
      keepAside(this.path, this.#now())
      return this.#spec.empty
    }
    keepAside(this.path, this.#now(), 'copy')
    this.#write(loaded.value)
    return loaded.value
  }

  #readFile(): Record<string, unknown> | null {
    try {
      return this.#open().store
    } catch (error) {
      if (error instanceof SyntaxError) return null
      throw ioProblem(error, 'read', this.path)
    }
  }

  #parse(data: Record<string, unknown> | null): Loaded<T> {
    let version: unknown = data?.['version']
    if (data === null || typeof version !== 'number') return { kind: 'damaged' }
    if (version > this.#spec.version) {
      const detail = `format ${version}; this one knows formats up to ${this.#spec.version}`
      throw new Problem('configuration', `${this.path} was written by a newer Mailwright (${detail})`, {
        field: this.path,
        remedy: 'Use the newer version of Mailwright.',
      })
    }
    let current = data
    for (; typeof version === 'number' && version < this.#spec.version; version += 1) {
      const migrate = this.#spec.migrations[version]
      if (migrate === undefined) return { kind: 'damaged' }
      current = migrate(current)
    }
    const parsed = this.#spec.parse(current)
    if (parsed === null) return { kind: 'damaged' }
    return { kind: parsed.lost.length === 0 ? 'whole' : 'partly', value: parsed.value }
  }

  #write(value: T): void {
    this.#makeFolder()
    const before = this.#holdBefore()
    try {
      const file = this.#open()
      file.store = { version: this.#spec.version, ...value }
      // The library does not look at how much of a file the system took: on a disk that is nearly full it would put a
      // file cut short in the place of the good one. Reading it back shows that.
      if (this.#readFile() === null) throw new Problem('io', `${this.path} was written only in part: the disk is full`)
    } catch (error) {
      before?.putBack()
      this.#cached = null
      throw ioProblem(error, 'write', this.path)
    } finally {
      before?.drop()
    }
    this.#cached = null
  }

  /** A second name for the file as it is now, which costs no space on the disk. */
  #holdBefore(): { putBack(): void; drop(): void } | null {
    if (this.#stamp() === null) return null
    const original = realpathSync(this.path)
    const held = `${original}.before`
    try {
      rmSync(held, { force: true })
      linkSync(original, held)
    } catch {
      // Not every file system has hard links.
      try {
        copyFileSync(original, held)
      } catch (error) {
        rmSync(held, { force: true })
        throw ioProblem(error, 'write', this.path)
      }
    }
    return {
      putBack: () => renameSync(held, original),
      drop: () => rmSync(held, { force: true }),
    }
  }

  #open(): { store: Record<string, unknown> } {
    const at = { cwd: dirname(this.path), name: this.#spec.name, configName: this.#spec.name }
    return new this.#StoreFile({ ...at, configFileMode: 0o600, accessPropertiesByDotNotation: false })
  }

  #makeFolder(): void {
    try {
      makeFolder(dirname(this.path))
    } catch (error) {
      throw ioProblem(error, 'write', dirname(this.path))
    }
  }

  /** What changes whenever the file is replaced; null where there is none. */
  #stamp(): string | null {
    try {
      const { ino, mtimeNs, size } = statSync(this.path, { bigint: true })
      return `${ino} ${mtimeNs} ${size}`
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null
      throw ioProblem(error, 'read', this.path)
    }
  }
}
