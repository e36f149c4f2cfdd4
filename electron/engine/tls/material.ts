import { X509Certificate } from 'node:crypto'
import type { Account } from '#shared/account/account.ts'
import { tlsLimitsOf } from '#shared/account/tls-limits.ts'
import type { HandshakeFault } from '#shared/diagnosis/evidence.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { parseRevocationLists } from '#engine/tls/revocation.ts'
import { splitPem } from '#engine/tls/pem.ts'
import { secureContextFor, type TlsMaterial } from '#engine/tls/trust-store.ts'

type TlsSettings = Pick<
  Account,
  'caFile' | 'crlFile' | 'clientCertFile' | 'clientKeyFile' | 'fingerprint' | 'tlsMin' | 'ciphers' | 'priorities'
>

/** Far above any bundle in use (the whole of Mozilla's is 220 kB). */
const LARGEST_FILE_OCTETS = 4 * 1024 * 1024

/** Reads what the account names. A file that is missing or holds something else is `local-file`, which is evidence. */
export async function loadTlsMaterial(
  account: TlsSettings,
  extraCa: string | undefined,
  readFile: (path: string) => Promise<Uint8Array>,
): Promise<Result<TlsMaterial, HandshakeFault>> {
  const read = async (path: string | null): Promise<Result<Uint8Array | null, HandshakeFault>> => {
    if (path === null) return ok(null)
    try {
      const content = await readFile(path)
      return content.length > LARGEST_FILE_OCTETS ? err(localFile(path, null, 'is too large')) : ok(content)
    } catch (error) {
      return err(localFile(path, codeOf(error), 'cannot be read'))
    }
  }
  const [ca, crl, cert, key] = await Promise.all([
    read(account.caFile),
    read(account.crlFile),
    read(account.clientCertFile),
    read(account.clientKeyFile),
  ])
  if (!ca.ok) return ca
  if (!crl.ok) return crl
  if (!cert.ok) return cert
  if (!key.ok) return key

  const extraCas = [...(ca.value === null ? [] : [textOf(ca.value)]), ...(extraCa === undefined ? [] : [extraCa])]
  if (account.caFile !== null && ca.value !== null && !holdsCertificates(textOf(ca.value))) {
    return err(localFile(account.caFile, null, 'holds no PEM certificate'))
  }
  if (account.crlFile !== null && crl.value !== null && !(await holdsRevocationLists(crl.value))) {
    return err(localFile(account.crlFile, null, 'holds no revocation list'))
  }
  const material: TlsMaterial = {
    extraCas,
    crls: crl.value === null ? [] : [crl.value],
    client: cert.value && key.value ? { cert: textOf(cert.value), key: textOf(key.value) } : null,
    pin: account.fingerprint,
    limits: tlsLimitsOf(account),
  }
  try {
    secureContextFor(material)
  } catch (error) {
    return err(localFile(account.clientCertFile ?? account.caFile ?? '', codeOf(error), 'cannot be used for TLS'))
  }
  return ok(material)
}

function holdsCertificates(pem: string): boolean {
  return splitPem(pem).some(each => {
    try {
      return new X509Certificate(each).serialNumber !== ''
    } catch {
      return false
    }
  })
}

async function holdsRevocationLists(content: Uint8Array): Promise<boolean> {
  try {
    return (await parseRevocationLists(content)).length > 0
  } catch {
    return false
  }
}

function localFile(path: string, code: string | null, what: string): HandshakeFault {
  return { kind: 'local-file', code, message: `${path} ${what}` }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

function textOf(content: Uint8Array): string {
  return Buffer.from(content).toString('latin1')
}
