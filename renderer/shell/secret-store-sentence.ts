import type { AppInfo } from '#shared/contract/settings.ts'

/** Where passwords go, as a sentence. */
export function secretStoreSentence({ kind, detail }: AppInfo['secretStore']): string {
  return kind === 'keyring' ? `Passwords are kept in ${detail}.` : `Passwords are kept ${detail}.`
}
