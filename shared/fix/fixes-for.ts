import type { AccountSettings } from '#shared/account/account.ts'
import type { Judged } from '#shared/finding/judged.ts'
import { providerOf, type ProviderPolicy } from '#shared/finding/provider.ts'
import { describeChange } from '#shared/fix/apply-fix.ts'
import { commandFixes } from '#shared/fix/command-fixes.ts'
import { connectionFixes } from '#shared/fix/connection-fixes.ts'
import { dnsFixes } from '#shared/fix/dns-fixes.ts'
import { encryptionFixes } from '#shared/fix/encryption-fixes.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { askFix, secretFixes, waitFixes } from '#shared/fix/other-fixes.ts'
import { providerFixes } from '#shared/fix/provider-fixes.ts'
import { sessionFixes } from '#shared/fix/session-fixes.ts'

/**
 * What can be done about a finding, the likeliest cure first: what this program can change, what the person types or
 * does elsewhere, what only others can do. Something, always: at the least a ready text to ask with.
 */
export function fixesFor(
  found: Judged,
  account: AccountSettings,
  provider: ProviderPolicy | null = providerOf(account),
): readonly Fix[] {
  const settings = [
    ...connectionFixes(found, account, provider),
    ...encryptionFixes(found, account, provider),
    ...sessionFixes(found, account, provider),
  ].filter(fix => describeChange(account, fix).length > 0)
  const lastResort = settings.filter(isLastResort)
  const fixes = [
    ...settings.filter(fix => !isLastResort(fix)),
    ...secretFixes(found, provider?.secretHint ?? null),
    ...waitFixes(found),
    ...providerFixes(found, provider),
    ...dnsFixes(found),
    ...commandFixes(found, account),
  ]
  if (found.severity === 'info' && fixes.length === 0) return lastResort
  return [...fixes, askFix(found, account), ...lastResort]
}

/** It works, and it gives up what protects the password. */
function isLastResort(fix: Fix): boolean {
  return fix.id === 'no-certificate-check'
}
