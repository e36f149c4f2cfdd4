import { presetById } from '#shared/account/find-preset.ts'
import { error, warning, type SettingsRule } from '#shared/account/rules/rule.ts'

/** Mechanisms that never show the password on the wire, so that they may run without TLS. */
const SAFE_WITHOUT_TLS: ReadonlySet<string> = new Set([
  'cram-md5',
  'digest-md5',
  'scram-sha-1',
  'scram-sha-256',
  'gssapi',
  'none',
])

const passwordNeedsTls: SettingsRule = ({ security, auth, user, socket, allowPlaintextSignIn }) => {
  if (security !== 'none' || allowPlaintextSignIn || socket !== null || SAFE_WITHOUT_TLS.has(auth)) return null
  // Without TLS, msmtp's automatic choice takes SCRAM only, which sends no password.
  if (auth === 'auto' && user === null) return null
  const choice = 'choose STARTTLS or TLS from the start'
  return auth === 'auto'
    ? warning(
        'security',
        'password-without-tls',
        'without encryption a password must not be sent, so hardly any server lets this account sign in',
        choice,
      )
    : error(
        'security',
        'password-without-tls',
        'without encryption the password is readable for everybody on the way',
        choice,
      )
}

const channelBindingNeedsTls: SettingsRule = ({ auth, security }) =>
  auth.endsWith('-plus') && security === 'none'
    ? error(
        'auth',
        'plus-without-tls',
        `${auth.toUpperCase()} binds the sign-in to the TLS connection, and there is none`,
        'turn encryption on',
      )
    : null

const gssapiOfMsmtp: SettingsRule = ({ auth }) =>
  auth === 'gssapi'
    ? warning(
        'auth',
        'gssapi-not-spoken',
        'GSSAPI (Kerberos) is for msmtp alone: this program does not speak it, so a test ends there',
        'test with another way of signing in, or with msmtp itself',
      )
    : null

const signInNeedsUser: SettingsRule = ({ auth, user }) =>
  auth !== 'auto' && auth !== 'none' && auth !== 'external' && auth !== 'gssapi' && user === null
    ? error('user', 'sign-in-without-user', 'signing in needs a user name', 'give the user name, or do not sign in')
    : null

const automaticWithoutUser: SettingsRule = ({ auth, user, secret }) =>
  auth === 'auto' && user === null && secret.kind !== 'none'
    ? error(
        'user',
        'password-without-user',
        'there is a password, but no user name',
        'give the user name, or do not sign in',
      )
    : null

const userWithoutSignIn: SettingsRule = ({ auth, user }) =>
  auth === 'none' && user !== null
    ? warning(
        'auth',
        'user-without-sign-in',
        'there is a user name, but signing in is off',
        'let the sign-in method be chosen',
        { auth: 'auto' },
      )
    : null

const signInNeedsSecret: SettingsRule = ({ auth, user, secret }) =>
  user !== null && secret.kind === 'none' && auth !== 'none' && auth !== 'external' && auth !== 'gssapi'
    ? warning(
        'secret',
        'user-without-password',
        'there is a user name, but no password is kept',
        'it is asked for each time',
        { secret: { kind: 'prompt' } },
      )
    : null

const externalNeedsCertificate: SettingsRule = ({ auth, clientCertFile }) =>
  auth === 'external' && clientCertFile === null
    ? error(
        'clientCertFile',
        'external-without-certificate',
        'EXTERNAL signs in by the client certificate, and there is none',
        'name the certificate and its key',
      )
    : null

const ntlmDomainWithoutNtlm: SettingsRule = ({ auth, ntlmDomain }) =>
  ntlmDomain !== null && auth !== 'ntlm' && auth !== 'auto'
    ? warning('ntlmDomain', 'ntlm-domain-unused', 'the NTLM domain is used by NTLM only', 'remove it', {
        ntlmDomain: null,
      })
    : null

const endedAtProvider: SettingsRule = ({ provider, auth, user }) => {
  const preset = provider === null ? null : presetById(provider)
  if (!preset || user === null || auth === 'none' || auth === 'xoauth2' || auth === 'oauthbearer') return null
  return preset.secret.kind === 'oauth2'
    ? warning('auth', 'provider-wants-oauth2', `${preset.name}: ${preset.secret.hint}`, 'choose OAuth2 (XOAUTH2)', {
        auth: 'xoauth2',
      })
    : null
}

const literalUser: SettingsRule = ({ provider, user }) => {
  const preset = provider === null ? null : presetById(provider)
  if (preset?.user.form !== 'literal' || user === null || user === preset.user.literal) return null
  const { literal } = preset.user
  return warning(
    'user',
    'provider-user-name',
    `${preset.name} wants the word ${literal} as user name`,
    `use ${literal}`,
    { user: literal },
  )
}

export const SIGN_IN_RULES: readonly SettingsRule[] = [
  passwordNeedsTls,
  channelBindingNeedsTls,
  gssapiOfMsmtp,
  signInNeedsUser,
  automaticWithoutUser,
  userWithoutSignIn,
  signInNeedsSecret,
  externalNeedsCertificate,
  endedAtProvider,
  literalUser,
  ntlmDomainWithoutNtlm,
]
