import { createHash, type KeyObject, sign } from 'node:crypto'

/** A message that is its own canonical form, signed over its header, so that the signer needs none of the code under test. */
export function signMessage(key: KeyObject, domain: string, selector: string): string {
  const ed25519 = key.asymmetricKeyType === 'ed25519'
  const fields = [`from:ann@${domain}`, `to:bob@b.test`, 'subject:Hello']
  const body = 'Hello\r\n'
  const bodyHash = createHash('sha256').update(body).digest('base64')
  const algorithm = ed25519 ? 'ed25519-sha256' : 'rsa-sha256'
  const signature = `dkim-signature:v=1; a=${algorithm}; c=relaxed/relaxed; d=${domain}; s=${selector}; h=from:to:subject; bh=${bodyHash}; b=`
  const text = `${fields.map(field => `${field}\r\n`).join('')}${signature}`
  // RFC 8463 section 3: Ed25519 signs the SHA-256 digest of the text.
  const octets = ed25519
    ? sign(null, createHash('sha256').update(text).digest(), key)
    : sign('sha256', Buffer.from(text), key)
  return `${signature}${octets.toString('base64')}\r\n${fields.join('\r\n')}\r\n\r\n${body}`
}
