import { join } from 'node:path'
import { RunSummary } from '#shared/contract/run.ts'
import { Report, verdictOf } from '#shared/report/report.ts'
import { Database } from '#service/store/database.ts'
import type { KeptAside } from '#service/store/keep-aside.ts'

/** Runs that are kept of one account; older ones go when a new one comes. */
const RUNS_PER_ACCOUNT = 200

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
  readonly #database: Database

  constructor(home: string, now: () => Date) {
    this.path = join(home, 'journal.sqlite')
    this.#database = new Database(this.path, { version: 1, schema: SCHEMA }, now)
  }

  /** @throws Problem `io` */
  save(report: Report): void {
    const { id, verdict, headline } = summaryOf(report)
    this.#database.use('write', database => {
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
    const rows = this.#database.use('read', database =>
      database
        .prepare(`SELECT ${SUMMARY} FROM runs WHERE account_id = ? ORDER BY seq DESC LIMIT ?`)
        .all(accountId, limit),
    )
    return (rows ?? []).map(row => RunSummary.parse(row))
  }

  report(runId: string): Report | null {
    const row = this.#database.use('read', database =>
      database.prepare('SELECT report FROM runs WHERE id = ?').get(runId),
    )
    return typeof row?.['report'] === 'string' ? Report.parse(JSON.parse(row['report'])) : null
  }

  /** For every account that has run: its last run, and when one last succeeded. */
  lastRuns(): ReadonlyMap<string, LastRuns> {
    const rows = this.#database.use('read', database =>
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
    this.#database.use('read', database => {
      const statement = database.prepare('DELETE FROM runs WHERE account_id = ?')
      for (const accountId of accountIds) statement.run(accountId)
    })
  }

  problem(): KeptAside | null {
    return this.#database.problem()
  }

  close(): void {
    this.#database.close()
  }
}

export function summaryOf(report: Report): RunSummary {
  const headline = report.findings.find(finding => finding.severity === 'error')?.title ?? null
  const { id, startedAt, totalMs, purpose } = report
  return { id, accountId: report.account.id, startedAt, totalMs, purpose, verdict: verdictOf(report), headline }
}
