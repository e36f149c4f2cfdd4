import { createHash, type KeyObject, type X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { CertificateFacts } from '#shared/diagnosis/tls-facts.ts'
import { escapeControls } from '#shared/escape.ts'
import { asksForStaple } from '#engine/tls/must-staple.ts'

/** A chain is at most this long in what we keep: OpenSSL itself builds paths of at most 100, servers send two to four. */
const LONGEST_CHAIN = 12

const peerCertificates = new WeakMap<TLSSocket, X509Certificate>()

/** The certificate of the other side, with what it sent behind it. Node 24 hands it out once for each connection. */
export function peerCertificateOf(socket: TLSSocket): X509Certificate | undefined {
  const certificate = peerCertificates.get(socket) ?? socket.getPeerX509Certificate()
  if (certificate) peerCertificates.set(socket, certificate)
  return certificate
}

/** The certificates as the server sent them, leaf first; not the path that was found through local CAs. */
export function presentedChain(leaf: X509Certificate | undefined): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  for (let each = leaf; each && chain.length < LONGEST_CHAIN; each = each.issuerCertificate) chain.push(each)
  return chain
}

export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: printName(certificate.subject),
    issuer: printName(certificate.issuer),
    altNames: altNamesOf(certificate),
    notBefore: isoOf(certificate.validFrom),
    notAfter: isoOf(certificate.validTo),
    serial: certificate.serialNumber,
    sha256: certificate.fingerprint256,
    sha1: certificate.fingerprint,
    ...keyFacts(certificate),
    signature: certificate.signatureAlgorithm ?? null,
    mustStaple: asksForStaple(certificate.raw),
  }
}

/** MD5 is only for msmtp's old `tls_fingerprint` values. */
export function fingerprintOf(certificate: X509Certificate, algorithm: 'sha256' | 'sha1' | 'md5'): string {
  const hex = createHash(algorithm).update(certificate.raw).digest('hex').toUpperCase()
  return hex.replace(/..(?=.)/g, '$&:')
}

/** `DNS:mail.lab.test` and `IP:192.0.2.1` entries of subjectAltName; other kinds keep OpenSSL's word for them. */
export function altNamesOf(certificate: X509Certificate): string[] {
  return splitAltNames(certificate.subjectAltName ?? '').map(entry =>
    escapeControls(entry.replace(/^IP Address:/, 'IP:')),
  )
}

/** The value of one attribute, such as `O` or `CN`, in a distinguished name as `X509Certificate` prints it. */
export function attributeOf(name: string, attribute: string): string | null {
  const line = name.split('\n').find(each => each.startsWith(`${attribute}=`))
  return line === undefined ? null : line.slice(attribute.length + 1)
}

/** Node prints one attribute a line, in the order of the certificate. */
export function printName(name: string): string {
  return name.split('\n').map(escapeControls).join(',')
}

// Node separates entries by ", " and puts those that hold special characters in double quotes, as JSON does.
function splitAltNames(text: string): string[] {
  return text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g)?.map(entry => entry.trim()) ?? []
}

function isoOf(date: string): string {
  const parsed = new Date(date)
  // An ASN.1 time outside the years that Date knows: shown as it is.
  return Number.isNaN(parsed.getTime()) ? escapeControls(date) : parsed.toISOString()
}

const CURVE_BITS = new Map([
  ['prime256v1', 256],
  ['secp256k1', 256],
  ['secp384r1', 384],
  ['secp521r1', 521],
  ['brainpoolP256r1', 256],
  ['brainpoolP384r1', 384],
  ['brainpoolP512r1', 512],
])

const KEY_NAMES = new Map([
  ['rsa', 'RSA'],
  ['rsa-pss', 'RSA-PSS'],
  ['ec', 'EC'],
  ['dsa', 'DSA'],
  ['ed25519', 'Ed25519'],
  ['ed448', 'Ed448'],
])

const FIXED_BITS = new Map([
  ['ed25519', 256],
  ['ed448', 456],
])

function keyFacts(certificate: X509Certificate): Pick<CertificateFacts, 'keyType' | 'keyBits'> {
  const key = publicKeyOf(certificate)
  const type = key?.asymmetricKeyType
  if (!key || !type) return { keyType: 'unknown', keyBits: null }
  const details = key.asymmetricKeyDetails
  const bits = details?.modulusLength ?? CURVE_BITS.get(details?.namedCurve ?? '') ?? FIXED_BITS.get(type) ?? null
  return { keyType: KEY_NAMES.get(type) ?? type, keyBits: bits }
}

// OpenSSL throws for key types that it does not know: the rest of the certificate is still worth showing.
function publicKeyOf(certificate: X509Certificate): KeyObject | null {
  try {
    return certificate.publicKey
  } catch {
    return null
  }
}
