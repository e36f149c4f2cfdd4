import type { RunOptions, RunTarget } from '#shared/contract/run.ts'
import type { AccountSettings } from '#shared/account/account.ts'
import { checkSettings } from '#shared/account/rules.ts'
import { Problem } from '#shared/problem.ts'
import { readAccountFile } from './account-file.ts'
import type { CommandIo } from './command.ts'
import { givenSecret } from './given-secret.ts'
import { readTlsOptions } from './tls-options.ts'
import { findAccount, type Client } from './session.ts'

/** The account to run with, from `ACCOUNT` or `--account-file`, and its password. */
export async function chooseTarget(io: CommandIo, client: Client, name: string | undefined): Promise<RunTarget> {
  const file = io.options['account-file']
  if (typeof file === 'string') {
    if (name !== undefined) throw new Problem('usage', 'give either ACCOUNT or --account-file, not both')
    const { name: draftName, settings } = await readAccountFile(io, file)
    for (const { field, message, remedy } of checkSettings(settings)) io.note(`${field}: ${message}; ${remedy}`)
    const secret = await givenSecret(
      io,
      wantsSecret(settings) ? `Password of ${settings.user ?? ''} at ${settings.host}` : null,
    )
    return {
      kind: 'draft',
      name: draftName,
      settings,
      secret: secret === null ? { kind: 'forget' } : { kind: 'set', value: secret },
    }
  }
  const view = await findAccount(client, name)
  const ask =
    wantsSecret(view.account) && view.secret === 'none'
      ? `Password of ${view.account.user ?? ''} at ${view.account.host}`
      : null
  const secret = await givenSecret(io, ask)
  return {
    kind: 'saved',
    id: view.account.id,
    secret: secret === null ? { kind: 'keep' } : { kind: 'set', value: secret },
    change: {},
  }
}

/** The options that every connecting command shares, for this run only. */
export async function runOptions(io: CommandIo): Promise<RunOptions> {
  const remaining = io.deadline.remainingMs()
  const { dns, ca, ehlo } = io.options
  if (io.options['ipv4'] === true && io.options['ipv6'] === true)
    throw new Problem('usage', 'give either -4 or -6, not both')
  return {
    timeoutMs: Number.isFinite(remaining) ? Math.max(1, remaining) : null,
    resolver: typeof dns === 'string' ? dns : null,
    caFile: typeof ca === 'string' ? ca : null,
    insecure: io.options['insecure'] === true,
    family: io.options['ipv4'] === true ? '4' : io.options['ipv6'] === true ? '6' : null,
    ehlo: typeof ehlo === 'string' ? ehlo : null,
    requireTls: io.options['require-tls'] === true,
    chunking: io.options['chunking'] === true,
    ...(await readTlsOptions(io)),
  }
}

function wantsSecret(settings: AccountSettings): boolean {
  return settings.user !== null && settings.auth !== 'none' && settings.auth !== 'external'
}
