import { isIP } from 'node:net'
import { parseName } from '#engine/dns/name.ts'

/** Whom `check_host` is about (RFC 7208 sections 2.3 and 2.4). */
export type SpfSender = { readonly localPart: string; readonly domain: string }

/**
 * The sender of a MAIL FROM address. The null reverse-path (`''` or `<>`) stands for `postmaster@HELO`, an address
 * without a local part for `postmaster` at its domain (section 4.3).
 */
export function senderOf(mailFrom: string, helo: string): SpfSender {
  const address = mailFrom.startsWith('<') && mailFrom.endsWith('>') ? mailFrom.slice(1, -1) : mailFrom
  if (address === '') return { localPart: 'postmaster', domain: helo }
  const at = address.lastIndexOf('@')
  const localPart = at > 0 ? address.slice(0, at) : 'postmaster'
  return { localPart, domain: address.slice(at + 1) }
}

/** RFC 7208 section 4.3: a domain that is malformed, an address or a single label has no policy. */
export function isCheckable(domain: string): boolean {
  const labels = parseName(domain)
  return labels.ok && labels.value.length > 1 && isIP(domain) === 0 && !domain.startsWith('[')
}
