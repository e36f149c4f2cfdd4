import { z } from 'zod'
import { Account } from '#shared/account/account.ts'
import { Settings } from '#shared/contract/settings.ts'
import type { StoreSpec } from '#service/store/json-store.ts'

export type AccountsFile = {
  readonly accounts: readonly Account[]
  /** Of the account that is used when none is named. */
  readonly defaultId: string | null
}

const AccountsShape = z.object({ accounts: z.array(z.unknown()), defaultId: z.string().nullable() })

/** Accounts that cannot be read are left out one by one: a slip in one must not take the others with it. */
export const ACCOUNTS: StoreSpec<AccountsFile> = {
  name: 'accounts',
  version: 1,
  empty: { accounts: [], defaultId: null },
  migrations: {},
  parse(data) {
    const shape = AccountsShape.safeParse(data)
    if (!shape.success) return null
    const read = shape.data.accounts.map(account => Account.safeParse(account))
    const accounts = read.flatMap(account => (account.success ? [account.data] : []))
    const lost = read.flatMap((account, index) => (account.success ? [] : [`accounts[${index}]`]))
    const known = accounts.some(account => account.id === shape.data.defaultId)
    return { value: { accounts, defaultId: known ? shape.data.defaultId : (accounts[0]?.id ?? null) }, lost }
  },
}

export type SettingsFile = { readonly settings: Settings }

export const SETTINGS: StoreSpec<SettingsFile> = {
  name: 'settings',
  version: 1,
  empty: { settings: Settings.parse({}) },
  migrations: {},
  parse(data) {
    const file = z.object({ settings: Settings }).safeParse(data)
    return file.success ? { value: file.data, lost: [] } : null
  },
}
