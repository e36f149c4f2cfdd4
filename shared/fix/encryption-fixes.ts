import type { AccountSettings } from '#shared/account/account.ts'
import { DEFAULT_TLS_LIMITS } from '#shared/account/tls-limits.ts'
import { TLS_VERSIONS } from '#shared/account/tls-version.ts'
import type { Judged } from '#shared/finding/judged.ts'
import { isLoopback } from '#shared/finding/loopback.ts'
import { otherPorts } from '#shared/fix/connection-fixes.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { likelyEhloName, settingsFix, withSecurity } from '#shared/fix/settings-fix.ts'
import { sharedBy, type Remedies } from '#shared/fix/remedy.ts'

/** Settings that help when encryption or the certificate is the trouble. */
export const ENCRYPTION_FIXES: Remedies = {
  'encrypt-tls-on-starttls-port': ({ account, provider, port }) => [
    withSecurity(port, 'starttls'),
    ...otherPorts(account, provider).slice(0, 1),
  ],
  ...sharedBy(
    [
      'encrypt-starttls-not-offered',
      'encrypt-starttls-refused',
      'encrypt-starttls-broken',
      'encrypt-starttls-stripped',
    ],
    ({ found, account, provider, port }) => [
      ...otherPorts(account, provider),
      ...withoutEncryption(found, account, port),
    ],
  ),
  ...sharedBy(
    [
      'sign-in-needs-encryption',
      'sign-in-starttls-required',
      'deliver-starttls-required',
      'encrypt-not-used',
      'sign-in-plaintext',
    ],
    ({ account, provider, port }) =>
      account.security === 'none'
        ? [withSecurity(port, port === 465 ? 'tls' : 'starttls')]
        : otherPorts(account, provider),
  ),
  'encrypt-certificate-wrong-name': ({ found, account }) => [...rightName(found, account), ...pin(found)],
  ...sharedBy(
    [
      'encrypt-certificate-self-signed',
      'encrypt-certificate-unknown-issuer',
      'encrypt-certificate-incomplete-chain',
      'encrypt-certificate-not-trusted',
      'encrypt-certificate-expired',
      'encrypt-certificate-not-yet-valid',
    ],
    ({ found }) => [...pin(found), ...noCheck()],
  ),
  'encrypt-below-floor': ({ found, account }) => lowerFloor(found, account),
  'encrypt-above-ceiling': () => [
    settingsFix('no-priorities', 'Take the TLS priorities out, so that every version may be used', {
      priorities: null,
    }),
  ],
  'encrypt-ciphers-excluded': ({ account }) => [
    settingsFix(
      'usual-ciphers',
      'Use the usual ciphers',
      account.ciphers === null ? { priorities: null } : { ciphers: null },
    ),
  ],
  'encrypt-pin-weak': ({ found }) =>
    pin(found).map(fix => ({ ...fix, label: 'Pin the same certificate by its SHA-256 fingerprint' })),
  'encrypt-certificate-not-pinned': ({ found }) => newPin(found),
  ...sharedBy(['encrypt-ehlo-name-rejected', 'deliver-ehlo-name-rejected'], ({ account }) => ehloName(account)),
  ...sharedBy(['domain-ehlo-not-a-name', 'domain-ehlo-elsewhere', 'domain-ehlo-not-ptr'], ({ found, account }) => {
    const { wanted } = found.facts
    return typeof wanted === 'string' ? [introduceAs(wanted)] : ehloName(account)
  }),
}

/** Only where nobody is on the way: on the machine itself. */
function withoutEncryption(found: Judged, account: AccountSettings, port: number): readonly Fix[] {
  if (found.id !== 'encrypt-starttls-not-offered' || !isLoopback(account.host)) return []
  const signsIn = account.user !== null && account.auth !== 'none'
  const label = `Send${signsIn ? ' and sign in' : ''} without encryption on port ${port}: the server is this machine itself`
  const change = { port, security: 'none', ...(signsIn && { allowPlaintextSignIn: true }) } as const
  return [settingsFix('no-encryption-here', label, change)]
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

/** Encrypted with an old version is better than not at all, and the certificate is checked all the same. */
function lowerFloor(found: Judged, account: AccountSettings): readonly Fix[] {
  const spoken = TLS_VERSIONS.find(version => version === found.facts['version'])
  if (spoken === undefined) return []
  const usual = spoken >= DEFAULT_TLS_LIMITS.min && account.priorities === null
  const label =
    spoken >= DEFAULT_TLS_LIMITS.min
      ? `Ask for no more than TLS ${spoken}`
      : `Accept TLS ${spoken}, which is retired, for this account alone`
  return [settingsFix('lower-tls-floor', label, { tlsMin: usual ? null : spoken })]
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
    return isAddress ? [expect] : [rename, expect]
  })
}

function ehloName(account: AccountSettings): readonly Fix[] {
  const name = likelyEhloName(account)
  if (name === null || name === account.ehlo) return []
  return [introduceAs(name)]
}

function introduceAs(name: string): Fix {
  return settingsFix('ehlo-name', `Introduce this machine as ${name}`, { ehlo: name })
}
