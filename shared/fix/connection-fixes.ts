import { portOf, type AccountSettings, type Security } from '#shared/account/account.ts'
import type { Judged } from '#shared/finding/judged.ts'
import type { ProviderPolicy } from '#shared/finding/provider.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { settingsFix, useSecurity, usePort } from '#shared/fix/settings-fix.ts'

type Endpoint = { readonly port: number; readonly security: Security }

/** Where submission is offered in general, the preferred way first (RFC 8314 section 3, RFC 6409). */
const SUBMISSION: readonly Endpoint[] = [
  { port: 465, security: 'tls' },
  { port: 587, security: 'starttls' },
]

/** Settings that help when the way to the server is the trouble. */
export function connectionFixes(
  found: Judged,
  account: AccountSettings,
  provider: ProviderPolicy | null,
): readonly Fix[] {
  const port = portOf(account)
  switch (found.id) {
    case 'connect-timed-out':
    case 'connect-port-25-blocked':
    case 'connect-out-of-time':
    case 'connect-refused':
    case 'connect-reset':
    case 'connect-not-smtp':
    case 'connect-not-smtp-unknown':
    case 'connect-not-permitted':
    case 'encrypt-not-smtp':
    case 'connect-greeting-closed':
    case 'encrypt-handshake-closed':
    case 'encrypt-handshake-silent':
      return otherPorts(port, provider)
    case 'connect-family-unreachable':
    case 'connect-family-detour':
      return otherFamily(found)
    case 'connect-tls-expected':
      return [useSecurity(port, 'tls'), ...otherPorts(port, provider)]
    case 'connect-greeting-silent':
      return [
        ...(account.security === 'tls' ? [] : [useSecurity(port, 'tls')]),
        settingsFix('wait-longer', 'Wait up to two minutes for each answer', { timeoutSeconds: 120 }),
      ]
    case 'connect-greeting-slow':
    case 'encrypt-greeting-slow':
      return [settingsFix('wait-longer', 'Wait up to two minutes for each answer', { timeoutSeconds: 120 })]
    case 'connect-proxy-failed':
      return account.proxy === null ? [] : [settingsFix('no-proxy', 'Connect without the proxy', { proxy: null })]
    case 'resolve-no-address':
      return account.ipFamily === 'any'
        ? []
        : [settingsFix('any-family', 'Allow both IPv4 and IPv6', { ipFamily: 'any' })]
    default:
      return []
  }
}

/** The provider's other ways in, else those that servers in general offer. */
export function otherPorts(port: number, provider: ProviderPolicy | null): readonly Fix[] {
  const endpoints = provider && provider.endpoints.length > 0 ? provider.endpoints : SUBMISSION
  return endpoints
    .filter(endpoint => endpoint.port !== port)
    .slice(0, 3)
    .map(endpoint => usePort(endpoint.port, endpoint.security))
}

function otherFamily(found: Judged): readonly Fix[] {
  const lost = found.facts['family'] === 'IPv4' ? '4' : '6'
  const other = lost === '4' ? '6' : '4'
  return [settingsFix(`use-ipv${other}`, `Use only IPv${other}`, { ipFamily: other })]
}
