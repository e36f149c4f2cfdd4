import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Problem } from '#shared/problem.ts'
import { ioProblem } from '#service/io-problem.ts'
import { loadSqlite } from '#service/load-sqlite.ts'
import { makeFolder } from '#service/make-folder.ts'
import { keepAside, type KeptAside, lastKeptAside } from '#service/store/keep-aside.ts'

/** How long one process waits for another that is writing. */
const BUSY_MS = 3_000
/** SQLite result codes: the file is damaged, or is no database. */
const SQLITE_CORRUPT = 11
const SQLITE_NOTADB = 26

export type DatabaseFormat = {
  readonly version: number
  /** What makes an empty file of this version. */
  readonly schema: string
}

/**
 * One SQLite file of ours, mode 0600. It is opened when it is first needed and, for reading, only where it exists. A
 * damaged one is kept aside and a new one begun.
 */
export class Database {
  readonly path: string
  readonly #format: DatabaseFormat
  readonly #now: () => Date
  #opened: DatabaseSync | null = null

  constructor(path: string, format: DatabaseFormat, now: () => Date) {
    this.path = path
    this.#format = format
    this.#now = now
  }

  /** null when there is nothing to read: the file was never made. @throws Problem `io` */
  use<T>(doing: 'read' | 'write', work: (database: DatabaseSync) => T): T | null {
    if (this.#opened !== null && !existsSync(this.path)) this.close()
    if (this.#opened === null && doing === 'read' && !existsSync(this.path)) return null
    try {
      return work(this.#open())
    } catch (error) {
      if (!isDamage(error)) throw ioProblem(error, doing, this.path)
    }
    this.close()
    keepAside(this.path, this.#now())
    if (doing === 'read') return null
    try {
      return work(this.#open())
    } catch (error) {
      throw ioProblem(error, doing, this.path)
    }
  }

  problem(): KeptAside | null {
    const keptAs = lastKeptAside(this.path)
    return keptAs === null ? null : { message: `${this.path} was damaged and was kept aside.`, keptAs }
  }

  close(): void {
    this.#opened?.close()
    this.#opened = null
  }

  #open(): DatabaseSync {
    if (this.#opened !== null) return this.#opened
    makeFolder(dirname(this.path))
    // SQLite gives a new file the mode of the umask, and its own side files the mode of this one.
    if (!existsSync(this.path)) closeSync(openSync(this.path, 'a', 0o600))
    const { DatabaseSync } = loadSqlite()
    const database = new DatabaseSync(this.path, { timeout: BUSY_MS })
    try {
      prepareSchema(database, this.path, this.#format)
      chmodSync(this.path, 0o600)
    } catch (error) {
      database.close()
      throw error
    }
    this.#opened = database
    return database
  }
}

function prepareSchema(database: DatabaseSync, path: string, format: DatabaseFormat): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
    if (version > format.version) {
      const remedy = 'Use the newer version of Mailwright.'
      throw new Problem('configuration', `${path} was written by a newer Mailwright`, { field: path, remedy })
    }
    if (version === 0) database.exec(`${format.schema} PRAGMA user_version = ${format.version};`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function isDamage(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  // The low octet is the primary code; the rest says more.
  return typeof code === 'number' && [SQLITE_CORRUPT, SQLITE_NOTADB].includes(code & 0xff)
}
