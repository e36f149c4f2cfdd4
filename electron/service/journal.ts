import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { RunSummary } from '#shared/contract/run.ts'
import { Problem } from '#shared/problem.ts'
import { Report, verdictOf } from '#shared/report/report.ts'
import { ioProblem } from '#service/io-problem.ts'
import { loadSqlite } from '#service/load-sqlite.ts'
import { keepAside, type KeptAside, lastKeptAside } from '#service/store/keep-aside.ts'

const SCHEMA_VERSION = 1
/** Runs that are kept of one account; older ones go when a new one comes. */
const RUNS_PER_ACCOUNT = 200
/** How long one process waits for another that is writing. */
const BUSY_MS = 3_000
/** SQLite result codes: the file is damaged, or is no database. */
const SQLITE_CORRUPT = 11
const SQLITE_NOTADB = 26

const SCHEMA = `
  CREATE TABLE runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    started_at TEXT NOT NULL,
    total_ms REAL NOT NULL,
    purpose TEXT NOT NULL,
    verdict TEXT NOT NULL,
    headline TEXT,
    report TEXT NOT NULL
  ) STRICT;
  CREATE INDEX runs_of_account ON runs (account_id, seq);
`
const SUMMARY = `id, account_id AS accountId, started_at AS startedAt, total_ms AS totalMs, purpose, verdict, headline`

/** What a list says about an account's runs. */
export type LastRuns = { readonly last: RunSummary; readonly lastWorkedAt: string | null }

/**
 * The history of runs, whole reports with it, in `journal.sqlite` (mode 0600). The database is opened when it is first
 * needed and, for reading, only where it exists. A damaged one is kept aside.
 */
export class Journal {
  readonly path: string
  readonly #now: () => Date
  #opened: DatabaseSync | null = null

  constructor(home: string, now: () => Date) {
    this.path = join(home, 'journal.sqlite')
    this.#now = now
  }

  /** @throws Problem `io` */
  save(report: Report): void {
    const { id, verdict, headline } = summaryOf(report)
    this.#withDatabase('write', database => {
      database
        .prepare(
          `INSERT OR REPLACE INTO runs (id, account_id, started_at, total_ms, purpose, verdict, headline, report)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          id,
          report.account.id,
          report.startedAt,
          report.totalMs,
          report.purpose,
          verdict,
          headline,
          JSON.stringify(report),
        )
      database
        .prepare(
          `DELETE FROM runs WHERE account_id = ?1 AND seq NOT IN
             (SELECT seq FROM runs WHERE account_id = ?1 ORDER BY seq DESC LIMIT ${RUNS_PER_ACCOUNT})`,
        )
        .run(report.account.id)
    })
  }

  /** Newest first. */
  history(accountId: string, limit: number): readonly RunSummary[] {
    const rows = this.#withDatabase('read', database =>
      database
        .prepare(`SELECT ${SUMMARY} FROM runs WHERE account_id = ? ORDER BY seq DESC LIMIT ?`)
        .all(accountId, limit),
    )
    return (rows ?? []).map(row => RunSummary.parse(row))
  }

  report(runId: string): Report | null {
    const row = this.#withDatabase('read', database =>
      database.prepare('SELECT report FROM runs WHERE id = ?').get(runId),
    )
    return typeof row?.['report'] === 'string' ? Report.parse(JSON.parse(row['report'])) : null
  }

  /** For every account that has run: its last run, and when one last succeeded. */
  lastRuns(): ReadonlyMap<string, LastRuns> {
    const rows = this.#withDatabase('read', database =>
      database
        .prepare(
          `SELECT ${SUMMARY}, (SELECT max(started_at) FROM runs AS worked
              WHERE worked.account_id = runs.account_id AND worked.verdict = 'works') AS lastWorkedAt
           FROM runs WHERE seq IN (SELECT max(seq) FROM runs GROUP BY account_id)`,
        )
        .all(),
    )
    const found = (rows ?? []).map(({ lastWorkedAt, ...row }): [string, LastRuns] => {
      const last = RunSummary.parse(row)
      return [last.accountId, { last, lastWorkedAt: typeof lastWorkedAt === 'string' ? lastWorkedAt : null }]
    })
    return new Map(found)
  }

  /** Deletes the history of these accounts. */
  forget(accountIds: readonly string[]): void {
    this.#withDatabase('read', database => {
      const statement = database.prepare('DELETE FROM runs WHERE account_id = ?')
      for (const accountId of accountIds) statement.run(accountId)
    })
  }

  problem(): KeptAside | null {
    const keptAs = lastKeptAside(this.path)
    return keptAs === null ? null : { message: `${this.path} was damaged and was kept aside.`, keptAs }
  }

  close(): void {
    this.#opened?.close()
    this.#opened = null
  }

  /** null when there is nothing to read: no run was ever kept. */
  #withDatabase<T>(doing: 'read' | 'write', work: (database: DatabaseSync) => T): T | null {
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

  #open(): DatabaseSync {
    if (this.#opened !== null) return this.#opened
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 })
    // SQLite gives a new file the mode of the umask, and its own side files the mode of this one.
    if (!existsSync(this.path)) closeSync(openSync(this.path, 'a', 0o600))
    const { DatabaseSync } = loadSqlite()
    const database = new DatabaseSync(this.path, { timeout: BUSY_MS })
    try {
      prepareSchema(database, this.path)
      chmodSync(this.path, 0o600)
    } catch (error) {
      database.close()
      throw error
    }
    this.#opened = database
    return database
  }
}

export function summaryOf(report: Report): RunSummary {
  const headline = report.findings.find(finding => finding.severity === 'error')?.title ?? null
  const { id, startedAt, totalMs, purpose } = report
  return { id, accountId: report.account.id, startedAt, totalMs, purpose, verdict: verdictOf(report), headline }
}

function prepareSchema(database: DatabaseSync, path: string): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
    if (version > SCHEMA_VERSION) {
      const remedy = 'Use the newer version of Mailwright.'
      throw new Problem('configuration', `${path} was written by a newer Mailwright`, { field: path, remedy })
    }
    if (version === 0) database.exec(`${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION};`)
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
