import { parseFingerprint } from '#shared/account/fingerprint.ts'
import { describeTlsLimits, tlsLimitsOf } from '#shared/account/tls-limits.ts'
import { readPriorities } from '#shared/account/tls-priorities.ts'
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

const tlsSettingsWithoutTls: SettingsRule = ({
  security,
  fingerprint,
  caFile,
  crlFile,
  hostOverride,
  tlsMin,
  ciphers,
}) =>
  security === 'none' && (fingerprint ?? caFile ?? crlFile ?? hostOverride ?? tlsMin ?? ciphers) !== null
    ? warning(
        'security',
        'tls-settings-without-tls',
        'there are settings for TLS, but encryption is off',
        'turn encryption on',
      )
    : null

/** Read in part only, and said so: a test here then differs from what msmtp does. */
const prioritiesOfMsmtp: SettingsRule = ({ priorities }) => {
  const unread = priorities === null ? [] : readPriorities(priorities).unread
  return unread.length === 0
    ? null
    : warning(
        'priorities',
        'priorities-partly-read',
        `${unread.join(', ')} ${unread.length === 1 ? 'is' : 'are'} for msmtp alone: a test here goes without`,
        'for a limit that holds everywhere, choose the oldest TLS version and the ciphers by themselves',
      )
}

const prioritiesDiffer: SettingsRule = ({ priorities, tlsMin, ciphers }) => {
  if (priorities === null || (tlsMin === null && ciphers === null)) return null
  const [here, there] = [
    tlsLimitsOf({ tlsMin, ciphers, priorities }),
    tlsLimitsOf({ tlsMin: null, ciphers: null, priorities }),
  ]
  return here.min === there.min && here.ciphers === there.ciphers
    ? null
    : warning(
        'priorities',
        'priorities-differ',
        `msmtp keeps to the priorities (${describeTlsLimits(there)}), and a test here to the other two settings (${describeTlsLimits(here)})`,
        'take one of them out',
      )
}

const requireTlsWithoutTls: SettingsRule = ({ requireTls, security, verifyCertificate, fingerprint }) => {
  if (!requireTls || (security !== 'none' && (verifyCertificate || fingerprint !== null))) return null
  return warning(
    'requireTls',
    'requiretls-without-tls',
    'TLS on the whole way needs an encrypted connection to a server whose certificate is checked',
    security === 'none' ? 'turn encryption on' : 'check the certificate',
    security === 'none' ? undefined : { verifyCertificate: true },
  )
}

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
  prioritiesOfMsmtp,
  prioritiesDiffer,
  requireTlsWithoutTls,
]
