import { err, ok, type Result } from '#shared/result.ts'

/** Why a text is not the name of a host; said in words by `nameFaultMessage`. */
export type NameFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long'; readonly octets: number }
  | { readonly kind: 'empty-label' }
  | { readonly kind: 'label-too-long'; readonly label: string }
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'hyphen'; readonly label: string }
  | { readonly kind: 'not-idna' }

/** A host name as people read it and as DNS takes it. They differ only for internationalised names. */
export type HostName = { readonly unicode: string; readonly ascii: string; readonly underscore: boolean }

/** Names are at most 255 octets on the wire, 253 as text; labels 63 (RFC 1035 section 2.3.4). */
const NAME_MAX_OCTETS = 253
const LABEL_MAX_OCTETS = 63

/** Reads a host name. An underscore is kept and reported: some internal names have one, though RFC 952 has none. */
export function parseHostName(text: string): Result<HostName, NameFault> {
  const name = text.endsWith('.') && text.length > 1 ? text.slice(0, -1) : text
  if (name === '') return err({ kind: 'empty' })
  // The longest name of 253 octets has 253 characters; anything longer need not be looked at.
  if (name.length > 1024) return err({ kind: 'too-long', octets: name.length })
  // IDEOGRAPHIC FULL STOP and its relatives separate labels too (RFC 3490 section 3.1, and UTS 46).
  const unicode = name.replace(/[\u3002\uff0e\uff61]/g, '.').toLowerCase()
  const ascii = isAscii(unicode) ? unicode : asciiOf(unicode)
  if (ascii === null) return err({ kind: 'not-idna' })
  const fault = faultOf(ascii)
  if (fault) return err(fault)
  return ok({ unicode, ascii, underscore: ascii.includes('_') })
}

export function nameFaultMessage(fault: NameFault): string {
  switch (fault.kind) {
    case 'empty':
      return 'the host is empty'
    case 'too-long':
      return `the name has ${fault.octets} characters, and a host name has at most ${NAME_MAX_OCTETS}`
    case 'empty-label':
      return 'the name has two dots in a row, or begins with a dot'
    case 'label-too-long':
      return `the part "${fault.label.slice(0, 20)}…" is longer than ${LABEL_MAX_OCTETS} characters`
    case 'character':
      return `a host name cannot hold ${describe(fault.character)}`
    case 'hyphen':
      return `the part "${fault.label}" begins or ends with a hyphen`
    case 'not-idna':
      return 'the name holds characters that no internet name can have'
  }
}

/** Is this an address and not a name? The brackets of an IPv6 address are not part of it. */
export function ipFamilyOf(text: string): 4 | 6 | null {
  if (isIpv4(text)) return 4
  return isIpv6(text) ? 6 : null
}

function faultOf(ascii: string): NameFault | null {
  if (ascii.length > NAME_MAX_OCTETS) return { kind: 'too-long', octets: ascii.length }
  for (const label of ascii.split('.')) {
    if (label === '') return { kind: 'empty-label' }
    if (label.length > LABEL_MAX_OCTETS) return { kind: 'label-too-long', label }
    const odd = /[^a-z0-9_-]/.exec(label)
    if (odd) return { kind: 'character', character: odd[0] }
    if (label.startsWith('-') || label.endsWith('-')) return { kind: 'hyphen', label }
  }
  return null
}

/** The URL parser of browsers and Node applies UTS 46 to the host of an http address. */
function asciiOf(unicode: string): string | null {
  // These would end the host inside a URL, so the parser would answer for another name.
  if (/[\s/\\?#@:[\]%]/.test(unicode)) return null
  const { hostname } = URL.parse(`http://${unicode}/`) ?? { hostname: '' }
  return hostname === '' ? null : hostname
}

function isAscii(text: string): boolean {
  return !/[^\u0000-\u007f]/.test(text)
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every(part => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

function isIpv6(text: string): boolean {
  const [address = '', zone, ...more] = text.split('%')
  if (more.length > 0 || (zone !== undefined && !/^[\w.-]{1,32}$/.test(zone))) return false
  if (address.length > 45 || !/^[0-9a-fA-F:.]+$/.test(address) || !address.includes(':')) return false
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const embedded = last.includes('.')
  if (embedded && !isIpv4(last)) return false
  const hex = embedded ? groups.slice(0, -1) : groups
  if (!hex.every(group => /^[0-9a-fA-F]{1,4}$/.test(group))) return false
  const count = hex.length + (embedded ? 2 : 0)
  return halves.length === 2 ? count < 8 : count === 8
}

function describe(character: string): string {
  return character === ' ' ? 'a blank' : JSON.stringify(character)
}
