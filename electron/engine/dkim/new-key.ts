import { generateKeyPair, type KeyObject } from 'node:crypto'

export type NewDkimKey = {
  /** PKCS #8, PEM: what OpenDKIM, rspamd and others read. */
  readonly privateKeyPem: string
  /** The value of the TXT record. */
  readonly record: string
}

/** A key pair to sign mail with: RSA as everybody verifies (RFC 8301), Ed25519 as few do yet (RFC 8463). */
export async function createDkimKey(kind: 'rsa-2048' | 'ed25519'): Promise<NewDkimKey> {
  const { publicKey, privateKey } = await generate(kind)
  // PEM is text: with this format the export is a string.
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  return { privateKeyPem, record: printDkimRecord(publicKey) }
}

/** The record of a public key. RSA as SubjectPublicKeyInfo, which every verifier reads; Ed25519 as its 32 octets (RFC 8463 section 4). */
export function printDkimRecord(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' })
  if (publicKey.asymmetricKeyType === 'ed25519') return `v=DKIM1; k=ed25519; p=${der.subarray(-32).toString('base64')}`
  return `v=DKIM1; k=rsa; p=${der.toString('base64')}`
}

/** Off the main thread: an RSA pair takes up to a second. */
function generate(kind: 'rsa-2048' | 'ed25519'): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return new Promise((resolve, reject) => {
    const made = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject) =>
      error ? reject(error) : resolve({ publicKey, privateKey })
    if (kind === 'ed25519') generateKeyPair('ed25519', undefined, made)
    else generateKeyPair('rsa', { modulusLength: 2048 }, made)
  })
}
