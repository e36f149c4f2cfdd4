import { err, ok, type Result } from '#shared/result.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'

export type TooMany = { readonly limit: number; readonly limits: string }

/**
 * Who gets the message in which transaction, as RFC 9422 has it: at most RCPTMAX recipients in each, of at most
 * RCPTDOMAINMAX domains, and at most MAILMAX transactions in the session.
 */
export function groupRecipients(
  rcptTo: readonly string[],
  { limits }: Pick<Capabilities, 'limits'>,
): Result<readonly (readonly string[])[], TooMany> {
  const most = (name: string): number => {
    const limit = limits?.[name]
    return typeof limit === 'number' && limit > 0 ? limit : Infinity
  }
  const [recipients, domains, transactions] = [most('RCPTMAX'), most('RCPTDOMAINMAX'), most('MAILMAX')]
  const groups: string[][] = []
  for (const address of rcptTo) {
    const open = groups.find(group => group.length < recipients && domainsIn([...group, address]) <= domains)
    if (open) open.push(address)
    else groups.push([address])
  }
  if (groups.length <= transactions) return ok(groups)
  const stated = Object.entries(limits ?? {}).map(([name, value]) => `${name}=${value}`)
  const limit = groups.slice(0, transactions).reduce((sum, group) => sum + group.length, 0)
  return err({ limit, limits: stated.join(' ') })
}

function domainsIn(addresses: readonly string[]): number {
  return new Set(addresses.map(address => address.slice(address.lastIndexOf('@') + 1).toLowerCase())).size
}
