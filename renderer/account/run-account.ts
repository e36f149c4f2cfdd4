import type { SecretInput } from '#shared/contract/run.ts'
import { client } from '../api/client.ts'
import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { queryClient } from '../api/queries.ts'
import { api } from '../api/client.ts'
import type { RunState } from '../run/run-state.ts'
import { startRun } from '../run/runs.ts'

export function runKey(accountId: string): string {
  return `account ${accountId}`
}

type AccountRun = {
  readonly id: string
  readonly purpose: 'test' | 'send'
  readonly sendTo?: string | null
  /** An earlier run whose unaffected stations still hold. */
  readonly reuse?: string | null
  readonly secret?: SecretInput
}

/** Tests a stored account, or sends from it, and brings the list and the history up to date. */
export async function runAccount({ id, purpose, sendTo = null, reuse = null, secret }: AccountRun): Promise<RunState> {
  const state = await startRun(runKey(id), {
    purpose,
    sendTo,
    open: signal =>
      client.runs.run(
        { target: { kind: 'saved', id, secret: secret ?? { kind: 'keep' } }, purpose, sendTo, reuse },
        { signal },
      ),
  })
  await Promise.all([refreshAccounts(), queryClient.invalidateQueries({ queryKey: api.runs.history.key() })])
  return state
}
