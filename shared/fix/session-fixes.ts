import { AuthMethod, type AccountChange, type AccountSettings, type SecretRef } from '#shared/account/account.ts'
import { portOf } from '#shared/account/port-of.ts'
import type { Judged } from '#shared/finding/judged.ts'
import type { ProviderPolicy } from '#shared/finding/provider.ts'
import { otherPorts } from '#shared/fix/connection-fixes.ts'
import type { Fix } from '#shared/fix/fix.ts'
import { ownAddress, settingsFix } from '#shared/fix/settings-fix.ts'
import { sharedBy, type Remedies } from '#shared/fix/remedy.ts'

/** Settings that help when signing in or the envelope is the trouble. */
export const SESSION_FIXES: Remedies = {
  ...sharedBy(['sign-in-mechanism-unsupported', 'sign-in-not-spoken'], ({ found, account }) =>
    otherMechanisms(found, account),
  ),
  'sign-in-binding-unsupported': ({ found }) => withoutBinding(found),
  'sign-in-must-be-chosen': ({ found }) => chosenMechanisms(found),
  'sign-in-not-offered': ({ account, provider }) => [...otherPorts(account, provider), withoutSignIn()],
  ...sharedBy(
    ['sign-in-refused', 'sign-in-wrong-kind-of-secret', 'sign-in-needs-app-password', 'sign-in-not-accepted'],
    ({ account, provider }) => otherUserName(account, provider),
  ),
  ...sharedBy(
    ['deliver-sign-in-required', 'deliver-relay-denied', 'deliver-address-refused'],
    ({ account, provider }) => signIn(account, provider),
  ),
  ...sharedBy(
    [
      'deliver-sender-not-allowed',
      'deliver-sender-malformed',
      'deliver-sender-domain-not-found',
      'deliver-sender-not-verified',
    ],
    ({ account }) => sendAsUser(account),
  ),
  'deliver-needs-requiretls': ({ account, port }) => [
    ...(account.security === 'none'
      ? [settingsFix('encrypt', 'Encrypt the connection', { security: port === 465 ? 'tls' : 'starttls' })]
      : []),
    settingsFix('no-requiretls', 'Leave it to the servers how the message travels on', { requireTls: false }),
  ],
  'deliver-dsn-unsupported': () => [
    settingsFix('no-dsn', 'Do not ask for delivery reports', { dsnNotify: null, dsnReturn: null }),
  ],
  // One that has a single address is not to be bettered by writing it anew.
  'deliver-from-header': ({ found, account }) =>
    account.setFromHeader === 'on' || found.facts['oneAddress'] === 'yes'
      ? []
      : [settingsFix('set-from', 'Write the From line anew', { setFromHeader: 'on' })],
  'deliver-content-malformed': ({ found, account }) =>
    /message-id/i.test(found.evidence.join(' ')) && account.setMsgidHeader === 'off'
      ? [settingsFix('set-message-id', 'Add a Message-ID where it is missing', { setMsgidHeader: 'auto' })]
      : [],
  ...sharedBy(['deliver-ptr-missing', 'connect-greeting-no-ptr'], ({ found, account }) =>
    /ipv6|:[0-9a-f]*:/i.test(found.evidence.join(' ')) && account.ipFamily === 'any'
      ? [settingsFix('use-ipv4', 'Use only IPv4', { ipFamily: '4' })]
      : [],
  ),
}

/** What works with the secret that is already there; the others need a token, a ticket or a certificate. */
const BY_PASSWORD: readonly AuthMethod[] = [
  'scram-sha-256',
  'scram-sha-1',
  'plain',
  'login',
  'cram-md5',
  'digest-md5',
  'ntlm',
]

function otherMechanisms(found: Judged, account: AccountSettings): readonly Fix[] {
  const offered = String(found.facts['offered'] ?? '')
    .toLowerCase()
    .split(', ')
    .flatMap((name): AuthMethod[] => {
      const known = AuthMethod.safeParse(name)
      return known.success && BY_PASSWORD.includes(known.data) && known.data !== account.auth ? [known.data] : []
    })
  const auto =
    account.auth === 'auto' || (found.id === 'sign-in-not-spoken' && offered.length === 0)
      ? []
      : [settingsFix('auth-auto', 'Choose the way of signing in by what is offered', { auth: 'auto' })]
  return [
    ...auto,
    ...offered.slice(0, 2).map(auth => settingsFix(`auth-${auth}`, `Sign in with ${auth.toUpperCase()}`, { auth })),
  ]
}

/** `SCRAM-SHA-256-PLUS` → `scram-sha-256`. */
function withoutBinding(found: Judged): readonly Fix[] {
  const auth = AuthMethod.safeParse(
    String(found.facts['wanted'] ?? '')
      .toLowerCase()
      .replace(/-plus$/, ''),
  )
  return auth.success
    ? [settingsFix(`auth-${auth.data}`, 'Sign in the same way without the binding', { auth: auth.data })]
    : []
}

function chosenMechanisms(found: Judged): readonly Fix[] {
  const offered = String(found.facts['offered'] ?? '').split(', ')
  return CHOSEN_ONLY.filter(([auth]) => offered.includes(auth.toUpperCase())).map(([auth, needs]) =>
    settingsFix(`auth-${auth}`, `Sign in with ${auth.toUpperCase()}, which takes ${needs}`, { auth }),
  )
}

const CHOSEN_ONLY: readonly (readonly [auth: AuthMethod, needs: string])[] = [
  ['xoauth2', 'an access token in the place of the password'],
  ['oauthbearer', 'an access token in the place of the password'],
  ['external', 'a client certificate'],
]

function withoutSignIn(): Fix {
  return settingsFix('no-sign-in', 'Send without signing in', { auth: 'none', user: null, secret: { kind: 'none' } })
}

/** The user name in the form that this provider takes. */
function otherUserName(account: AccountSettings, provider: ProviderPolicy | null): readonly Fix[] {
  const { user, from } = account
  const fixed = provider?.fixedUser ?? null
  if (fixed !== null) return user === fixed ? [] : [withUser(fixed)]
  if (user === null) return []
  if (provider?.userForm === 'local-part' && user.includes('@')) return [withUser(user.split('@')[0] ?? user)]
  const wantsAddress = provider === null || provider.userForm === 'address'
  return wantsAddress && !user.includes('@') && from?.includes('@') === true && !/[*?[]/.test(from)
    ? [withUser(from)]
    : []
}

function withUser(user: string): Fix {
  return settingsFix('user-name', `Sign in as ${user}`, { user })
}

function signIn(account: AccountSettings, provider: ProviderPolicy | null): readonly Fix[] {
  const port = portOf(account)
  const elsewhere = port === 25 ? otherPorts(account, provider) : []
  if (account.auth !== 'none' && account.user !== null) return elsewhere
  const user = account.user ?? ownAddress(account)
  if (user === null) return elsewhere
  const secret: SecretRef = account.secret.kind === 'none' ? { kind: 'prompt' } : account.secret
  // A password is not sent in the clear, so signing in takes encryption along.
  const encrypted: AccountChange =
    account.security === 'none' ? { port, security: port === 465 ? 'tls' : 'starttls' } : {}
  return [settingsFix('sign-in', `Sign in as ${user}`, { auth: 'auto', user, secret, ...encrypted }), ...elsewhere]
}

function sendAsUser(account: AccountSettings): readonly Fix[] {
  const { user } = account
  if (user === null || !/^[^@\s]+@[^@\s]+$/.test(user) || user === account.from) return []
  return [settingsFix('from-user', `Send as ${user}`, { from: user })]
}
