import type { SettingValue } from '#shared/msmtprc/argument.ts'
import type { SettingName } from '#shared/msmtprc/directive.ts'
import { fallbackOf } from '#shared/msmtprc/directives.ts'
import { trimWord } from '#shared/msmtprc/words.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** A value with the line that set it. */
export type Setting = { readonly value: SettingValue; readonly line: number }

export type MsmtprcAccount = {
  readonly name: string
  /** Where it starts: its `account` line, or the first command of a file without one. */
  readonly line: number
  readonly implicit: boolean
  readonly parents: readonly string[]
  /** Set in the account itself, or copied from the accounts that it names. */
  readonly own: ReadonlyMap<SettingName, Setting>
  /** What `defaults` preset when the account began. */
  readonly defaults: ReadonlyMap<SettingName, Setting>
}

export type AccountFault = {
  readonly code:
    'missing-account-name' | 'bad-account-name' | 'duplicate-account' | 'undefined-account' | 'too-many-accounts'
  readonly message: string
}

type OpenAccount = MsmtprcAccount & { readonly own: Map<SettingName, Setting> }

/** What the account uses for a setting: its own, else the defaults', else null for msmtp's own. */
export function settingOf(account: MsmtprcAccount, name: SettingName): Setting | null {
  const own = account.own.get(name)
  if (own !== undefined) return own
  // An empty value in `defaults` presets nothing: msmtp begins each account with its own fallback there.
  const preset = account.defaults.get(name)
  return preset === undefined || preset.value === null ? null : preset
}

/** The value that msmtp works with, in the words of `--pretend`. */
export function valueOf(account: MsmtprcAccount, name: SettingName): SettingValue {
  const setting = settingOf(account, name)
  return setting === null ? fallbackOf(name) : setting.value
}

/** The accounts of a file while it is read. */
export class AccountTable {
  readonly accounts: MsmtprcAccount[] = []
  readonly #byName = new Map<string, MsmtprcAccount>()
  #defaults = new Map<SettingName, Setting>()
  #defaultsInUse = false
  #current: OpenAccount | 'defaults' | 'nothing' = 'nothing'

  /** The account that commands go to now; null in `defaults`. */
  get current(): MsmtprcAccount | null {
    return typeof this.#current === 'string' ? null : this.#current
  }

  /** msmtp opens an account called "default" for a command before the first `account`. */
  openImplicit(line: number): void {
    if (this.#current === 'nothing')
      this.#add({ name: 'default', line, implicit: true, parents: [], own: new Map(), defaults: this.#takeDefaults() })
  }

  openDefaults(): void {
    this.#current = 'defaults'
  }

  /**
   * An `account` line: `name`, or `name : parent, parent`. msmtp stops at a wrong one; here what follows goes to an
   * account that is in no list, so that it does not spoil the one before.
   */
  open(line: number, argument: string): Result<null, AccountFault> {
    const opened = this.#parse(line, argument)
    if (opened.ok) this.#add(opened.value)
    else
      this.#current = { name: '', line, implicit: false, parents: [], own: new Map(), defaults: this.#takeDefaults() }
    return opened.ok ? ok(null) : opened
  }

  #parse(line: number, argument: string): Result<OpenAccount, AccountFault> {
    if (this.accounts.length >= MAX_ACCOUNTS) return err(TOO_MANY)
    const colon = argument.indexOf(':')
    const parents: MsmtprcAccount[] = []
    if (colon !== -1) {
      for (const part of argument.slice(colon + 1).split(',')) {
        const name = trimWord(part)
        if (name === '') return err(MISSING_NAME)
        const parent = this.#byName.get(name)
        if (parent === undefined)
          return err({ code: 'undefined-account', message: `account ${name} not (yet) defined` })
        parents.push(parent)
      }
    }
    const name = colon === -1 ? argument : trimWord(argument.slice(0, colon))
    if (name === '') return err(MISSING_NAME)
    if (/[:,]/.test(name))
      return err({ code: 'bad-account-name', message: 'an account name must not contain colons or commas' })
    if (this.#byName.has(name))
      return err({ code: 'duplicate-account', message: `account ${name} was already defined` })
    const own = new Map(parents.flatMap(parent => [...parent.own].filter(([name]) => !NOT_INHERITED.has(name))))
    return ok({
      name,
      line,
      implicit: false,
      parents: parents.map(parent => parent.name),
      own,
      defaults: this.#takeDefaults(),
    })
  }

  set(name: SettingName, setting: Setting): void {
    if (typeof this.#current !== 'string') {
      this.#current.own.set(name, setting)
      return
    }
    // Accounts share one map of defaults until the defaults change again.
    if (this.#defaultsInUse) this.#defaults = new Map(this.#defaults)
    this.#defaultsInUse = false
    this.#defaults.set(name, setting)
  }

  #add(account: OpenAccount): void {
    this.accounts.push(account)
    this.#byName.set(account.name, account)
    this.#current = account
  }

  #takeDefaults(): ReadonlyMap<SettingName, Setting> {
    this.#defaultsInUse = true
    return this.#defaults
  }
}

/** Our own limit: accounts that inherit cost far more memory than their line, and a file is somebody else's text. */
const MAX_ACCOUNTS = 100_000

const TOO_MANY: AccountFault = { code: 'too-many-accounts', message: `more than ${MAX_ACCOUNTS} accounts` }

/** msmtp 1.8.23 forgets to copy it; mended in 1.8.24. */
export const NOT_INHERITED: ReadonlySet<SettingName> = new Set<SettingName>(['allow_from_override'])

const MISSING_NAME: AccountFault = { code: 'missing-account-name', message: 'missing account name' }
