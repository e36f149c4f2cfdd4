import { type MsmtprcAccount, settingOf } from '#shared/msmtprc/accounts.ts'
import { neverMatches } from '#shared/msmtprc/glob.ts'
import { isPattern, matchFrom } from '#shared/msmtprc/match.ts'
import { advice, type MsmtprcProblem, remark } from '#shared/msmtprc/problem.ts'

/*
 * Limits of what is looked for, not of what is right: comparing every address with every pattern would let a hostile
 * file keep the checker busy for hours.
 */
const MAX_PATTERNS = 50
const MAX_PATTERN_LENGTH = 64
const MAX_ADDRESS_LENGTH = 128
const MAX_COMPARISONS = 50_000

/** Accounts that `--from` can never choose. */
export function lintFrom(accounts: readonly MsmtprcAccount[]): readonly MsmtprcProblem[] {
  const earlier = new EarlierAccounts()
  return accounts.flatMap(account => {
    const setting = settingOf(account, 'from')
    const from = setting?.value ?? ''
    if (setting === null || from === '') return []
    const unmatchable = judgeFrom(account, from)
    if (unmatchable !== null) return [remark('warning', setting.line, 'from-never-matches', unmatchable)]
    const shadow = earlier.find(from)
    earlier.add(account, from)
    // What was inherited, as by `account default : name`, shadows nothing: it says the same.
    if (shadow === null || account.own.get('from') === shadow.own.get('from')) return []
    const message = `--from ${from} always chooses account ${shadow.name}, never ${account.name}`
    const fix = advice(`put account ${account.name} first, or choose it with -a`)
    return [remark('warning', setting.line, 'shadowed-account', message, fix)]
  })
}

class EarlierAccounts {
  readonly #byAddress = new Map<string, MsmtprcAccount>()
  readonly #patterns: { readonly account: MsmtprcAccount; readonly from: string }[] = []
  #comparisons = 0

  find(from: string): MsmtprcAccount | null {
    const same = this.#byAddress.get(from.toLowerCase())
    if (same !== undefined) return same
    if (isPattern(from) || from.length > MAX_ADDRESS_LENGTH || this.#comparisons > MAX_COMPARISONS) return null
    this.#comparisons += this.#patterns.length
    return this.#patterns.find(pattern => matchFrom(pattern.from, from))?.account ?? null
  }

  add(account: MsmtprcAccount, from: string): void {
    if (!this.#byAddress.has(from.toLowerCase())) this.#byAddress.set(from.toLowerCase(), account)
    const short = from.length <= MAX_PATTERN_LENGTH && this.#patterns.length < MAX_PATTERNS
    if (isPattern(from) && short) this.#patterns.push({ account, from })
  }
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
