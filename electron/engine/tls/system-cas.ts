import { getCACertificates, rootCertificates } from 'node:tls'
import { splitPem } from '#engine/tls/pem.ts'

/** Where Linux distributions keep what the system trusts in one file: Debian, Arch and Alpine; Fedora; openSUSE. */
const BUNDLES: readonly string[] = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
]

/** Where they keep the same in a file for each. */
const FOLDERS: readonly string[] = ['/etc/ssl/certs', '/etc/pki/tls/certs']

let known: readonly string[] | null = null

/**
 * The CAs that the operating system trusts, PEM. Where it has no store (a bare container) those that came with Node are
 * used. Asking Node takes some 50 ms, once, unless `readSystemCas` was there before.
 */
export function systemCas(): readonly string[] {
  known ??= askNode()
  return known
}

/**
 * Reads the system's CAs from their one file, in 2 ms: Node reads the folder with a file for each of them, which on Debian
 * holds each four times. Where there is no such file, or the environment names another, it stays with `systemCas`.
 */
export async function readSystemCas(readFile: (path: string) => Promise<Uint8Array>): Promise<void> {
  if (known !== null || namesOtherStore(process.env)) return
  for (const path of BUNDLES) {
    const found = await readFile(path).then(certificatesIn, () => [])
    if (found.length === 0) continue
    known ??= found
    return
  }
}

/** As OpenSSL is told about a store, and Node as well. */
function namesOtherStore({ SSL_CERT_FILE: file = '', SSL_CERT_DIR: folder = '' }: NodeJS.ProcessEnv): boolean {
  return (file !== '' && !BUNDLES.includes(file)) || (folder !== '' && !FOLDERS.includes(folder))
}

function certificatesIn(bundle: Uint8Array): readonly string[] {
  return splitPem(Buffer.from(bundle).toString('latin1'))
}

function askNode(): readonly string[] {
  try {
    // On Linux the same certificate comes from the bundle file and from the hashed directory.
    const found = [...new Set(getCACertificates('system'))]
    return found.length > 0 ? found : rootCertificates
  } catch {
    return rootCertificates
  }
}
