import type { ConfigFileFacts, MsmtpSurroundings } from '#shared/contract/config-files.ts'
import { valueOf } from '#shared/msmtprc/accounts.ts'
import { showBytes } from '#shared/msmtprc/bytes.ts'
import { checkMsmtprc, isRefused } from '#shared/msmtprc/check.ts'
import type { MsmtprcPlatform } from '#shared/msmtprc/compose-secret.ts'
import { moveSecrets, type SecretMove } from '#shared/msmtprc/move-secret.ts'
import { type ParsedMsmtprc, parseMsmtprc } from '#shared/msmtprc/parse.ts'
import { printPretend } from '#shared/msmtprc/pretend.ts'
import type { MsmtprcFix, MsmtprcProblem } from '#shared/msmtprc/problem.ts'
import { type Choice, resolveAccount } from '#shared/msmtprc/resolve.ts'
import { textLineOf } from '#shared/msmtprc/text-lines.ts'

export type CheckInput = {
  /** In the form of `decodeBytes`. */
  readonly text: string
  /** Only serves the wording. */
  readonly fileName: string
  readonly facts: ConfigFileFacts
  readonly surroundings: MsmtpSurroundings
  readonly platform: MsmtprcPlatform
  readonly choice: Choice
}

export type FileAccount = { readonly name: string; readonly line: number; readonly from: string | null }

/** What msmtp would print with `--pretend`, or why it would not. */
export type Pretended =
  | { readonly kind: 'settings'; readonly account: string | null; readonly lines: readonly string[] }
  | { readonly kind: 'refused'; readonly message: string; readonly lines: readonly string[] }

/** All lines count as the editor does. */
export type CheckedFile = {
  readonly problems: readonly MsmtprcProblem[]
  readonly refused: boolean
  readonly accounts: readonly FileAccount[]
  readonly moves: readonly SecretMove[]
  readonly holdsPassword: boolean
  /** Lines whose `eval` was not run, so that what it sets is not known. */
  readonly unknownEvals: readonly number[]
  readonly pretended: Pretended
}

/** Everything that the page says about a file. Runs nothing of it. */
export function checkFile(input: CheckInput): CheckedFile {
  const parsed = parseMsmtprc(input.text)
  const lineOf = textLineOf(input.text)
  const problems = checkMsmtprc(parsed, input.facts, input.surroundings.home)
  return {
    problems: problems.map(problem => ({
      ...problem,
      line: problem.line === null ? null : lineOf(problem.line),
      message: showBytes(problem.message),
      fix: problem.fix === null ? null : placeFix(problem.fix, lineOf),
    })),
    refused: isRefused(problems),
    accounts: parsed.accounts.map(account => ({
      name: account.name,
      line: lineOf(account.line),
      from: valueOf(account, 'from'),
    })),
    moves: moveSecrets(parsed, input.platform).map(move => ({
      ...move,
      line: lineOf(move.line),
      fix: placeFix(move.fix, lineOf),
    })),
    holdsPassword: parsed.holdsPassword,
    unknownEvals: parsed.unknownEvals.map(({ line }) => lineOf(line)),
    pretended: pretend(parsed, problems, input),
  }
}

function pretend(parsed: ParsedMsmtprc, problems: readonly MsmtprcProblem[], input: CheckInput): Pretended {
  const { choice, surroundings, fileName } = input
  const [complaint] = parsed.complaints
  if (complaint !== undefined) return { kind: 'refused', message: showBytes(complaint.printed), lines: [] }
  const refusal = problems.find(({ refused }) => refused)
  if (refusal !== undefined) return { kind: 'refused', message: showBytes(refusal.message), lines: [] }
  const resolved = resolveAccount(parsed.accounts, choice, surroundings, fileName)
  if (resolved.ok) {
    const account = resolved.value.account?.name ?? null
    return { kind: 'settings', account, lines: printPretend(resolved.value, fileName).map(showBytes) }
  }
  const { message, said } = resolved.error
  return { kind: 'refused', message: showBytes(message), lines: said.map(showBytes) }
}

function placeFix(fix: MsmtprcFix, lineOf: (counted: number) => number): MsmtprcFix {
  return fix.kind === 'advice' ? fix : { ...fix, line: lineOf(fix.line) }
}
