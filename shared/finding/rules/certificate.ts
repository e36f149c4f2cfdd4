import type { CertificateFacts, TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import type { Severity } from '#shared/finding/finding.ts'
import { judged, type Facts, type JudgeContext, type Judged } from '#shared/finding/judged.ts'

const DAY_MS = 86_400_000

/** Two weeks: automatic renewals happen a month before the end, so by then one has failed. */
const SOON_DAYS = 14

/** A certificate that is not trusted: an error where the test ended there, a warning where the account goes on. */
export function judgeCertificate(tls: TlsFacts, severity: Severity, atMs: number, context: JudgeContext): Judged {
  const [leaf] = tls.chain
  const facts: Facts = {
    host: context.account.hostOverride ?? context.account.host,
    subject: leaf && commonName(leaf.subject),
    issuer: leaf && issuerName(leaf.issuer),
    names: namesOf(tls),
    notBefore: leaf && day(leaf.notBefore),
    notAfter: leaf && day(leaf.notAfter),
    days: leaf && Math.max(0, Math.floor((atMs - Date.parse(leaf.notAfter)) / DAY_MS)),
    sha256: leaf?.sha256,
    pinned: context.account.fingerprint ?? undefined,
    key:
      leaf &&
      `${leaf.keyType}${leaf.keyBits === null ? '' : ` ${leaf.keyBits}`}, ${leaf.signature ?? 'unknown signature'}`,
    reason: tls.reason ?? undefined,
  }
  const evidence = [
    ...(tls.reason === null ? [] : [tls.reason]),
    ...(leaf
      ? [`subject ${leaf.subject}`, `issuer ${leaf.issuer}`, `valid ${leaf.notBefore} to ${leaf.notAfter}`]
      : []),
    // RFC 7672 section 3.1.1: with DANE-EE neither the issuer nor the dates count, so mail servers that heed it go on.
    ...(tls.dane?.matches === true
      ? [`${tls.dane.name}: a signed TLSA record vouches for this certificate (DANE)`]
      : []),
  ]
  return judged(idOf(tls), { facts, evidence, severity })
}

function idOf({ distrust, chain }: TlsFacts): FindingId {
  switch (distrust) {
    case 'expired':
      return 'encrypt-certificate-expired'
    case 'not-yet-valid':
      return 'encrypt-certificate-not-yet-valid'
    case 'wrong-name':
      return 'encrypt-certificate-wrong-name'
    case 'self-signed':
      return 'encrypt-certificate-self-signed'
    case 'self-signed-in-chain':
    case 'unknown-issuer':
      return 'encrypt-certificate-unknown-issuer'
    case 'incomplete-chain':
      return 'encrypt-certificate-incomplete-chain'
    case 'intercepted':
      return 'encrypt-certificate-intercepted'
    case 'revoked':
      return 'encrypt-certificate-revoked'
    case 'fingerprint-mismatch':
      return 'encrypt-certificate-not-pinned'
    case 'weak':
      return 'encrypt-certificate-weak'
    case 'other':
    case null:
      return isShort(chain[0]) ? 'encrypt-certificate-weak' : 'encrypt-certificate-not-trusted'
  }
}

/** Shorter keys than anybody has been issuing since 2014, which TLS libraries refuse without saying so. */
function isShort(leaf: CertificateFacts | undefined): boolean {
  if (!leaf || leaf.keyBits === null) return false
  return leaf.keyType.toUpperCase().startsWith('RSA')
    ? leaf.keyBits < 2048
    : leaf.keyType === 'EC' && leaf.keyBits < 224
}

/** A trusted certificate that will not last. */
export function judgeExpiry(tls: TlsFacts, atMs: number): readonly Judged[] {
  const [leaf] = tls.chain
  if (!leaf || !tls.trusted) return []
  const days = Math.floor((Date.parse(leaf.notAfter) - atMs) / DAY_MS)
  if (!(days < SOON_DAYS)) return []
  const facts = { days, subject: commonName(leaf.subject), notAfter: day(leaf.notAfter) }
  return [judged('encrypt-certificate-expires-soon', { facts, evidence: [`valid to ${leaf.notAfter}`] })]
}

/** `O=Lab,CN=mail.lab.test` → `mail.lab.test`; without a CN the whole name. */
function commonName(name: string): string {
  return /(?:^|,)\s*CN=([^,]+)/i.exec(name)?.[1] ?? name
}

/** The organisation says more about an issuer than its common name, such as `R11`. */
function issuerName(name: string): string {
  const organisation = /(?:^|,)\s*O=([^,]+)/i.exec(name)?.[1]
  const common = commonName(name)
  return organisation === undefined || common.includes(organisation) ? common : `${organisation} (${common})`
}

function namesOf(tls: TlsFacts): string | undefined {
  const names = (tls.chain[0]?.altNames ?? []).map(name => name.replace(/^(?:DNS|IP):/, ''))
  if (names.length === 0) return undefined
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ')
}

function day(instant: string): string {
  return instant.slice(0, 10)
}
