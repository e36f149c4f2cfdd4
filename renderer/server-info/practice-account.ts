import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { client } from '../api/client.ts'

/**
 * Makes an account where this is a door of the practice server, whose password only the engine knows.
 *
 * @returns its id; null for every other server
 */
export async function practiceAccount(way: { readonly host: string; readonly port: number }): Promise<string | null> {
  const status = await client.practice.status()
  const endpoint = status.smtp.find(({ host, port }) => host === way.host && port === way.port)
  if (!status.running || !endpoint) return null
  const view = await client.practice.createAccount({ endpoint })
  await refreshAccounts()
  return view.account.id
}
