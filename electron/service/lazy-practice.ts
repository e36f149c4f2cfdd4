import type { Account } from '#shared/account/account.ts'
import type { SuppliedSecret } from '#engine/diagnosis/diagnosis.ts'
import { sealSecret } from '#engine/sasl/secret.ts'
import type { Practice } from '#service/practice/practice.ts'

/** The practice servers, whose libraries are loaded only when somebody asks for them. */
export class LazyPractice {
  readonly #home: string
  #opening: Promise<Practice> | null = null
  #opened: Practice | null = null

  constructor(home: string) {
    this.#home = home
  }

  get(): Promise<Practice> {
    this.#opening ??= this.#open()
    return this.#opening
  }

  /** `HOST:PORT` of its DNS server while it runs. */
  dns(): string | null {
    const dns = this.#opened?.status().dns
    return dns ? `${dns.host}:${dns.port}` : null
  }

  /**
   * The password of an account that signs in at the practice server, while that runs: it is made up anew at each start
   * of the program, so a stored account could not know it.
   */
  secretOf(account: Account): SuppliedSecret | null {
    if (account.provider !== 'practice' || this.#opened === null) return null
    const { smtp } = this.#opened.status()
    // Any of its ways in, for a repair may move an account from one to another, or make it sign in at the relay.
    const own =
      smtp.some(({ host, port }) => host === account.host && port === account.port) &&
      smtp.some(({ user }) => user !== null && user === account.user)
    return own ? { kind: 'known', secret: sealSecret(this.#opened.password()) } : null
  }

  /** The file of its CA, where this is one of its ports. */
  caFileAt(host: string, port: number | null): string | null {
    const status = this.#opened?.status()
    const own = status?.smtp.some(one => one.port === port && (one.host === host || host === 'localhost')) ?? false
    return own ? (status?.caFile ?? null) : null
  }

  /** Stops it if it was ever started; it can be started again. */
  async stop(): Promise<void> {
    await this.#opened?.stop()
  }

  async close(): Promise<void> {
    await this.#opened?.close()
  }

  async #open(): Promise<Practice> {
    const { createPractice } = await import('#service/practice/practice.ts')
    this.#opened = createPractice({ home: this.#home })
    return this.#opened
  }
}
