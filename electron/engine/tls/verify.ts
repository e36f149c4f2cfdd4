import type { X509Certificate } from 'node:crypto'
import { checkServerIdentity } from 'node:tls'
import type { Distrust, StapledStatus, TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import { altNamesOf, attributeOf, certificateFacts, fingerprintOf, printName } from '#engine/tls/certificate.ts'
import { interceptorOf } from '#engine/tls/interception.ts'
import { revokedIn } from '#engine/tls/revocation.ts'
import { anchorsOf, type TlsMaterial } from '#engine/tls/trust-store.ts'

export type Verdict = Pick<TlsFacts, 'trusted' | 'distrust' | 'reason'>

type Question = {
  /** As presented, leaf first. */
  readonly chain: readonly X509Certificate[]
  readonly material: TlsMaterial
  readonly host: string
  readonly now: Date
  /** OpenSSL's verification error; null when it verified the chain. It alone decides about the chain; the rest explains. */
  readonly code: string | null
  /** What the CA says about the leaf, as the server passes it on; null where it does not. */
  readonly staple: StapledStatus | null
}

type Cause = { readonly distrust: Distrust; readonly reason: string }

const TRUSTED: Verdict = { trusted: true, distrust: null, reason: null }

/** Whether the server is who it was asked to be, and if not why, in plain words, the gravest cause first. */
export async function verifyChain(question: Question): Promise<Verdict> {
  const leaf = question.chain[0]
  if (!leaf) return { trusted: false, distrust: 'other', reason: 'The server sent no certificate.' }
  const { pin } = question.material
  if (pin !== null) return verifyPin(leaf, pin)
  const revoked = await revokedIn(question.chain, question.material, anchorsOf)
  const found = [
    ...(revoked === null ? [] : [revokedCause(revoked)]),
    ...(question.staple?.status === 'revoked' ? [REVOKED_BY_STAPLE] : []),
    ...unlookedWeakness(question),
  ]
  if (question.code === null && found.length === 0 && namesHost(leaf, question.host)) return TRUSTED
  const causes = [...found, ...causesOf(question, leaf)]
  const first = causes[0] ?? { distrust: 'other', reason: `The certificate does not verify (${question.code}).` }
  return { trusted: false, distrust: first.distrust, reason: [first, ...causes.slice(1)].map(c => c.reason).join(' ') }
}

// msmtp's tls_fingerprint: the pin stands in place of CAs, dates and names.
function verifyPin(leaf: X509Certificate, pin: string): Verdict {
  const wanted = pin.replace(/[^0-9A-Fa-f]/g, '').toUpperCase()
  const algorithm = wanted.length === 64 ? 'sha256' : wanted.length === 40 ? 'sha1' : 'md5'
  const actual = fingerprintOf(leaf, algorithm)
  if (actual.replaceAll(':', '') === wanted) return TRUSTED
  const reason = `The certificate’s fingerprint is ${actual}, not the one that the account expects.`
  return { trusted: false, distrust: 'fingerprint-mismatch', reason }
}

function causesOf(question: Question, leaf: X509Certificate): readonly Cause[] {
  const { chain, code, now, host } = question
  const path = pathOf(chain)
  const anchored = code === null || reachesAnchor(path, question.material)
  return [
    ...(anchored ? [] : interception(path)),
    ...weakness(path, code),
    ...dates(path, now),
    ...(anchored ? [] : anchorCause(path, question.material)),
    ...(namesHost(leaf, host) ? [] : [wrongName(leaf, host)]),
  ]
}

/** The presented certificates that build on each other, from the leaf up; what else the server sent is left out. */
function pathOf(chain: readonly X509Certificate[]): readonly X509Certificate[] {
  const path = chain.slice(0, 1)
  for (;;) {
    const last = path.at(-1)
    if (!last || isSelfSigned(last)) return path
    const issuer = chain.find(each => !path.includes(each) && issued(each, last))
    if (!issuer) return path
    path.push(issuer)
  }
}

function reachesAnchor(path: readonly X509Certificate[], material: TlsMaterial): boolean {
  const top = path.at(-1)
  if (!top) return false
  return anchorsOf(material).some(anchor => anchor.fingerprint256 === top.fingerprint256 || issued(anchor, top))
}

function dates(path: readonly X509Certificate[], now: Date): readonly Cause[] {
  return path.flatMap((certificate, index): Cause[] => {
    const which = index === 0 ? 'The certificate' : `The certificate of its issuer ${printName(certificate.subject)}`
    const from = new Date(certificate.validFrom)
    const to = new Date(certificate.validTo)
    if (to < now) return [{ distrust: 'expired', reason: `${which} expired on ${dayOf(to)}.` }]
    if (from > now) return [{ distrust: 'not-yet-valid', reason: `${which} is valid only from ${dayOf(from)} on.` }]
    return []
  })
}

function anchorCause(path: readonly X509Certificate[], material: TlsMaterial): readonly Cause[] {
  const top = path.at(-1)
  if (!top) return []
  if (isSelfSigned(top)) {
    if (path.length === 1) {
      return [{ distrust: 'self-signed', reason: 'The certificate is self-signed: nobody vouches for it.' }]
    }
    const reason = `The chain ends in ${printName(top.subject)}, a root that this computer does not trust.`
    return [{ distrust: 'self-signed-in-chain', reason }]
  }
  const issuer = printName(top.issuer)
  if (lacksIntermediate(path, top, material)) {
    const reason = `The server does not send the certificate of its issuer, ${issuer}: the chain is incomplete.`
    return [{ distrust: 'incomplete-chain', reason }]
  }
  return [{ distrust: 'unknown-issuer', reason: `The issuer, ${issuer}, is not one that this computer trusts.` }]
}

/*
 * "Unknown issuer" and "an intermediate is missing" look the same to OpenSSL. A leaf that came alone and says where its
 * issuer's certificate can be had (RFC 5280 section 4.2.2.1, as public CAs always do), or whose issuer is of the same
 * organisation as a CA that we trust, most likely lacks an intermediate.
 */
function lacksIntermediate(path: readonly X509Certificate[], top: X509Certificate, material: TlsMaterial): boolean {
  if (path.length === 1 && /^CA Issuers/m.test(top.infoAccess ?? '')) return true
  const organisation = attributeOf(top.issuer, 'O')
  if (organisation === null) return false
  return anchorsOf(material).some(
    anchor => attributeOf(anchor.subject, 'O') === organisation && anchor.subject !== top.issuer,
  )
}

function interception(path: readonly X509Certificate[]): readonly Cause[] {
  for (const certificate of path) {
    const product = interceptorOf(certificate.issuer)
    if (product === null) continue
    const reason = `The certificate was made by ${product}: something between here and the server reads the connection.`
    return [{ distrust: 'intercepted', reason }]
  }
  return []
}

/** Below these OpenSSL refuses at its security level 2, which Node uses: 112 bits of strength. */
const WEAKEST_KEY_BITS = new Map([
  ['RSA', 2048],
  ['RSA-PSS', 2048],
  ['DSA', 2048],
  ['EC', 224],
])

/** Below TLS 1.2, or where the cipher list says so, OpenSSL works at a security level that lets weak certificates pass. */
function unlookedWeakness({ chain, code, material: { limits } }: Question): readonly Cause[] {
  const lowered = limits.min < '1.2' || /@SECLEVEL=[01]/.test(limits.ciphers ?? '')
  return code === null && lowered ? weaknessIn(pathOf(chain).filter(each => !isSelfSigned(each))) : []
}

// Node has no name for OpenSSL's errors about weak keys and digests and calls them UNSPECIFIED.
function weakness(path: readonly X509Certificate[], code: string | null): readonly Cause[] {
  return code !== null && /KEY_TOO_SMALL|MD_TOO_WEAK|UNSPECIFIED/.test(code) ? weaknessIn(path) : []
}

function weaknessIn(path: readonly X509Certificate[]): readonly Cause[] {
  for (const { subject, keyType, keyBits, signature } of path.map(certificateFacts)) {
    if (keyBits !== null && keyBits < (WEAKEST_KEY_BITS.get(keyType) ?? 0)) {
      return [{ distrust: 'weak', reason: `The ${keyType} key of ${subject} has only ${keyBits} bits.` }]
    }
    if (signature !== null && /md5|sha-?1(?!\d)/i.test(signature)) {
      return [
        { distrust: 'weak', reason: `The certificate of ${subject} is signed with ${signature}, which can be forged.` },
      ]
    }
  }
  return []
}

/** Its signature need not be checked: who could put it there has the connection already, and gains nothing by its failing. */
const REVOKED_BY_STAPLE: Cause = {
  distrust: 'revoked',
  reason: 'The certificate was revoked: the server itself passes on the answer of the CA (OCSP) that says so.',
}

function revokedCause(certificate: X509Certificate): Cause {
  return { distrust: 'revoked', reason: `The certificate ${certificate.serialNumber} was revoked by its issuer.` }
}

function wrongName(leaf: X509Certificate, host: string): Cause {
  const names = altNamesOf(leaf).map(name => name.replace(/^(?:DNS|IP):/, ''))
  const common = attributeOf(leaf.subject, 'CN')
  const has = names.length > 0 ? names.slice(0, 10).join(', ') : (common ?? 'no name at all')
  return { distrust: 'wrong-name', reason: `The certificate is for ${has}, not for ${host}.` }
}

function namesHost(leaf: X509Certificate, host: string): boolean {
  return checkServerIdentity(host.replace(/\.$/, ''), leaf.toLegacyObject()) === undefined
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return issued(certificate, certificate)
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    // A key type that OpenSSL does not know: then we cannot say that it did.
    return false
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
