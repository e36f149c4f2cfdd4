import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { OwnMessage } from '#shared/contract/run.ts'
import { Database } from '#service/store/database.ts'

/** RFC 5321 section 4.5.4.1: a sender waits at least 30 minutes between tries, and gives up after 4 to 5 days. */
const RETRY_AFTER_MS = 30 * 60 * 1000
const GIVE_UP_AFTER_MS = 5 * 24 * 60 * 60 * 1000

const SCHEMA = `
  CREATE TABLE waiting (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    message TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    next_try_at INTEGER NOT NULL,
    tries INTEGER NOT NULL
  ) STRICT;
`

export type Waiting = {
  readonly id: string
  readonly accountId: string
  readonly message: OwnMessage
  readonly queuedAt: Date
  readonly tries: number
}

/** What came of a try: delivered or refused for good (it leaves the outbox), or to be tried again. */
export type TryResult = 'delivered' | 'refused' | 'later'

/** Messages that a server could not take for now, in `outbox.sqlite` (mode 0600), until it does or five days are over. */
export class Outbox {
  readonly #database: Database
  readonly #now: () => Date

  constructor(home: string, now: () => Date) {
    this.#database = new Database(join(home, 'outbox.sqlite'), { version: 1, schema: SCHEMA }, now)
    this.#now = now
  }

  /** After a first try that failed for now. @throws Problem `io` */
  keep(accountId: string, message: OwnMessage): void {
    const at = this.#now().getTime()
    this.#database.use('write', database =>
      database
        .prepare(
          'INSERT INTO waiting (id, account_id, message, queued_at, next_try_at, tries) VALUES (?, ?, ?, ?, ?, 1)',
        )
        .run(randomUUID(), accountId, JSON.stringify(message), at, at + RETRY_AFTER_MS),
    )
  }

  count(): number {
    const row = this.#database.use('read', database => database.prepare('SELECT count(*) AS n FROM waiting').get())
    return Number(row?.['n'] ?? 0)
  }

  /** Tries what is due, oldest first, one at a time; what has waited for five days is given up. Stops with the signal. */
  async deliverDue(
    attempt: (waiting: Waiting) => Promise<TryResult>,
    signal?: AbortSignal,
  ): Promise<Readonly<Record<TryResult | 'expired', number>>> {
    const counts = { delivered: 0, refused: 0, later: 0, expired: 0 }
    for (const waiting of this.#claimDue()) {
      if (signal?.aborted) break
      const result = await attempt(waiting)
      const expired = result === 'later' && this.#now().getTime() - waiting.queuedAt.getTime() > GIVE_UP_AFTER_MS
      counts[expired ? 'expired' : result] += 1
      if (result !== 'later' || expired)
        this.#database.use('write', database => database.prepare('DELETE FROM waiting WHERE id = ?').run(waiting.id))
    }
    return counts
  }

  /** Removes what waits for an account that is removed. */
  forget(accountId: string): void {
    this.#database.use('read', database => database.prepare('DELETE FROM waiting WHERE account_id = ?').run(accountId))
  }

  close(): void {
    this.#database.close()
  }

  /** The next time is set before the try, so that a second process does not send the same message. */
  #claimDue(): readonly Waiting[] {
    const at = this.#now().getTime()
    const rows = this.#database.use('read', database =>
      database
        .prepare(
          'UPDATE waiting SET next_try_at = ?1 + ?2, tries = tries + 1 WHERE next_try_at <= ?1 RETURNING id, account_id, message, queued_at, tries',
        )
        .all(at, RETRY_AFTER_MS),
    )
    return (rows ?? [])
      .map(row => ({
        id: String(row['id']),
        accountId: String(row['account_id']),
        // Written by `keep`, and nobody else writes here.
        message: JSON.parse(String(row['message'])) as OwnMessage,
        queuedAt: new Date(Number(row['queued_at'])),
        tries: Number(row['tries']),
      }))
      .sort((a, b) => a.queuedAt.getTime() - b.queuedAt.getTime())
  }
}
