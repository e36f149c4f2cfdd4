import { parseFingerprint } from '#shared/account/fingerprint.ts'
import { nameFaultMessage, parseHostName } from '#shared/account/domain-name.ts'
import { error, warning, type SettingsRule } from '#shared/account/rules/rule.ts'

const certificateWithKey: SettingsRule = ({ clientCertFile, clientKeyFile }) => {
  if ((clientCertFile === null) === (clientKeyFile === null)) return null
  return clientKeyFile === null
    ? error(
        'clientKeyFile',
        'certificate-without-key',
        'a client certificate needs its private key',
        'name the key file too',
      )
    : error(
        'clientCertFile',
        'key-without-certificate',
        'a private key needs its client certificate',
        'name the certificate file too',
      )
}

const clientCertificateWithoutTls: SettingsRule = ({ clientCertFile, security }) =>
  clientCertFile !== null && security === 'none'
    ? error(
        'clientCertFile',
        'certificate-without-tls',
        'a client certificate is shown inside TLS only',
        'turn encryption on',
      )
    : null

const fingerprintShape: SettingsRule = ({ fingerprint }) => {
  if (fingerprint === null) return null
  const parsed = parseFingerprint(fingerprint)
  return parsed.ok
    ? null
    : error(
        'fingerprint',
        'fingerprint-malformed',
        parsed.error,
        'copy the SHA-256 fingerprint of the certificate: 32 pairs of hex digits',
      )
}

const fingerprintWeak: SettingsRule = ({ fingerprint }) => {
  const parsed = fingerprint === null ? null : parseFingerprint(fingerprint)
  return parsed?.ok && parsed.value.hash !== 'sha256'
    ? warning(
        'fingerprint',
        'fingerprint-weak',
        `a ${parsed.value.hash.toUpperCase()} fingerprint can be forged`,
        'use the SHA-256 fingerprint',
      )
    : null
}

const fingerprintRenewal: SettingsRule = ({ fingerprint, security }) =>
  fingerprint !== null && security !== 'none' && parseFingerprint(fingerprint).ok
    ? warning(
        'fingerprint',
        'fingerprint-renewal',
        'a pinned certificate is refused as soon as the server renews it, which happens several times a year',
        'pin only a certificate that you renew yourself',
      )
    : null

// A pin replaces every other check of the certificate.
const fingerprintWithTrustFile: SettingsRule = ({ fingerprint, caFile }) =>
  fingerprint !== null && caFile !== null
    ? warning(
        'caFile',
        'fingerprint-with-ca',
        'with a pinned fingerprint the CA file is not asked',
        'keep one of the two',
        { caFile: null },
      )
    : null

const certificateUnchecked: SettingsRule = ({ verifyCertificate, fingerprint, security }) =>
  !verifyCertificate && fingerprint === null && security !== 'none'
    ? warning(
        'verifyCertificate',
        'certificate-unchecked',
        'anybody between here and the server can read the password and the messages',
        'check the certificate; for a server of your own name its CA file',
        { verifyCertificate: true },
      )
    : null

const fingerprintUnchecked: SettingsRule = ({ verifyCertificate, fingerprint }) =>
  !verifyCertificate && fingerprint !== null
    ? warning(
        'fingerprint',
        'fingerprint-unchecked',
        'a fingerprint is pinned, but the certificate is not checked',
        'check the certificate',
        { verifyCertificate: true },
      )
    : null

const tlsSettingsWithoutTls: SettingsRule = ({ security, fingerprint, caFile, crlFile, hostOverride }) =>
  security === 'none' && (fingerprint ?? caFile ?? crlFile ?? hostOverride) !== null
    ? warning(
        'security',
        'tls-settings-without-tls',
        'there are settings for TLS, but encryption is off',
        'turn encryption on',
      )
    : null

const revocationWithoutCa: SettingsRule = ({ crlFile, caFile }) =>
  crlFile !== null && caFile === null
    ? warning(
        'crlFile',
        'crl-without-ca',
        'a revocation list is read together with the CA file that it belongs to',
        'name the CA file too',
      )
    : null

const overrideName: SettingsRule = ({ hostOverride }) => {
  if (hostOverride === null) return null
  const name = parseHostName(hostOverride)
  return name.ok
    ? null
    : error(
        'hostOverride',
        'override-malformed',
        nameFaultMessage(name.error),
        'give the name that stands in the certificate',
      )
}

export const TLS_RULES: readonly SettingsRule[] = [
  certificateWithKey,
  clientCertificateWithoutTls,
  fingerprintShape,
  fingerprintUnchecked,
  certificateUnchecked,
  revocationWithoutCa,
  overrideName,
  fingerprintWithTrustFile,
  tlsSettingsWithoutTls,
  fingerprintWeak,
  fingerprintRenewal,
]
