import { valueOf } from '#shared/msmtprc/accounts.ts'
import { byteLength } from '#shared/msmtprc/bytes.ts'
import { keyringStoreCommand, type MsmtprcPlatform } from '#shared/msmtprc/compose-secret.ts'
import type { ParsedMsmtprc, Statement } from '#shared/msmtprc/parse.ts'
import type { MsmtprcFix } from '#shared/msmtprc/problem.ts'
import { MAX_LINE_BYTES, quoteArgument } from '#shared/msmtprc/quote.ts'
import { quoteShell } from '#shared/msmtprc/shell.ts'

/** How one readable password leaves the file. Neither part holds the password. */
export type SecretMove = {
  /** Of the `password` command, as msmtp counts. */
  readonly line: number
  readonly account: string
  /** To be run first: it asks for the password and puts it into the key ring. */
  readonly storeCommand: string
  readonly fix: MsmtprcFix
}

/**
 * For every `password` of an account whose host and user are known: the command that stores it in the key ring, and
 * the `passwordeval` that takes its place. None where msmtp's system has no key ring with a command.
 */
export function moveSecrets(parsed: ParsedMsmtprc, platform: MsmtprcPlatform): readonly SecretMove[] {
  return parsed.statements.flatMap(statement => moveSecret(statement, platform) ?? [])
}

function moveSecret(statement: Statement, platform: MsmtprcPlatform): SecretMove | null {
  const { line, command, argument, account, evaluated } = statement
  // In `defaults` the password belongs to no one host; out of an `eval` it does not stand in the file.
  if (command !== 'password' || argument === '' || evaluated || account === null || account === undefined) return null
  const user = valueOf(account, 'user')
  const host = valueOf(account, 'host') ?? (valueOf(account, 'socket') === null ? null : 'localhost')
  if (user === null || host === null || !user.isWellFormed() || !host.isWellFormed()) return null
  const store = keyringStoreCommand(user, host, platform)
  const lookup = quoteArgument(lookupCommand(user, host, platform))
  if (store === null || !lookup.ok) return null
  const text = `passwordeval ${lookup.value}`
  if (byteLength(text) > MAX_LINE_BYTES) return null
  return { line, account: account.name, storeCommand: store, fix: { kind: 'replace', line, text } }
}

function lookupCommand(user: string, host: string, platform: MsmtprcPlatform): string {
  return platform === 'macos'
    ? `security find-internet-password -s ${quoteShell(host)} -r smtp -a ${quoteShell(user)} -w`
    : `secret-tool lookup host ${quoteShell(host)} service smtp user ${quoteShell(user)}`
}
