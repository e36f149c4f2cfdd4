import type { AccountSettings } from '#shared/account/account.ts'
import { DEFAULT_SETTINGS } from '#shared/account/default-settings.ts'
import type { ServerChecks } from '#shared/diagnosis/server-checks.ts'
import type { ShownCertificate } from '#shared/diagnosis/shown-certificate.ts'
import type { TlsVersion } from '#shared/diagnosis/tls-facts.ts'
import type { Finding } from '#shared/finding/finding.ts'
import { judge } from '#shared/finding/judge.ts'
import type { Judged } from '#shared/finding/judged.ts'
import { judgeServerChecks } from '#shared/finding/rules/server-checks.ts'
import { judgeTlsVersions } from '#shared/finding/rules/tls-versions.ts'
import type { ServerLook } from '#engine/smtp/server-info.ts'

type Looked = Pick<ServerLook['info'], 'host' | 'port' | 'security'>

/** What a look saw, judged as a run with an account of these settings would be; nobody signs in, so nothing asks for it. */
export async function findingsOf(
  { info, steps }: ServerLook,
  tried: readonly TlsVersion[] | null = null,
): Promise<Finding[]> {
  const found = judge({ account: accountOf(info), steps })
  const leaf = info.tls?.chain[0] ?? null
  const versions = tried === null ? [] : judgeTlsVersions(tried, leaf)
  // The look itself already says that the server speaks nothing newer.
  const said = found.some(({ id }) => id === 'encrypt-below-floor' || id === 'encrypt-old-protocol')
  return worded([...found, ...versions.filter(({ id }) => !said || id !== 'encrypt-no-modern-tls')], info)
}

/** What the versions of TLS tell that were tried behind a look. */
export function versionFindings(
  tried: readonly TlsVersion[],
  shown: ShownCertificate | null,
  looked: Looked,
): Promise<Finding[]> {
  return worded(judgeTlsVersions(tried, shown), looked)
}

/** What was seen where somebody asked whether the server itself is at risk. */
export function checkFindings(checks: ServerChecks, looked: Looked): Promise<Finding[]> {
  return worded(judgeServerChecks(checks), looked)
}

async function worded(found: readonly Judged[], looked: Looked): Promise<Finding[]> {
  if (found.length === 0) return []
  // All fixes and all providers: only where there is something to mend.
  const { present } = await import('#shared/finding/present.ts')
  // There is no account whose settings a fix could change.
  return present(found, { account: accountOf(looked), steps: [] }).map(finding => ({
    ...finding,
    fixes: finding.fixes.filter(({ kind }) => kind !== 'settings' && kind !== 'secret'),
  }))
}

function accountOf({ host, port, security }: Looked): AccountSettings {
  return { ...DEFAULT_SETTINGS, host, port, security: security ?? 'starttls', auth: 'none' }
}
