import { ipFamilyOf, nameFaultMessage, parseHostName, type NameFault } from '#shared/account/domain-name.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** RFC 5321 sections 4.5.3.1.1 to 4.5.3.1.3, in octets; the path's 256 include its angle brackets. */
const LOCAL_PART_MAX_OCTETS = 64
const DOMAIN_MAX_OCTETS = 255
const ADDRESS_MAX_OCTETS = 254

export type MailAddress = {
  readonly displayName: string | null
  /** Without quotes and backslashes. */
  readonly localPart: string
  /** As people read it; an address literal with its brackets. */
  readonly domain: string
  /** As DNS takes it. */
  readonly asciiDomain: string
  /** `local@asciiDomain`, the local part quoted where it has to be: what stands in the angle brackets of MAIL FROM. */
  readonly address: string
  /** Its local part is not ASCII, so the server has to offer SMTPUTF8 (RFC 6531). */
  readonly needsSmtpUtf8: boolean
}

export type AddressFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'control-character' }
  | { readonly kind: 'no-at'; readonly text: string }
  | { readonly kind: 'no-local-part' }
  | { readonly kind: 'no-domain' }
  | { readonly kind: 'several' }
  | { readonly kind: 'unclosed'; readonly sign: '"' | '<' | '[' }
  | { readonly kind: 'local-part-too-long'; readonly octets: number }
  | { readonly kind: 'address-too-long'; readonly octets: number }
  | { readonly kind: 'local-part-dots' }
  | { readonly kind: 'local-part-character'; readonly character: string }
  | { readonly kind: 'domain'; readonly fault: NameFault }
  | { readonly kind: 'domain-literal' }

/** Reads `a@b`, `<a@b>` and `Name <a@b>`, with quoted local parts, address literals and Unicode (RFC 5321 4.1.2, RFC 6531). */
export function parseAddress(text: string): Result<MailAddress, AddressFault> {
  const trimmed = text.trim()
  if (trimmed === '') return err({ kind: 'empty' })
  // A line feed would start a new header or a new SMTP command.
  if (/[\u0000-\u001f\u007f-\u009f]/.test(trimmed)) return err({ kind: 'control-character' })
  const split = splitDisplayName(trimmed)
  if (!split.ok) return split
  const { displayName, address } = split.value
  if (address === '') return err({ kind: 'empty' })
  const local = readLocalPart(address)
  if (!local.ok) return local
  const domain = readDomain(address.slice(local.value.length + 1))
  if (!domain.ok) return domain
  return checkLengths({ displayName, localPart: local.value.localPart, ...domain.value })
}

export function addressFaultMessage(fault: AddressFault): string {
  switch (fault.kind) {
    case 'empty':
      return 'the address is empty'
    case 'control-character':
      return 'the address holds a control character or a line break'
    case 'no-at':
      return `"${fault.text.slice(0, 40)}" has no @: an address is name@domain`
    case 'no-local-part':
      return 'nothing stands before the @'
    case 'no-domain':
      return 'the domain after the @ is missing'
    case 'several':
      return 'this is more than one address'
    case 'unclosed':
      return `a ${fault.sign} is not closed`
    case 'local-part-too-long':
      return `the part before the @ has ${fault.octets} octets, and may have ${LOCAL_PART_MAX_OCTETS}`
    case 'address-too-long':
      return `the address has ${fault.octets} octets, and may have ${ADDRESS_MAX_OCTETS}`
    case 'local-part-dots':
      return 'the part before the @ begins or ends with a dot, or has two in a row'
    case 'local-part-character':
      return `the part before the @ cannot hold ${fault.character === ' ' ? 'a blank' : JSON.stringify(fault.character)} without quotes`
    case 'domain':
      return `after the @: ${nameFaultMessage(fault.fault)}`
    case 'domain-literal':
      return 'what stands in brackets after the @ is not an IP address'
  }
}

/** The domain of an address in lower case as DNS takes it, or null when it cannot be read. */
export function domainOf(address: string): string | null {
  const parsed = parseAddress(address)
  return parsed.ok ? parsed.value.asciiDomain : null
}

export function localPartOf(address: string): string | null {
  const parsed = parseAddress(address)
  return parsed.ok ? parsed.value.localPart : null
}

function splitDisplayName(
  text: string,
): Result<{ readonly displayName: string | null; readonly address: string }, AddressFault> {
  const opened = indexOutsideQuotes(text, '<')
  if (opened === 'unclosed') return err({ kind: 'unclosed', sign: '"' })
  if (opened === -1) {
    const comma = indexOutsideQuotes(text, ',')
    return comma === -1 ? ok({ displayName: null, address: text }) : err({ kind: 'several' })
  }
  if (!text.endsWith('>')) {
    return err(text.includes('>', opened) ? { kind: 'several' } : { kind: 'unclosed', sign: '<' })
  }
  const address = text.slice(opened + 1, -1).trim()
  if (indexOutsideQuotes(address, '<') !== -1) return err({ kind: 'several' })
  const name = unquote(text.slice(0, opened).trim())
  return ok({ displayName: name === '' ? null : name, address })
}

function readLocalPart(address: string): Result<{ readonly localPart: string; readonly length: number }, AddressFault> {
  if (address.startsWith('"')) {
    const end = closingQuote(address)
    if (end === -1) return err({ kind: 'unclosed', sign: '"' })
    if (address[end + 1] !== '@') return err({ kind: 'no-at', text: address })
    const localPart = unquote(address.slice(0, end + 1))
    return localPart === '' ? err({ kind: 'no-local-part' }) : ok({ localPart, length: end + 1 })
  }
  const at = address.lastIndexOf('@')
  if (at === -1) return err({ kind: 'no-at', text: address })
  if (at === 0) return err({ kind: 'no-local-part' })
  const localPart = address.slice(0, at)
  // RFC 5321 section 4.1.2 atext, and RFC 6531 section 3.3 for what is beyond ASCII.
  const odd = /[^A-Za-z0-9!#$%&'*+/=?^_`{|}~.\u00a0-\uffff-]/.exec(localPart)
  if (odd) return err({ kind: 'local-part-character', character: odd[0] })
  if (localPart.startsWith('.') || localPart.endsWith('.') || localPart.includes('..')) {
    return err({ kind: 'local-part-dots' })
  }
  return ok({ localPart, length: at })
}

function readDomain(text: string): Result<Pick<MailAddress, 'domain' | 'asciiDomain'>, AddressFault> {
  if (text === '') return err({ kind: 'no-domain' })
  if (text.startsWith('[')) {
    if (!text.endsWith(']')) return err({ kind: 'unclosed', sign: '[' })
    const literal = text.slice(1, -1).replace(/^IPv6:/i, '')
    return ipFamilyOf(literal) === null ? err({ kind: 'domain-literal' }) : ok({ domain: text, asciiDomain: text })
  }
  const name = parseHostName(text)
  if (!name.ok) return err({ kind: 'domain', fault: name.error })
  return ok({ domain: name.value.unicode, asciiDomain: name.value.ascii })
}

function checkLengths(read: Omit<MailAddress, 'address' | 'needsSmtpUtf8'>): Result<MailAddress, AddressFault> {
  const localPart = printLocalPart(read.localPart)
  const localOctets = octets(localPart)
  if (localOctets > LOCAL_PART_MAX_OCTETS) return err({ kind: 'local-part-too-long', octets: localOctets })
  const address = `${localPart}@${read.asciiDomain}`
  const total = localOctets + 1 + octets(read.asciiDomain)
  if (octets(read.asciiDomain) > DOMAIN_MAX_OCTETS || total > ADDRESS_MAX_OCTETS) {
    return err({ kind: 'address-too-long', octets: total })
  }
  return ok({ ...read, address, needsSmtpUtf8: /[^\u0000-\u007f]/.test(read.localPart) })
}

function printLocalPart(localPart: string): string {
  const dotAtom =
    !/[^A-Za-z0-9!#$%&'*+/=?^_`{|}~.\u00a0-\uffff-]/.test(localPart) &&
    !localPart.startsWith('.') &&
    !localPart.endsWith('.') &&
    !localPart.includes('..')
  return dotAtom ? localPart : `"${localPart.replace(/["\\]/g, '\\$&')}"`
}

/** Where a sign first stands outside double quotes; -1 for nowhere. */
function indexOutsideQuotes(text: string, sign: string): number | 'unclosed' {
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (quoted && character === '\\') at += 1
    else if (character === '"') quoted = !quoted
    else if (!quoted && character === sign) return at
  }
  return quoted ? 'unclosed' : -1
}

function closingQuote(text: string): number {
  for (let at = 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return -1
}

function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text
  return text.slice(1, -1).replace(/\\(.)/g, '$1')
}

function octets(text: string): number {
  return new TextEncoder().encode(text).length
}
