import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  X509CrlGenerator,
  type Extension,
} from '@peculiar/x509'

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const

const DAY_MS = 86_400_000

/** PEM, as `node:tls` takes it: the leaf, and behind it what the server presents too. */
export type Identity = { readonly key: string; readonly cert: string; readonly serial: string }

export type KeyKind = 'ec' | 'rsa' | 'weak-rsa'

export type IdentityOptions = {
  /** `mail.lab.test` and `127.0.0.1` unless said otherwise. */
  readonly names?: readonly string[]
  /** `O=Lab,CN=` and the first name unless said otherwise. */
  readonly subject?: string
  readonly validDays?: readonly [from: number, until: number]
  readonly key?: KeyKind
  /** What the issuer signs with; SHA-256 unless said otherwise. */
  readonly hash?: 'SHA-1'
}

export type Authority = {
  readonly subject: string
  readonly pem: string
  issue(options?: IdentityOptions): Promise<Identity>
  /** An authority below this one. Its identities present its certificate, unless it is told to forget that. */
  authorize(subject: string, options?: { readonly presented: boolean }): Promise<Authority>
  /** A revocation list, PEM. */
  revoke(serials: readonly string[]): Promise<string>
}

export function createAuthority(subject = 'O=Lab,CN=Lab Root'): Promise<Authority> {
  return authorityOf(subject, null, true)
}

/** A certificate that vouches for itself. */
export async function createSelfSigned(options: IdentityOptions = {}): Promise<Identity> {
  const keys = await keysOf(options.key)
  return sign(options, keys, { subject: subjectOf(options), keys, presented: '' })
}

type Signer = { readonly subject: string; readonly keys: CryptoKeyPair; readonly presented: string }

async function authorityOf(subject: string, parent: Signer | null, presented: boolean): Promise<Authority> {
  const keys = await keysOf('ec')
  const pem = await certificate({
    subject,
    issuer: parent?.subject ?? subject,
    publicKey: keys.publicKey,
    signer: parent?.keys ?? keys,
    days: [-30, 365],
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  })
  const signer: Signer = { subject, keys, presented: parent === null || !presented ? '' : pem.text }
  return {
    subject,
    pem: pem.text,
    issue: async (options = {}) => sign(options, await keysOf(options.key), signer),
    authorize: (below, options) => authorityOf(below, signer, options?.presented ?? true),
    revoke: async serials => {
      const crl = await X509CrlGenerator.create({
        issuer: subject,
        signingKey: keys.privateKey,
        signingAlgorithm: ECDSA,
        nextUpdate: new Date(Date.now() + DAY_MS),
        entries: serials.map(serialNumber => ({ serialNumber, revocationDate: new Date() })),
      })
      return `${crl.toString('pem')}\n`
    },
  }
}

async function sign(options: IdentityOptions, keys: CryptoKeyPair, signer: Signer): Promise<Identity> {
  const names = options.names ?? ['mail.lab.test', '127.0.0.1']
  const leaf = await certificate({
    subject: subjectOf(options),
    issuer: signer.subject,
    publicKey: keys.publicKey,
    signer: signer.keys,
    days: options.validDays ?? [-1, 30],
    ...(options.hash === undefined ? {} : { hash: options.hash }),
    extensions: [
      new BasicConstraintsExtension(false),
      new SubjectAlternativeNameExtension(
        names.map(value => ({ type: /^[\d.]+$|:/.test(value) ? 'ip' : 'dns', value }) as const),
      ),
    ],
  })
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  const key = `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`
  return { key, cert: `${leaf.text}${signer.presented}`, serial: leaf.serial }
}

type Parts = {
  readonly subject: string
  readonly issuer: string
  readonly publicKey: CryptoKey
  readonly signer: CryptoKeyPair
  readonly days: readonly [from: number, until: number]
  readonly extensions: readonly Extension[]
  readonly hash?: 'SHA-1'
}

async function certificate(parts: Parts): Promise<{ readonly text: string; readonly serial: string }> {
  const made = await X509CertificateGenerator.create({
    subject: parts.subject,
    issuer: parts.issuer,
    publicKey: parts.publicKey,
    signingKey: parts.signer.privateKey,
    signingAlgorithm: {
      ...(parts.signer.privateKey.algorithm.name === 'ECDSA' ? ECDSA : RSA),
      ...(parts.hash === undefined ? {} : { hash: parts.hash }),
    },
    notBefore: new Date(Date.now() + parts.days[0] * DAY_MS),
    notAfter: new Date(Date.now() + parts.days[1] * DAY_MS),
    extensions: [...parts.extensions],
  })
  return { text: `${made.toString('pem')}\n`, serial: made.serialNumber }
}

function keysOf(kind: KeyKind = 'ec'): Promise<CryptoKeyPair> {
  const weak = { ...RSA, modulusLength: 1024 }
  return crypto.subtle.generateKey(kind === 'ec' ? ECDSA : kind === 'rsa' ? RSA : weak, true, ['sign', 'verify'])
}

function subjectOf({ subject, names }: IdentityOptions): string {
  return subject ?? `O=Lab,CN=${names?.[0] ?? 'mail.lab.test'}`
}
