import Conf from 'conf'
import { Accounts } from '#service/accounts.ts'
import { Journal } from '#service/journal.ts'
import type { OpenStore } from '#service/secrets/secret-store.ts'
import { Secrets } from '#service/secrets/secrets.ts'
import { JsonStore } from '#service/store/json-store.ts'
import { ACCOUNTS } from '#service/store/specs.ts'

export const NOW = new Date('2026-11-21T09:44:00.123Z')

export function accountStore(home: string) {
  return new JsonStore(home, ACCOUNTS, Conf, () => NOW)
}

/** The account service on real files, with no key ring unless one is given. */
export function openAccounts(home: string, candidates: readonly OpenStore[] = []) {
  const journal = new Journal(home, () => NOW)
  const secrets = new Secrets(candidates)
  return { accounts: new Accounts(accountStore(home), secrets, journal), secrets, journal }
}
