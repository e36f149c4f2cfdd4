import { portOf } from '#shared/account/port-of.ts'
import type { AccountSettings, Security } from '#shared/account/account.ts'
import type { Judged } from '#shared/finding/judged.ts'
import { isLoopback } from '#shared/finding/loopback.ts'
import type { ProviderPolicy } from '#shared/finding/provider.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { settingsFix, withSecurity, withPort } from '#shared/fix/settings-fix.ts'
import { sharedBy, type Remedies } from '#shared/fix/remedy.ts'

type Endpoint = { readonly port: number; readonly security: Security }

/** Where submission is offered in general, the preferred way first (RFC 8314 section 3, RFC 6409). */
const SUBMISSION: readonly Endpoint[] = [
  { port: 465, security: 'tls' },
  { port: 587, security: 'starttls' },
]

/** Settings that help when the way to the server is the trouble. */
export const CONNECTION_FIXES: Remedies = {
  ...sharedBy(
    [
      'connect-timed-out',
      'connect-port-25-blocked',
      'connect-out-of-time',
      'connect-refused',
      'connect-reset',
      'connect-unreachable',
      'connect-not-smtp',
      'connect-not-smtp-unknown',
      'connect-not-permitted',
      'encrypt-not-smtp',
      'connect-greeting-closed',
      'encrypt-handshake-closed',
      'encrypt-handshake-silent',
      'encrypt-large-packets-lost',
    ],
    ({ account, provider }) => otherPorts(account, provider),
  ),
  ...sharedBy(['connect-family-unreachable', 'connect-family-detour'], ({ found }) => otherFamily(found)),
  'connect-tls-expected': ({ account, provider, port }) => [
    withSecurity(port, 'tls'),
    ...otherPorts(account, provider),
  ],
  ...sharedBy(['connect-greeting-silent', 'encrypt-greeting-silent'], ({ account }) => waitLonger(account)),
  ...sharedBy(['connect-greeting-slow', 'encrypt-greeting-slow'], ({ account }) => waitLonger(account)),
  'connect-source-not-here': () => [
    settingsFix('any-source', 'Connect from whichever address this machine chooses', { sourceIp: null }),
  ],
  'connect-proxy-failed': ({ account }) =>
    account.proxy === null ? [] : [settingsFix('no-proxy', 'Connect without the proxy', { proxy: null })],
  'resolve-no-address': ({ account }) =>
    account.ipFamily === 'any' ? [] : [settingsFix('any-family', 'Allow both IPv4 and IPv6', { ipFamily: 'any' })],
}

/** The provider's other ways in, else those that servers in general offer. */
export function otherPorts(account: AccountSettings, provider: ProviderPolicy | null): readonly Fix[] {
  // What listens on the machine itself is known to whoever runs it, and follows no custom.
  if (isLoopback(account.host) || account.host === '') return []
  const port = portOf(account)
  const endpoints = provider && provider.endpoints.length > 0 ? provider.endpoints : SUBMISSION
  return endpoints
    .filter(endpoint => endpoint.port !== port)
    .slice(0, 3)
    .map(endpoint => withPort(endpoint.port, endpoint.security))
}

/** RFC 5321 section 4.5.3.2.1 grants a server five minutes for its greeting; two are more than any known delay. */
const PATIENT_SECONDS = 120

/** Where the account's own limit is what ended the wait. */
function waitLonger({ timeoutSeconds }: AccountSettings): readonly Fix[] {
  if (timeoutSeconds === null || timeoutSeconds >= PATIENT_SECONDS) return []
  return [settingsFix('wait-longer', 'Wait up to two minutes for each answer', { timeoutSeconds: PATIENT_SECONDS })]
}

function otherFamily(found: Judged): readonly Fix[] {
  if (found.facts['only'] === 'yes') return []
  const lost = found.facts['family'] === 'IPv4' ? '4' : '6'
  const other = lost === '4' ? '6' : '4'
  return [settingsFix(`use-ipv${other}`, `Use only IPv${other}`, { ipFamily: other })]
}
