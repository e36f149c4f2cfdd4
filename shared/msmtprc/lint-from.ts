import { type MsmtprcAccount, settingOf } from '#shared/msmtprc/accounts.ts'
import { neverMatches } from '#shared/msmtprc/glob.ts'
import { isPattern, matchFrom } from '#shared/msmtprc/match.ts'
import { advice, type MsmtprcProblem, remark } from '#shared/msmtprc/problem.ts'

/** Each address is held against so many patterns at most: a file of thousands is checked in no time all the same. */
const MAX_PATTERNS = 50

/** Accounts that `--from` can never choose. */
export function lintFrom(accounts: readonly MsmtprcAccount[]): readonly MsmtprcProblem[] {
  const problems: MsmtprcProblem[] = []
  const firstByAddress = new Map<string, MsmtprcAccount>()
  const patterns: { readonly account: MsmtprcAccount; readonly from: string }[] = []
  for (const account of accounts) {
    const setting = settingOf(account, 'from')
    if (setting === null || setting.value === null || setting.value === '') continue
    const from = setting.value
    const unmatchable = judgeFrom(account, from)
    if (unmatchable !== null) {
      problems.push(remark('warning', setting.line, 'from-never-matches', unmatchable))
      continue
    }
    // An alias such as `account default : name` shadows nothing: it says the same.
    const shadow = isAlias(account)
      ? undefined
      : (firstByAddress.get(from.toLowerCase()) ??
        patterns.find(earlier => !isPattern(from) && matchFrom(earlier.from, from))?.account)
    if (shadow !== undefined && shadow !== account && !inherits(account, shadow)) {
      const message = `--from ${from} always chooses account ${shadow.name}, never ${account.name}`
      problems.push(
        remark(
          'warning',
          setting.line,
          'shadowed-account',
          message,
          advice(`put account ${account.name} first, or choose it with -a`),
        ),
      )
    }
    if (!firstByAddress.has(from.toLowerCase())) firstByAddress.set(from.toLowerCase(), account)
    if (isPattern(from) && patterns.length < MAX_PATTERNS) patterns.push({ account, from })
  }
  return problems
}

function judgeFrom(account: MsmtprcAccount, from: string): string | null {
  if (/[<>]/.test(from)) return 'from takes an address alone, without a name and without angle brackets'
  if (/^[ \t]|[ \t]$/.test(from)) return 'no address begins or ends with a blank'
  if (isPattern(from) && neverMatches(from)) return `the pattern ${from} matches no address`
  if (/%[UHCM]/.test(from) && account.name !== 'default') {
    return `msmtp fills ${from} in only after it has chosen an account: --from never chooses this one`
  }
  return null
}

function inherits(account: MsmtprcAccount, parent: MsmtprcAccount): boolean {
  return account.own.get('from') === parent.own.get('from')
}

/** Whether the account is nothing but another name for its only parent. */
function isAlias(account: MsmtprcAccount): boolean {
  return account.parents.length === 1 && [...account.own.values()].every(setting => setting.line < account.line)
}
