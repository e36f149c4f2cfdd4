import { type MsmtprcAccount, valueOf } from '#shared/msmtprc/accounts.ts'
import type { SettingValue } from '#shared/msmtprc/argument.ts'
import { completeSettings, findConflict } from '#shared/msmtprc/complete.ts'
import type { SettingName } from '#shared/msmtprc/directive.ts'
import { fallbackOf, SETTING_NAMES } from '#shared/msmtprc/directives.ts'
import { matchFrom } from '#shared/msmtprc/match.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** What msmtp would find around itself. A value that is null is not set, or not there. */
export type MsmtpEnvironment = {
  /** `$HOME`; stands for `~` at the beginning of a file name. */
  readonly home: string
  /** `$USER`, else `$LOGNAME`, else the login name: `%U`. */
  readonly user: string
  /** `$HOSTNAME`, else the name of the system: `%H`. */
  readonly hostname: string
  /** `%C` */
  readonly canonicalHostname: string
  /** The first line of /etc/mailname: `%M`. */
  readonly mailname: string | null
  /** `$EMAIL` and `$SMTPSERVER` stand in for an account "default" that is not there. */
  readonly email: string | null
  readonly smtpServer: string | null
}

/** How the account is chosen; `from` is the envelope sender of the command line. */
export type Choice = { readonly account: string | null; readonly from: string | null }

export type Resolved = {
  /** null: `$EMAIL` and `$SMTPSERVER` took the place of an account. */
  readonly account: MsmtprcAccount | null
  /** In the words of `--pretend`; a password is never looked up, and is "*" where there is one. */
  readonly settings: ReadonlyMap<SettingName, SettingValue>
  /** What msmtp says about its choice. */
  readonly said: readonly string[]
}

export type Unresolved = {
  readonly kind: 'no-account' | 'conflict' | 'no-mailname'
  /** Without the name of the program and of the file. */
  readonly message: string
  readonly account: MsmtprcAccount | null
  readonly said: readonly string[]
}

/** The settings that msmtp would use. `fileName` only serves the wording. */
export function resolveAccount(
  accounts: readonly MsmtprcAccount[],
  choice: Choice,
  environment: MsmtpEnvironment,
  fileName: string,
): Result<Resolved, Unresolved> {
  const chosen = chooseAccount(accounts, choice, environment, fileName)
  if (!chosen.ok) return chosen
  const { account, said } = chosen.value
  const given = account === null ? environmentSettings(choice, environment) : accountSettings(account, choice)
  const completed = completeSettings(given, environment)
  if (!completed.ok) return err({ kind: 'no-mailname', message: completed.error, account, said })
  const settings = completed.value
  const conflict = findConflict(settings)
  if (conflict === null) return ok({ account, settings, said })
  const message = account === null ? conflict : `account ${account.name} from ${fileName}: ${conflict}`
  return err({ kind: 'conflict', message, account, said })
}

/** What msmtp would say about this account as a whole, whoever calls it; null where it would use it. */
export function conflictOf(account: MsmtprcAccount): string | null {
  const completed = completeSettings(accountSettings(account, { account: null, from: null }), NOWHERE)
  return completed.ok ? findConflict(completed.value) : null
}

const NOWHERE: MsmtpEnvironment = {
  home: '',
  user: '',
  hostname: '',
  canonicalHostname: '',
  mailname: '',
  email: null,
  smtpServer: null,
}

/** `--account`, else the first account whose `from` matches, else `default`, else the environment. */
function chooseAccount(
  accounts: readonly MsmtprcAccount[],
  choice: Choice,
  environment: MsmtpEnvironment,
  fileName: string,
): Result<{ readonly account: MsmtprcAccount | null; readonly said: readonly string[] }, Unresolved> {
  const said: string[] = []
  const { account: name, from } = choice
  if (name === null && from !== null) {
    const account = accounts.find(candidate => {
      const pattern = valueOf(candidate, 'from')
      return pattern !== null && matchFrom(pattern, from)
    })
    if (account !== undefined)
      return ok({ account, said: [`account chosen by envelope from address ${from}: ${account.name}`] })
  }
  if (name === null) said.push('falling back to default account')
  const wanted = name ?? 'default'
  const account = accounts.find(candidate => candidate.name === wanted)
  if (account !== undefined) return ok({ account, said })
  if (name === null && environment.smtpServer !== null && (from ?? environment.email) !== null) {
    return ok({ account: null, said: [...said, 'using environment variables EMAIL and SMTPSERVER'] })
  }
  return err({ kind: 'no-account', message: `account ${wanted} not found in ${fileName}`, account: null, said })
}

function accountSettings(account: MsmtprcAccount, choice: Choice): Map<SettingName, SettingValue> {
  const settings = new Map(SETTING_NAMES.map(name => [name, valueOf(account, name)]))
  if (choice.from !== null && settings.get('allow_from_override') === 'on') settings.set('from', choice.from)
  return settings
}

function environmentSettings(choice: Choice, environment: MsmtpEnvironment): Map<SettingName, SettingValue> {
  const settings = new Map(SETTING_NAMES.map(name => [name, fallbackOf(name)]))
  return settings.set('host', environment.smtpServer).set('from', choice.from ?? environment.email)
}
