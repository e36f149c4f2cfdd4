import { isRetired, versionOfProtocol } from '#shared/account/tls-version.ts'
import type { ShownCertificate } from '#shared/diagnosis/shown-certificate.ts'
import type { TlsVersion } from '#shared/diagnosis/tls-facts.ts'
import { judged, type Judged } from '#shared/finding/judged.ts'

/**
 * What the versions of TLS, each tried on a connection of its own, tell about a server.
 *
 * @param first the certificate of the look before them; null where there was none
 */
export function judgeTlsVersions(tried: readonly TlsVersion[], first: ShownCertificate | null): readonly Judged[] {
  const accepted = tried.filter(({ outcome }) => outcome === 'accepted').map(({ version }) => version)
  const refused = tried.filter(({ outcome }) => outcome === 'refused').map(({ version }) => version)
  const old = accepted.filter(isRetired)
  const evidence = tried.map(({ version, outcome, cipher }) => `${version} ${outcome}${cipher ? ` (${cipher})` : ''}`)
  const facts = { versions: old.map(each => `TLS ${versionOfProtocol(each)}`).join(' and ') || undefined }
  return [
    ...(old.length > 0 && refused.includes('TLSv1.2') && refused.includes('TLSv1.3')
      ? [judged('encrypt-no-modern-tls', { facts, evidence })]
      : old.length > 0
        ? [judged('encrypt-old-versions-accepted', { facts, evidence })]
        : []),
    ...(accepted.length === 1 && accepted[0] === 'TLSv1.3' && refused.length === tried.length - 1
      ? [judged('encrypt-only-tls-1-3', { evidence })]
      : []),
    ...judgeChange([...(first === null ? [] : [first]), ...tried.flatMap(({ certificate }) => certificate ?? [])]),
  ]
}

/** A server may hold a certificate for each kind of key and choose by what the client can: two of one kind are no choice. */
function judgeChange(shown: readonly ShownCertificate[]): readonly Judged[] {
  const different = shown.filter((each, index) => shown.findIndex(({ sha256 }) => sha256 === each.sha256) === index)
  const changes = different.some((each, index) =>
    different.slice(0, index).some(({ keyType }) => keyType === each.keyType),
  )
  if (!changes) return []
  const evidence = different.map(
    ({ sha256, issuer, keyType }) => `${keyType} certificate of ${issuer}: SHA-256 ${sha256}`,
  )
  return [judged('encrypt-certificate-changes', { facts: { count: different.length }, evidence, confidence: 0.8 })]
}
