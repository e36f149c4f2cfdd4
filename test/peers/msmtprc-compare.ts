import { parseMsmtprc, type ParsedMsmtprc } from '#shared/msmtprc/parse.ts'
import { decodeBytes } from '#shared/msmtprc/bytes.ts'
import { printPretend } from '#shared/msmtprc/pretend.ts'
import { resolveAccount, type MsmtpEnvironment } from '#shared/msmtprc/resolve.ts'
import type { Verdict } from './msmtprc-oracle.ts'

/** What we say to a file, in the form in which msmtp says it. */
export function ourVerdict(
  bytes: Uint8Array,
  args: readonly string[],
  environment: MsmtpEnvironment,
  fileName: string,
): { readonly verdict: Verdict; readonly parsed: ParsedMsmtprc } {
  const parsed = parseMsmtprc(decodeBytes(bytes))
  const complaint = parsed.complaints[0]
  if (complaint !== undefined) {
    return { parsed, verdict: { exit: 78, out: '', error: `msmtp: ${fileName}: ${complaint.printed}\n` } }
  }
  const resolved = resolveAccount(parsed.accounts, parseChoice(args), environment, fileName)
  if (resolved.ok) {
    return { parsed, verdict: { exit: 0, out: `${printPretend(resolved.value, fileName).join('\n')}\n`, error: '' } }
  }
  const { said, message } = resolved.error
  const out = [`loaded user configuration file ${fileName}`, ...said, ''].join('\n')
  return { parsed, verdict: { exit: 78, out, error: `msmtp: ${message}\n` } }
}

/**
 * Where we and msmtp 1.8.23 are known to differ, and why. Everything else must be the same to the letter.
 */
export function knownDifference(parsed: ParsedMsmtprc, ours: Verdict, theirs: Verdict): string | null {
  if (parsed.newer.length > 0) return 'a command that came after 1.8.23 is known here, and unknown there'
  if (parsed.unknownEvals.length > 0) return 'what an eval would print is not known without running it'
  if (ours.error.includes('********')) return 'a password that msmtp prints in its complaint is masked here'
  if (theirs.exit >= 128 && /command (?:syslog|dsn_notify|dsn_return)(?: needs an argument)?\n$/.test(ours.error)) {
    return 'msmtp 1.8.23 frees the old value twice and dies before it can complain'
  }
  return null
}

function parseChoice(args: readonly string[]): { readonly account: string | null; readonly from: string | null } {
  let account: string | null = null
  let from: string | null = null
  for (const [index, arg] of args.entries()) {
    if (arg === '-a') account = args[index + 1] ?? null
    if (arg.startsWith('--from=')) from = arg.slice('--from='.length)
  }
  return { account, from }
}
