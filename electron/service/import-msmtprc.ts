import type { AccountSettings } from '#shared/account/account.ts'
import { showBytes } from '#shared/msmtprc/bytes.ts'
import { accountsFromMsmtprc } from '#shared/msmtprc/import.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'

/** An account as another program has it: its settings, and its password where the text holds one. */
export type ImportedAccount = {
  readonly name: string
  readonly settings: AccountSettings
  readonly password: string | null
}
export type Imported = { readonly accounts: readonly ImportedAccount[]; readonly notes: readonly string[] }

/** The accounts of an msmtprc. What cannot be carried over is noted; no command in it is run. */
export function readMsmtprcAccounts(text: string): Imported {
  const parsed = parseMsmtprc(text)
  const accounts = accountsFromMsmtprc(parsed)
  const notes = [
    ...parsed.complaints.map(({ printed }) => printed),
    ...parsed.unknownEvals.map(({ line }) => `line ${line}: what this command prints is not known`),
    ...accounts.flatMap(({ name, notes: own }) => own.map(note => `${name}: ${note}`)),
  ]
  return { accounts, notes: notes.map(showBytes) }
}
