import type { AccountChange, AccountSettings, Security } from '#shared/account/account.ts'
import type { SettingsFix } from '#shared/fix/apply-fix.ts'

const SECURITY_NAMES: Readonly<Record<Security, string>> = {
  none: 'no encryption',
  starttls: 'STARTTLS',
  tls: 'TLS from the start',
}

export function settingsFix(id: string, label: string, change: AccountChange): SettingsFix {
  return { kind: 'settings', id, label, change }
}

export function withPort(port: number, security: Security): SettingsFix {
  const label = `Use port ${port} with ${SECURITY_NAMES[security]}`
  return settingsFix(`use-${port}-${security}`, label, { port, security })
}

/** Another way of encrypting on the port that is used now: made explicit, as the default would move with it. */
export function withSecurity(port: number, security: Security): SettingsFix {
  const label = `Use ${SECURITY_NAMES[security]} on port ${port}`
  return settingsFix(`use-${security}`, label, { port, security })
}

/** The address that this account most likely sends as. */
export function ownAddress({ user, from }: Pick<AccountSettings, 'user' | 'from'>): string | null {
  return [user, from].find(each => each !== null && /^[^@\s]+@[^@\s]+$/.test(each)) ?? null
}

/** A full name to introduce this machine by, from the domain that it sends for; null where none is known. */
export function likelyEhloName(account: Pick<AccountSettings, 'user' | 'from'>): string | null {
  const domain = [account.from, account.user].flatMap(
    each => /@([^@\s*?[\]]+\.[^@\s*?[\]]+)$/.exec(each ?? '')?.[1] ?? [],
  )[0]
  return domain ?? null
}
