import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { z } from 'zod'
import type { Account } from '#shared/account/account.ts'
import type { contract } from '#shared/contract.ts'
import type { MsmtprcInput, MsmtprcPreview, MsmtprcSaved } from '#shared/contract/msmtprc.ts'
import type { MsmtprcPlatform, MsmtprcSecretSource } from '#shared/msmtprc/compose-secret.ts'
import { type ComposedMsmtprc, composeMsmtprc } from '#shared/msmtprc/compose.ts'
import { Problem } from '#shared/problem.ts'
import type { Accounts } from '#service/accounts.ts'
import { type Environment, xdgConfigHome } from '#service/home.ts'
import { writePrivateFile } from '#service/private-file.ts'
import type { Secrets } from '#service/secrets/secrets.ts'
import { storeForMsmtp } from '#service/secrets/msmtp-keyring.ts'

type SaveInput = z.output<(typeof contract.msmtprc.save)['~orpc']['inputSchema'] & z.ZodType>

/** Of the machine that the file is for: this one. */
export type Machine = {
  readonly platform: NodeJS.Platform
  readonly env: Environment
  readonly userHome: string
  readonly hostname: string
}

/** Stands for a password wherever a file is shown. */
const MASK = '********'

/** Writes msmtprc files from accounts. */
export class MsmtprcService {
  readonly #accounts: Accounts
  readonly #secrets: Secrets
  readonly #machine: Machine
  readonly #now: () => Date

  constructor(accounts: Accounts, secrets: Secrets, machine: Machine, now: () => Date) {
    this.#accounts = accounts
    this.#secrets = secrets
    this.#machine = machine
    this.#now = now
  }

  /** What would be written, with `********` for a password. @throws Problem what msmtp could not read back */
  preview(input: MsmtprcInput): MsmtprcPreview {
    const composed = this.#compose(input, this.#chosen(input), () => MASK)
    const targets = targetPaths(this.#machine).map(path => ({ path, exists: existsSync(path) }))
    return { text: composed.text, notes: [...composed.notes], commands: [...composed.commands], targets }
  }

  /** Replaces the file; the old one stays beside it as a backup. @throws Problem `io` with path and remedy */
  async save(input: SaveInput): Promise<MsmtprcSaved> {
    const named = expandPath(input.path, this.#machine.userHome)
    const accounts = this.#chosen(input)
    const values = new Map<string, string>()
    if (input.secret === 'inline') {
      for (const account of accounts) {
        const value = await this.#secrets.valueForMsmtp(account)
        if (value !== null) values.set(account.id, value)
      }
    }
    const composed = this.#compose(input, accounts, account => values.get(account.id))
    const { path, backup } = await writePrivateFile(named, composed.text, this.#now())
    const stored = input.storeInKeyring && input.secret === 'keyring' ? await this.#storeInKeyring(accounts) : null
    const failures = stored?.failures ?? []
    const keyringStored = stored !== null && stored.count > 0 && failures.length === 0
    return { path, backup, mode: '0600', keyringStored, notes: [...composed.notes, ...failures] }
  }

  #chosen(input: MsmtprcInput): readonly Account[] {
    const known = new Map(this.#accounts.all().map(account => [account.id, account]))
    return [...new Set(input.accountIds)].map(id => {
      const account = known.get(id)
      if (!account) throw new Problem('not-found', 'there is no such account', { field: 'accountIds' })
      return account
    })
  }

  #compose(
    input: MsmtprcInput,
    accounts: readonly Account[],
    inline: (account: Account) => string | undefined,
  ): ComposedMsmtprc {
    const defaultName = accounts.find(({ id }) => id === input.defaultId)?.name ?? null
    const entries = accounts.map(account => ({ account, secret: sourceFor(account, input, inline) }))
    const { platform, hostname } = this.#machine
    const composed = composeMsmtprc(entries, { platform: msmtpPlatform(platform), defaultName, hostname })
    if (composed.ok) return composed.value
    const [first, ...others] = composed.error
    if (!first) throw new Error('a file that cannot be composed names no problem')
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`
    throw new Problem(first.code, `${first.message}${more}`, {
      ...(first.field === null ? {} : { field: first.field }),
      ...(first.remedy === null ? {} : { remedy: first.remedy }),
    })
  }

  async #storeInKeyring(accounts: readonly Account[]): Promise<{ count: number; failures: readonly string[] }> {
    const failures: string[] = []
    let count = 0
    for (const account of accounts) {
      const { host, user } = account
      if (user === null || account.auth === 'none') continue
      const value = await this.#secrets.valueForMsmtp(account)
      // A unix socket is on this machine; msmtp looks under this name then.
      const place = { host: host === '' ? 'localhost' : host, user }
      const stored =
        value === null
          ? { kind: 'not-stored' as const, why: 'this program has no password for it' }
          : await storeForMsmtp(place, value, this.#machine.platform, { ...this.#machine.env })
      if (stored.kind === 'stored') count += 1
      else failures.push(`${account.name}: the password is not in the key ring for msmtp yet (${stored.why})`)
    }
    return { count, failures }
  }
}

/** Where msmtp looks for a person's own file: the first that exists is the one it reads. */
export function targetPaths({ platform, env, userHome }: Machine): readonly string[] {
  if (platform === 'win32') return [join(env['APPDATA'] ?? userHome, 'msmtprc.txt')]
  const plain = join(userHome, '.msmtprc')
  const xdg = join(xdgConfigHome(env, userHome), 'msmtp', 'config')
  return !existsSync(plain) && existsSync(xdg) ? [xdg, plain] : [plain, xdg]
}

function sourceFor(
  account: Account,
  { secret, gpgFile }: MsmtprcInput,
  inline: (account: Account) => string | undefined,
): MsmtprcSecretSource {
  // A person's own command goes on serving, whatever is chosen for the others.
  if (account.secret.kind === 'command') return { kind: 'command', value: account.secret.command }
  switch (secret) {
    case 'keyring':
    case 'prompt':
      return { kind: secret }
    case 'gpg':
      return gpgFile === null ? { kind: 'gpg' } : { kind: 'gpg', gpgFile }
    case 'inline': {
      const value = inline(account)
      return value === undefined ? { kind: 'inline' } : { kind: 'inline', value }
    }
  }
}

/** A full path, with `~/` for the person's home. @throws Problem `bad-input` */
export function expandPath(path: string, userHome: string): string {
  const expanded = path.startsWith('~/') ? join(userHome, path.slice(2)) : path
  if (isAbsolute(expanded) && !expanded.includes('\0')) return expanded
  throw new Problem('bad-input', 'this is not a full path', { field: 'path', remedy: 'Begin with / or ~/.' })
}

function msmtpPlatform(platform: NodeJS.Platform): MsmtprcPlatform {
  if (platform === 'darwin') return 'macos'
  return platform === 'win32' ? 'windows' : 'linux'
}
