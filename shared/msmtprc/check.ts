import type { MsmtprcAccount } from '#shared/msmtprc/accounts.ts'
import { lintAccount } from '#shared/msmtprc/lint-accounts.ts'
import { lintFrom } from '#shared/msmtprc/lint-from.ts'
import { lintStatement } from '#shared/msmtprc/lint-statements.ts'
import { mendComplaint } from '#shared/msmtprc/mend.ts'
import type { ParsedMsmtprc, Statement } from '#shared/msmtprc/parse.ts'
import { advice, type MsmtprcProblem, remark } from '#shared/msmtprc/problem.ts'
import { conflictOf } from '#shared/msmtprc/resolve.ts'

/** What msmtp would learn of the file from the system. */
export type FileFacts = {
  /** Permission bits, as in 0o600. */
  readonly mode: number
  readonly ownedByUser: boolean
  /** msmtp holds root to no rule. */
  readonly userIsRoot: boolean
}

/** A hostile file could have millions. */
const MAX_PROBLEMS = 5_000

/**
 * Every complaint that msmtp would raise, in its words, and beyond it what it would not say, by line. msmtp itself
 * stops at the first complaint; the later ones are what it would say once that is mended.
 */
export function checkMsmtprc(
  parsed: ParsedMsmtprc,
  file: FileFacts | null,
  home: string | null,
): readonly MsmtprcProblem[] {
  const complaints = parsed.complaints.map((complaint): MsmtprcProblem => ({
    line: complaint.line,
    code: complaint.code,
    severity: 'error',
    message: complaint.message,
    fix: mendComplaint(complaint),
    refused: true,
  }))
  const byName = new Map(parsed.accounts.map(account => [account.name, account]))
  const problems = [
    ...complaints,
    ...(file === null ? [] : judgeFile(parsed, file)),
    ...(complaints.length === 0 ? judgeAccounts(parsed) : []),
    ...parsed.statements.flatMap(statement => lintStatement(statement, home)),
    ...parsed.newer.map(lintNewer),
    ...judgeDefaults(parsed),
    ...parsed.accounts.flatMap(account => lintAccount(account, parentsOf(account, byName))),
    ...lintFrom(parsed.accounts),
  ]
  return inOrder(bounded(withoutRepeats(problems)))
}

/** Errors stand first in what is bounded, so that none of them is lost to remarks. */
function bounded(problems: readonly MsmtprcProblem[]): readonly MsmtprcProblem[] {
  if (problems.length <= MAX_PROBLEMS) return problems
  const more = `${problems.length - MAX_PROBLEMS} more problems are not listed`
  return [...problems.slice(0, MAX_PROBLEMS), remark('info', null, 'more', more)]
}

/** Whether msmtp refuses the file for every choice of account. */
export function isRefused(problems: readonly MsmtprcProblem[]): boolean {
  return problems.some(problem => problem.refused)
}

/** msmtp looks at owner and mode only where a `password` command stands in the file, and only once it could read it. */
export function judgeFile(parsed: ParsedMsmtprc, file: FileFacts): readonly MsmtprcProblem[] {
  const problems: MsmtprcProblem[] = []
  const refused = !file.userIsRoot
  const severity = refused ? 'error' : 'warning'
  if (parsed.holdsPassword && !file.ownedByUser) {
    const message = 'contains secrets and therefore must be owned by you'
    problems.push({
      line: null,
      code: 'wrong-owner',
      severity,
      message,
      fix: advice('chown the file to yourself'),
      refused,
    })
  } else if (parsed.holdsPassword && (file.mode & 0o177) !== 0) {
    const message = 'contains secrets and therefore must have no more than user read/write permissions'
    problems.push({ line: null, code: 'too-open', severity, message, fix: advice('chmod 600'), refused })
  }
  if ((file.mode & 0o022) !== 0) {
    const message = 'others may change the file, and msmtp runs the commands that it names'
    problems.push(remark('warning', null, 'writable-by-others', message, advice('chmod go-w')))
  }
  return problems
}

function parentsOf(account: MsmtprcAccount, byName: ReadonlyMap<string, MsmtprcAccount>): readonly MsmtprcAccount[] {
  return account.parents.flatMap(name => byName.get(name) ?? [])
}

function judgeAccounts(parsed: ParsedMsmtprc): readonly MsmtprcProblem[] {
  const parents = new Set(parsed.accounts.flatMap(account => account.parents))
  const problems = parsed.accounts.flatMap(account => judgeAccount(account, parents.has(account.name)))
  if (parsed.accounts.some(account => account.name === 'default') || parsed.unknownEvals.length > 0) return problems
  const last = parsed.accounts.at(-1)
  const fix = last === undefined ? null : advice(`add a last line: account default : ${last.name}`)
  return [
    ...problems,
    remark('error', null, 'no-default-account', 'account default not found: msmtp needs -a or a matching --from', fix),
  ]
}

function judgeAccount(account: MsmtprcAccount, isParent: boolean): readonly MsmtprcProblem[] {
  const conflict = conflictOf(account)
  if (conflict === null) return []
  // An account that others inherit from need not be complete itself.
  const severity = isParent && conflict === 'host not set' ? 'info' : 'error'
  return [remark(severity, account.line, 'account-conflict', `account ${account.name}: ${conflict}`)]
}

function lintNewer(statement: Statement): MsmtprcProblem {
  const since = statement.command === 'auth' ? 'a later version' : (statement.directive?.since ?? 'a later version')
  const word = statement.command === 'auth' ? `auth ${statement.argument}` : statement.command
  return remark('info', statement.line, 'newer-command', `${word} needs msmtp ${since}: 1.8.23 refuses the file`)
}

function judgeDefaults(parsed: ParsedMsmtprc): readonly MsmtprcProblem[] {
  const lastAccount = parsed.accounts.at(-1)?.line ?? 0
  return parsed.statements
    .filter(statement => statement.command === 'defaults' && statement.line > lastAccount)
    .map(({ line }) =>
      remark(
        'warning',
        line,
        'defaults-without-effect',
        'defaults only reach accounts that come after',
        advice('move them before the accounts'),
      ),
    )
}

/** One line may trouble many accounts: it is told once. */
function withoutRepeats(problems: readonly MsmtprcProblem[]): readonly MsmtprcProblem[] {
  const seen = new Set<string>()
  return problems.filter(problem => {
    const key = problem.severity === 'error' ? `${problem.line} ${problem.message}` : `${problem.line} ${problem.code}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function inOrder(problems: readonly MsmtprcProblem[]): readonly MsmtprcProblem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
}
