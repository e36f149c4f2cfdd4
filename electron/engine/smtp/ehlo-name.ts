import { hostname } from 'node:os'
import { domainToASCII } from 'node:url'

/**
 * What to say in EHLO. RFC 5321 section 4.1.1.1 wants our full name, or the address literal where there is none; `localhost`
 * and bare names, which containers have, are what receivers refuse.
 */
export function ehloName(wanted: string | null, localAddress: string | undefined): string {
  if (wanted !== null && wanted !== '') return asciiName(wanted)
  const own = hostname()
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(own) && !/\.(?:local|localdomain|internal|lan)$/i.test(own)) return own
  return addressLiteral(localAddress)
}

/** RFC 5321 section 4.1.3: `[192.0.2.1]` or `[IPv6:2001:db8::1]`. */
function addressLiteral(address: string | undefined): string {
  const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
  if (plain === '') return '[127.0.0.1]'
  return plain.includes(':') ? `[IPv6:${plain}]` : `[${plain}]`
}

function asciiName(name: string): string {
  if (!/[^\u0000-\u007f]/.test(name)) return name
  const ascii = domainToASCII(name)
  return ascii === '' ? name : ascii
}
