import { X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import { splitPem } from '#engine/tls/pem.ts'
import { readSystemCas, systemCas } from '#engine/tls/system-cas.ts'
import { DEFAULT_TLS_LIMITS, type TlsLimits } from '#shared/account/tls-limits.ts'
import { contextLimits } from '#engine/tls/limits.ts'

/** What an account adds to the system's trust, already read from its files, and what it limits TLS to. */
export type TlsMaterial = {
  /** PEM, each text with one or more CA certificates. */
  readonly extraCas: readonly string[]
  /** PEM or DER revocation lists. */
  readonly crls: readonly Uint8Array[]
  readonly client: { readonly cert: string; readonly key: string } | null
  /** Upper-case hex with colons: SHA-256, SHA-1 or MD5 of the leaf. It alone then decides, as in msmtp. */
  readonly pin: string | null
  readonly limits: TlsLimits
}

export const NO_MATERIAL: TlsMaterial = {
  extraCas: [],
  crls: [],
  client: null,
  pin: null,
  limits: DEFAULT_TLS_LIMITS,
}

/** The anchors as objects, for explaining why a chain does not reach one. */
export function anchorsOf(material: TlsMaterial): readonly X509Certificate[] {
  return [...systemCas(), ...material.extraCas.flatMap(splitPem)].flatMap(parseCertificate)
}

const contexts = new Map<string, SecureContext>()

/** @throws what OpenSSL says about a certificate or key that it cannot read: `local-file` */
export function secureContextFor(material: TlsMaterial): SecureContext {
  if (material.client !== null) return newContext(material)
  const key = JSON.stringify([material.extraCas, material.limits])
  const known = contexts.get(key)
  if (known) return known
  const context = newContext(material)
  // Building one parses every CA. A few different CA files are in use in one run; more would only hold memory.
  if (contexts.size >= 8) contexts.clear()
  contexts.set(key, context)
  return context
}

/** Makes ready, once for each set of CAs, what a handshake takes some 20 ms to make: call it where there is time. */
export async function prepareTrust(
  material: TlsMaterial,
  readFile?: (path: string) => Promise<Uint8Array>,
): Promise<void> {
  if (readFile !== undefined) await readSystemCas(readFile)
  try {
    secureContextFor(material)
  } catch {
    // What is wrong with it the handshake itself will say.
  }
}

function newContext(material: TlsMaterial): SecureContext {
  return createSecureContext({
    ca: [...systemCas(), ...material.extraCas],
    ...contextLimits(material.limits),
    ...(material.client === null ? {} : { cert: material.client.cert, key: material.client.key }),
  })
}

function parseCertificate(pem: string): X509Certificate[] {
  try {
    return [new X509Certificate(pem)]
  } catch {
    return []
  }
}
