import type { Account, AccountSettings } from '#shared/account/account.ts'
import type { SecretInput } from '#shared/contract/run.ts'
import type { Kept } from '#service/secrets/secrets.ts'

/** An account cannot claim that the key ring holds its secret: only keeping one there makes that true. */
export function unclaimed(wanted: Account['secret']): Account['secret'] {
  return wanted.kind === 'keyring' ? { kind: 'none' } : wanted
}

/** Where an edited account says its secret is, before a new one is kept. */
export function wantedRef(current: Account, change: Partial<AccountSettings>): Account['secret'] {
  return change.secret === undefined || change.secret.kind === 'keyring' ? current.secret : change.secret
}

/** Where the account says its secret is, after `input` was carried out. */
export function refAfter(wanted: Account['secret'], input: SecretInput | null, kept: Kept | null): Account['secret'] {
  // A secret that is in memory only has to be asked for again next time.
  if (kept !== null) return kept.where === 'keyring' ? { kind: 'keyring' } : { kind: 'prompt' }
  return input?.kind === 'forget' && wanted.kind === 'keyring' ? { kind: 'none' } : wanted
}
