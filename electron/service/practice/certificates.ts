import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { PRACTICE_HOST } from './names.ts'

/** Which certificate the practice server shows. `good` is the only one that a client with our CA should accept. */
export type CertificateName =
  | 'good'
  | 'expired'
  | 'not-yet-valid'
  | 'self-signed'
  | 'wrong-name'
  | 'unknown-issuer'
  | 'incomplete-chain'
  | 'intercepted'
  | 'weak-key'
  | 'must-staple'

/** PEM, the leaf first, as `node:tls` takes it. */
export type ServerIdentity = { readonly key: string; readonly cert: string }

/** The certificates of one run of the practice server. The CA's key lives in memory only and dies with it. */
export type Certificates = {
  /** The CA that the practice account trusts, PEM. */
  readonly ca: string
  /** Made on first use. */
  identity(name: CertificateName): Promise<ServerIdentity>
}

type Issuer = { readonly subject: string; readonly keys: CryptoKeyPair; readonly pem: string }

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const RSA_1024 = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 1024,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const
const DAY_MS = 86_400_000

/** @param now the clock, in milliseconds since 1970 */
export async function createCertificates(now: () => number): Promise<Certificates> {
  const root = await createAuthority('CN=Practice CA,O=Mailwright', now)
  const made = new Map<CertificateName, Promise<ServerIdentity>>()
  return {
    ca: root.pem,
    identity: name => {
      const known = made.get(name) ?? createIdentity(name, root, now)
      made.set(name, known)
      return known
    },
  }
}

async function createIdentity(name: CertificateName, root: Issuer, now: () => number): Promise<ServerIdentity> {
  const keys = await crypto.subtle.generateKey(name === 'weak-key' ? RSA_1024 : ECDSA, true, ['sign', 'verify'])
  const key = await printKey(keys)
  const leaf = { keys, from: now() - DAY_MS, until: now() + 30 * DAY_MS, names: OUR_NAMES }
  switch (name) {
    case 'good':
    case 'weak-key':
      return { key, cert: await issue(leaf, root) }
    case 'must-staple':
      return { key, cert: await issue(leaf, root, [...SERVER, MUST_STAPLE]) }
    case 'expired':
      return { key, cert: await issue({ ...leaf, from: now() - 90 * DAY_MS, until: now() - 3 * DAY_MS }, root) }
    case 'not-yet-valid':
      return { key, cert: await issue({ ...leaf, from: now() + 3 * DAY_MS }, root) }
    case 'wrong-name':
      return {
        key,
        cert: await issue({ ...leaf, names: [{ type: 'dns', value: 'shared-hosting.practice.test' }] }, root),
      }
    case 'self-signed':
      // As `openssl req -x509` makes them: a CA of its own, and nothing said about what its key is for.
      return {
        key,
        cert: await issue(leaf, { subject: LEAF_SUBJECT, keys, pem: '' }, [new BasicConstraintsExtension(true)]),
      }
    case 'unknown-issuer': {
      const stranger = await createAuthority('CN=Somebody Else Root,O=Somebody Else', now)
      const between = await createAuthority('CN=Somebody Else Issuing CA,O=Somebody Else', now, stranger)
      return { key, cert: (await issue(leaf, between)) + between.pem }
    }
    case 'incomplete-chain':
      return { key, cert: await issue(leaf, await createAuthority('CN=Practice Issuing CA,O=Mailwright', now, root)) }
    case 'intercepted': {
      const shield = await createAuthority('CN=Practice Antivirus Mail Shield Root,O=Practice Antivirus', now)
      return { key, cert: (await issue(leaf, shield)) + shield.pem }
    }
  }
}

const LEAF_SUBJECT = `CN=${PRACTICE_HOST}`
const OUR_NAMES = [
  { type: 'dns', value: PRACTICE_HOST },
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '::1' },
] as const

const SERVER = [
  new BasicConstraintsExtension(false),
  new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment),
]

/** TLS feature (RFC 7633): the number of status_request, 5, in a list of one. */
const MUST_STAPLE = new Extension('1.3.6.1.5.5.7.1.24', false, new Uint8Array([0x30, 0x03, 0x02, 0x01, 0x05]))

type Leaf = {
  readonly keys: CryptoKeyPair
  readonly from: number
  readonly until: number
  readonly names: readonly { readonly type: 'dns' | 'ip'; readonly value: string }[]
}

async function issue(leaf: Leaf, issuer: Issuer, kind: readonly Extension[] = SERVER): Promise<string> {
  const certificate = await X509CertificateGenerator.create({
    subject: LEAF_SUBJECT,
    issuer: issuer.subject,
    publicKey: leaf.keys.publicKey,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: ECDSA,
    notBefore: new Date(leaf.from),
    notAfter: new Date(leaf.until),
    extensions: [
      ...kind,
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([...leaf.names]),
    ],
  })
  return `${certificate.toString('pem')}\n`
}

async function createAuthority(subject: string, now: () => number, parent?: Issuer): Promise<Issuer> {
  const keys = await crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.create({
    subject,
    issuer: parent?.subject ?? subject,
    publicKey: keys.publicKey,
    signingKey: (parent?.keys ?? keys).privateKey,
    signingAlgorithm: ECDSA,
    notBefore: new Date(now() - 180 * DAY_MS),
    notAfter: new Date(now() + 180 * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  })
  return { subject, keys, pem: `${certificate.toString('pem')}\n` }
}

async function printKey(keys: CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`
}
