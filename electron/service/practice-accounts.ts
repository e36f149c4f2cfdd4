import { randomUUID } from 'node:crypto'
import { AccountSettings } from '#shared/account/account.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import type { PracticeEndpoint, PracticeStatus } from '#shared/contract/practice.ts'
import { Problem } from '#shared/problem.ts'
import { freeName, namesOf } from '#service/account-names.ts'
import type { Accounts } from '#service/accounts.ts'
import type { LazyPractice } from '#service/lazy-practice.ts'
import type { Secrets } from '#service/secrets/secrets.ts'

/** Makes accounts that reach the practice server. */
export class PracticeAccounts {
  readonly #practice: LazyPractice
  readonly #accounts: Accounts
  readonly #secrets: Secrets

  constructor(practice: LazyPractice, accounts: Accounts, secrets: Secrets) {
    this.#practice = practice
    this.#accounts = accounts
    this.#secrets = secrets
  }

  /**
   * An account for this way in, or for the one with STARTTLS. Its password is made up anew whenever the program starts,
   * so it is kept in memory only.
   *
   * @throws Problem `unavailable` while the practice server does not run
   */
  async create(endpoint: PracticeEndpoint | null): Promise<AccountView> {
    const practice = await this.#practice.get()
    const status = practice.status()
    if (!status.running) {
      throw new Problem('unavailable', 'the practice server is not running', { remedy: 'Start it first.' })
    }
    const { host, port, security, user } = endpoint ?? usualEndpoint(status)
    const settings = AccountSettings.parse({
      provider: 'practice',
      host,
      port,
      security,
      auth: user === null ? 'none' : 'auto',
      user,
      secret: { kind: user === null ? 'none' : 'prompt' },
      caFile: security === 'none' ? null : status.caFile,
      // The relay asks nobody; whoever is told to sign in there is the practice server's one user.
      from: user ?? usualEndpoint(status).user,
      fromName: 'Practice',
    })
    const id = randomUUID()
    const kept = user === null ? null : await this.#secrets.keepForSession(id, practice.password())
    const name = freeName(namesOf(this.#accounts.all()), 'Practice')
    await this.#accounts.addAll([{ account: { ...settings, id, name }, kept }])
    return this.#accounts.get(id)
  }
}

function usualEndpoint({ smtp }: PracticeStatus): PracticeEndpoint {
  const endpoint = smtp.find(({ security }) => security === 'starttls') ?? smtp[0]
  if (!endpoint) throw new Problem('unavailable', 'the practice server offers no way in')
  return endpoint
}
