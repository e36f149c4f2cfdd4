import { childrenOf, elementsOf, INTEGER, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, tagged } from '#engine/tls/der.ts'

/** id-pe-tlsfeature, 1.3.6.1.5.5.7.1.24 (RFC 7633 section 6), as DER has it. */
const TLS_FEATURE = Buffer.from('2b06010505070118', 'hex')

/** status_request (RFC 6066 section 8), the extension of TLS that carries a stapled OCSP response. */
const STATUS_REQUEST = 5

/** Whether a certificate asks its server to staple: "must-staple", the TLS feature extension (RFC 7633 section 4). */
export function asksForStaple(certificate: Buffer): boolean {
  // Few certificates have it, and looking for its name costs less than taking each one apart.
  if (!certificate.includes(TLS_FEATURE)) return false
  try {
    return featuresOf(certificate).includes(STATUS_REQUEST)
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function featuresOf(certificate: Buffer): readonly number[] {
  const [whole] = elementsOf(certificate)
  const [signed] = whole === undefined ? [] : childrenOf(whole)
  const [extensions] = (signed === undefined ? [] : childrenOf(signed)).filter(({ tag }) => tag === tagged(3))
  const [list] = extensions === undefined ? [] : childrenOf(extensions)
  for (const extension of list === undefined ? [] : childrenOf(list)) {
    const [name, ...rest] = childrenOf(extension)
    if (name?.tag !== OBJECT_IDENTIFIER || !name.value.equals(TLS_FEATURE)) continue
    // A "critical" flag may stand between the name and the value.
    const [value] = rest.filter(({ tag }) => tag === OCTET_STRING)
    const [features] = value === undefined ? [] : elementsOf(value.value)
    if (features?.tag !== SEQUENCE) continue
    return childrenOf(features).flatMap(({ tag, value: number }) => (tag === INTEGER ? [number.readUIntBE(0, 1)] : []))
  }
  return []
}
