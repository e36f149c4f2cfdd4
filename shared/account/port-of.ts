import type { AccountSettings } from '#shared/account/account.ts'

/** The port that is used: the account's own, else 465 for tls, 587 for starttls, else 25 (RFC 8314 section 3.3). */
export function portOf(settings: Pick<AccountSettings, 'port' | 'security'>): number {
  if (settings.port !== null) return settings.port
  switch (settings.security) {
    case 'tls':
      return 465
    case 'starttls':
      return 587
    case 'none':
      return 25
  }
}
