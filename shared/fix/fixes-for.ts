import { portOf } from '#shared/account/port-of.ts'
import type { AccountSettings } from '#shared/account/account.ts'
import type { Judged } from '#shared/finding/judged.ts'
import { providerOf, type ProviderPolicy } from '#shared/finding/provider.ts'
import { describeChange } from '#shared/fix/apply-fix.ts'
import { COMMAND_FIXES } from '#shared/fix/command-fixes.ts'
import { CONNECTION_FIXES } from '#shared/fix/connection-fixes.ts'
import { dnsFixes } from '#shared/fix/dns-fixes.ts'
import { ENCRYPTION_FIXES } from '#shared/fix/encryption-fixes.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { askFix, secretFixes, waitFixes } from '#shared/fix/other-fixes.ts'
import type { Patient, Remedies } from '#shared/fix/remedy.ts'
import { PROVIDER_FIXES } from '#shared/fix/provider-fixes.ts'
import { SESSION_FIXES } from '#shared/fix/session-fixes.ts'

/**
 * What can be done about a finding, the likeliest cure first: what this program can change, what the person types or
 * does elsewhere, what only others can do. Something, always: at the least a ready text to ask with.
 */
export function fixesFor(
  found: Judged,
  account: AccountSettings,
  provider: ProviderPolicy | null = providerOf(account),
): readonly Fix[] {
  const patient: Patient = { found, account, provider, port: portOf(account) }
  const remedies = (tables: readonly Remedies[]) => tables.flatMap(table => table[found.id]?.(patient) ?? [])
  const settings = remedies([CONNECTION_FIXES, ENCRYPTION_FIXES, SESSION_FIXES]).filter(
    fix => describeChange(account, fix).length > 0,
  )
  const lastResort = settings.filter(isLastResort)
  const fixes = [
    ...settings.filter(fix => !isLastResort(fix)),
    ...secretFixes(found, provider?.secretHint ?? null),
    ...waitFixes(found),
    ...remedies([PROVIDER_FIXES]),
    ...dnsFixes(found),
    ...remedies([COMMAND_FIXES]),
  ]
  // What is only remarked upon, and can be done something about, needs nobody else.
  const ask = found.severity === 'info' && fixes.length > 0 ? [] : [askFix(found, account)]
  return [...fixes, ...ask, ...lastResort]
}

/** It works, and it gives up what protects the password. */
function isLastResort(fix: Fix): boolean {
  return fix.id === 'no-certificate-check'
}
