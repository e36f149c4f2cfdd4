import type { Account } from '#shared/account/account.ts'
import { Problem } from '#shared/problem.ts'

/** As `AccountName` has it. */
const MAX_LENGTH = 64

/** @throws Problem `conflict` naming `name` when another account has this name */
export function requireFreeName(accounts: readonly Account[], name: string, ownId: string | null = null): void {
  if (!accounts.some(account => account.name === name && account.id !== ownId)) return
  const remedy = `Choose another name, such as “${freeName(namesOf(accounts), name)}”.`
  throw new Problem('conflict', `there is an account “${name}” already`, { field: 'name', remedy })
}

export function namesOf(accounts: readonly Account[]): ReadonlySet<string> {
  return new Set(accounts.map(({ name }) => name))
}

/** `work`, else `work (2)`, `work (3)` …: the first that is not taken. */
export function freeName(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) return wanted
  const stem = wanted.replace(/ \(\d{1,6}\)$/, '')
  for (let number = 2; ; number += 1) {
    const suffix = ` (${number})`
    const name = `${stem.slice(0, MAX_LENGTH - suffix.length)}${suffix}`
    if (!taken.has(name)) return name
  }
}
