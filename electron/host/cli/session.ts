import { createServices, type Services } from '#host/compose.ts'
import type { AccountSettings } from '#shared/account/account.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import type { RunTarget } from '#shared/contract/run.ts'
import { Problem } from '#shared/problem.ts'
import { ProblemData } from '#shared/problem-data.ts'
import type { CommandIo } from './command.ts'
import { nearestWord } from '#shared/nearest.ts'

export type Client = Services['client']

/** Opens the services for one command and closes them afterwards. A typed PROBLEM of the contract becomes a `Problem` again. */
export async function withServices<T>(
  io: CommandIo,
  work: (client: Client, services: Services) => Promise<T>,
): Promise<T> {
  const services = await createServices({ door: 'cli', env: io.env, log: line => io.note(line) })
  try {
    const result = await work(services.client, services)
    // Known once the store has been read.
    const storeProblem = services.storeProblem()
    if (storeProblem !== null) io.note(`${storeProblem.message} It was kept as ${storeProblem.keptAs}`)
    return result
  } catch (error) {
    throw problemIn(error) ?? error
  } finally {
    await services.close()
  }
}

/** The account with this name; without one, the default account. */
export async function findAccount(client: Client, name: string | undefined): Promise<AccountView> {
  const all = await client.accounts.list()
  const found = name === undefined ? all.find(view => view.isDefault) : all.find(view => view.account.name === name)
  if (found) return found
  if (name === undefined) {
    throw new Problem('not-found', 'no account was named and there is no default account', {
      remedy: 'name one, use --account-file, or make one: mailwright accounts add NAME',
    })
  }
  const nearest = nearestWord(
    name,
    all.map(view => view.account.name),
  )
  throw new Problem('not-found', `there is no account ‘${name}’`, {
    remedy: nearest === null ? 'mailwright accounts list shows the accounts' : `did you mean ‘${nearest}’?`,
  })
}

function problemIn(error: unknown): Problem | null {
  if (error instanceof Problem || typeof error !== 'object' || error === null || !('data' in error)) return null
  const data = ProblemData.safeParse(error.data)
  if (!data.success) return badInputIn(error)
  const { code, message, field, remedy } = data.data
  return new Problem(code, message, { ...(field === null ? {} : { field }), ...(remedy === null ? {} : { remedy }) })
}

/** The contract's own validation: it names the place and says what is wrong there. */
function badInputIn(error: object): Problem | null {
  if (!('code' in error) || error.code !== 'BAD_REQUEST' || !('data' in error)) return null
  const data = error.data as {
    readonly issues?: readonly { readonly path?: readonly unknown[]; readonly message?: string }[]
  } | null // oRPC puts the issues of a failed validation here
  const issue = data?.issues?.[0]
  if (!issue) return null
  const place = (issue.path ?? []).map(String).join('.')
  return new Problem('bad-input', issue.message ?? 'this value cannot be used', place === '' ? {} : { field: place })
}

/** The settings that a run will use. */
export async function accountOf(client: Client, target: RunTarget): Promise<AccountSettings> {
  return target.kind === 'draft' ? target.settings : (await client.accounts.get({ id: target.id })).account
}
