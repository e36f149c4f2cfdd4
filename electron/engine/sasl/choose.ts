import type { AuthMethod } from '#shared/account/account.ts'
import type { SignInEvidence } from '#shared/diagnosis/evidence.ts'

export type Choice =
  | { readonly kind: 'use'; readonly mechanism: MechanismName }
  | Extract<SignInEvidence, { kind: 'not-offered' | 'no-shared-mechanism' | 'withheld' }>

export type MechanismName = (typeof MECHANISMS)[number]

/** What we speak. GSSAPI is recognised in an offer and not spoken: it needs the machine's Kerberos. */
const MECHANISMS = [
  'SCRAM-SHA-256-PLUS',
  'SCRAM-SHA-1-PLUS',
  'SCRAM-SHA-256',
  'SCRAM-SHA-1',
  'PLAIN',
  'CRAM-MD5',
  'DIGEST-MD5',
  'LOGIN',
  'NTLM',
  'EXTERNAL',
  'XOAUTH2',
  'OAUTHBEARER',
] as const

/** The order in which msmtp 1.8.23 chooses. It never chooses EXTERNAL or a token mechanism by itself. */
const AUTOMATIC: readonly MechanismName[] = MECHANISMS.slice(0, 9)

/** Without encryption msmtp chooses only these by itself: the others give the password, or a quick way to it, away. */
const AUTOMATIC_IN_THE_CLEAR: readonly MechanismName[] = ['SCRAM-SHA-256', 'SCRAM-SHA-1']

/** These send the secret itself. */
const REVEALING: readonly MechanismName[] = ['PLAIN', 'LOGIN', 'XOAUTH2', 'OAUTHBEARER']

export type Offer = {
  /** Upper case, from the EHLO that counts: the one after TLS. */
  readonly offered: readonly string[]
  readonly encrypted: boolean
  readonly starttlsOffered: boolean
  /** Whether this TLS connection gives binding data for the -PLUS mechanisms. */
  readonly bindable: boolean
}

/** One mechanism, or why none: each run signs in at most once, with the one that is chosen here. */
export function chooseMechanism(method: AuthMethod, allowPlaintext: boolean, offer: Offer): Choice {
  const { offered, encrypted, starttlsOffered } = offer
  if (offered.length === 0) return { kind: 'not-offered', encrypted, starttlsOffered }
  const usable = (name: MechanismName) => offered.includes(name) && (offer.bindable || !name.endsWith('-PLUS'))

  if (method !== 'auto') {
    const wanted = method.toUpperCase()
    const mechanism = MECHANISMS.find(name => name === wanted)
    if (mechanism === undefined || !usable(mechanism)) {
      return { kind: 'no-shared-mechanism', wanted, offered: [...offered] }
    }
    const exposed = REVEALING.includes(mechanism) && !encrypted && !allowPlaintext
    return exposed ? { kind: 'withheld', because: 'not-encrypted', mechanism } : { kind: 'use', mechanism }
  }

  const known = AUTOMATIC.filter(usable)
  const allowed = encrypted || allowPlaintext ? known : known.filter(name => AUTOMATIC_IN_THE_CLEAR.includes(name))
  const [mechanism] = allowed
  if (mechanism !== undefined) return { kind: 'use', mechanism }
  const [held] = known
  if (held !== undefined) return { kind: 'withheld', because: 'not-encrypted', mechanism: held }
  return { kind: 'no-shared-mechanism', wanted: 'AUTO', offered: [...offered] }
}
