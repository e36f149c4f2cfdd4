import { portOf, type AccountSettings } from '#shared/account/account.ts'
import type { Judged } from '#shared/finding/judged.ts'
import type { ProviderPolicy } from '#shared/finding/provider.ts'
import { otherPorts } from '#shared/fix/connection-fixes.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { isLoopback, likelyEhloName, settingsFix, useSecurity } from '#shared/fix/settings-fix.ts'

/** Settings that help when encryption or the certificate is the trouble. */
export function encryptionFixes(
  found: Judged,
  account: AccountSettings,
  provider: ProviderPolicy | null,
): readonly Fix[] {
  const port = portOf(account)
  switch (found.id) {
    case 'encrypt-tls-on-starttls-port':
      return [useSecurity(port, 'starttls'), ...otherPorts(port, provider).slice(0, 1)]
    case 'encrypt-starttls-not-offered':
    case 'encrypt-starttls-refused':
    case 'encrypt-starttls-broken':
    case 'encrypt-starttls-stripped':
      return [...otherPorts(port, provider), ...withoutEncryption(found, account, port)]
    case 'sign-in-needs-encryption':
    case 'sign-in-starttls-required':
    case 'deliver-starttls-required':
    case 'encrypt-not-used':
    case 'sign-in-plaintext':
      return account.security === 'none'
        ? [useSecurity(port, port === 465 ? 'tls' : 'starttls')]
        : otherPorts(port, provider)
    case 'encrypt-certificate-wrong-name':
      return [...rightName(found, account), ...pin(found)]
    case 'encrypt-certificate-self-signed':
    case 'encrypt-certificate-unknown-issuer':
    case 'encrypt-certificate-incomplete-chain':
    case 'encrypt-certificate-not-trusted':
    case 'encrypt-certificate-expired':
    case 'encrypt-certificate-not-yet-valid':
      return [...pin(found), ...noCheck()]
    case 'encrypt-certificate-not-pinned':
      return newPin(found)
    case 'encrypt-ehlo-name-rejected':
    case 'deliver-ehlo-name-rejected':
      return ehloName(account)
    default:
      return []
  }
}

/** Only where nobody is on the way: on the machine itself. */
function withoutEncryption(found: Judged, account: AccountSettings, port: number): readonly Fix[] {
  if (found.id !== 'encrypt-starttls-not-offered' || !isLoopback(account.host)) return []
  return [
    settingsFix('no-encryption-here', `Send without encryption on port ${port}: the server is this machine itself`, {
      port,
      security: 'none',
    }),
  ]
}

function pin(found: Judged): readonly Fix[] {
  const sha256 = found.facts['sha256']
  if (typeof sha256 !== 'string') return []
  return [
    settingsFix('pin-fingerprint', 'Trust exactly this certificate (compare its fingerprint on the server first)', {
      fingerprint: sha256,
    }),
  ]
}

function newPin(found: Judged): readonly Fix[] {
  return [
    ...pin(found).map(fix => ({ ...fix, label: 'Pin the new certificate (only if you know that it was renewed)' })),
    settingsFix('no-pin', 'Check the certificate by its issuer instead of a fingerprint', { fingerprint: null }),
  ]
}

function noCheck(): readonly Fix[] {
  return [
    settingsFix(
      'no-certificate-check',
      'Last resort: do not check the certificate, so anybody on the way can read the password',
      {
        verifyCertificate: false,
        fingerprint: null,
      },
    ),
  ]
}

/** Names in the certificate: as the host itself where it can be one, else as the name that is checked. */
function rightName(found: Judged, account: AccountSettings): readonly Fix[] {
  const names = String(found.facts['names'] ?? '')
    .replace(/ and \d+ more$/, '')
    .split(', ')
    .filter(name => /^[\w-]+(?:\.[\w-]+)+$/.test(name) && !/^[\d.]+$/.test(name))
  const isAddress = isLoopback(account.host) || /^[\d.]+$|:/.test(account.host)
  return names.slice(0, 2).flatMap(name => {
    const rename = settingsFix(`use-host-${name}`, `Connect to ${name}`, { host: name, hostOverride: null })
    const expect = settingsFix(
      `expect-name-${name}`,
      `Stay with ${account.host}, and expect a certificate for ${name}`,
      {
        hostOverride: name,
      },
    )
    return isAddress ? [expect, rename] : [rename, expect]
  })
}

function ehloName(account: AccountSettings): readonly Fix[] {
  const name = likelyEhloName(account)
  if (name === null || name === account.ehlo) return []
  return [settingsFix('ehlo-name', `Introduce this machine as ${name}`, { ehlo: name })]
}
