import { AuthMethod, portOf, type AccountSettings, type SecretRef } from '#shared/account/account.ts'
import type { Judged } from '#shared/finding/judged.ts'
import type { ProviderPolicy } from '#shared/finding/provider.ts'
import { otherPorts } from '#shared/fix/connection-fixes.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { ownAddress, settingsFix } from '#shared/fix/settings-fix.ts'

/** Settings that help when signing in or the envelope is the trouble. */
export function sessionFixes(found: Judged, account: AccountSettings, provider: ProviderPolicy | null): readonly Fix[] {
  switch (found.id) {
    case 'sign-in-mechanism-unsupported':
      return otherMechanisms(found, account)
    case 'sign-in-not-offered':
      return [...otherPorts(portOf(account), provider), withoutSignIn()]
    case 'sign-in-refused':
    case 'sign-in-wrong-kind-of-secret':
    case 'sign-in-needs-app-password':
    case 'sign-in-not-accepted':
      return otherUserName(account, provider)
    case 'sign-in-basic-auth-retired':
      return account.auth === 'xoauth2' ? [] : [settingsFix('use-oauth2', 'Sign in with OAuth2', { auth: 'xoauth2' })]
    case 'deliver-sign-in-required':
    case 'deliver-relay-denied':
      return signIn(account, provider)
    case 'deliver-sender-not-allowed':
    case 'deliver-sender-malformed':
    case 'deliver-sender-domain-not-found':
    case 'deliver-sender-not-verified':
      return sendAsUser(account)
    case 'deliver-dsn-unsupported':
      return [settingsFix('no-dsn', 'Do not ask for delivery reports', { dsnNotify: null, dsnReturn: null })]
    case 'deliver-from-header':
      return account.setFromHeader === 'on'
        ? []
        : [settingsFix('set-from', 'Write the From line anew', { setFromHeader: 'on' })]
    case 'deliver-content-malformed':
      return /message-id/i.test(found.evidence.join(' ')) && account.setMsgidHeader === 'off'
        ? [settingsFix('set-message-id', 'Add a Message-ID where it is missing', { setMsgidHeader: 'auto' })]
        : []
    case 'deliver-ptr-missing':
    case 'connect-greeting-no-ptr':
      return /ipv6|:[0-9a-f]*:/i.test(found.evidence.join(' ')) && account.ipFamily === 'any'
        ? [settingsFix('use-ipv4', 'Use only IPv4', { ipFamily: '4' })]
        : []
    default:
      return []
  }
}

function otherMechanisms(found: Judged, account: AccountSettings): readonly Fix[] {
  const offered = String(found.facts['offered'] ?? '')
    .toLowerCase()
    .split(', ')
    .flatMap((name): AuthMethod[] => {
      const known = AuthMethod.safeParse(name)
      return known.success && known.data !== account.auth ? [known.data] : []
    })
  const auto =
    account.auth === 'auto'
      ? []
      : [settingsFix('auth-auto', 'Choose the way of signing in by what is offered', { auth: 'auto' })]
  return [
    ...auto,
    ...offered.slice(0, 2).map(auth => settingsFix(`auth-${auth}`, `Sign in with ${auth.toUpperCase()}`, { auth })),
  ]
}

function withoutSignIn(): Fix {
  return settingsFix('no-sign-in', 'Send without signing in', { auth: 'none', user: null, secret: { kind: 'none' } })
}

/** The user name in the form that this provider takes. */
function otherUserName(account: AccountSettings, provider: ProviderPolicy | null): readonly Fix[] {
  const { user, from } = account
  const fixed = provider?.fixedUser ?? null
  if (fixed !== null) return user === fixed ? [] : [useUser(fixed)]
  if (user === null) return []
  if (provider?.userForm === 'local-part' && user.includes('@')) return [useUser(user.split('@')[0] ?? user)]
  const wantsAddress = provider === null || provider.userForm === 'address'
  return wantsAddress && !user.includes('@') && from?.includes('@') === true && !/[*?[]/.test(from)
    ? [useUser(from)]
    : []
}

function useUser(user: string): Fix {
  return settingsFix('user-name', `Sign in as ${user}`, { user })
}

function signIn(account: AccountSettings, provider: ProviderPolicy | null): readonly Fix[] {
  const port = portOf(account)
  const elsewhere = port === 25 ? otherPorts(port, provider) : []
  if (account.auth !== 'none' && account.user !== null) return elsewhere
  const user = account.user ?? ownAddress(account)
  if (user === null) return elsewhere
  const secret: SecretRef = account.secret.kind === 'none' ? { kind: 'prompt' } : account.secret
  return [settingsFix('sign-in', `Sign in as ${user}`, { auth: 'auto', user, secret }), ...elsewhere]
}

function sendAsUser(account: AccountSettings): readonly Fix[] {
  const { user } = account
  if (user === null || !/^[^@\s]+@[^@\s]+$/.test(user) || user === account.from) return []
  return [settingsFix('from-user', `Send as ${user}`, { from: user })]
}
