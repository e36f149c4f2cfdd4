import { err, ok, type Result } from '#shared/result.ts'

export type NameFault = 'empty-label' | 'label-too-long' | 'name-too-long' | 'not-idna' | 'bad-escape'

/** RFC 1035 section 2.3.4. */
const LABEL_LIMIT = 63
const NAME_LIMIT = 255
/** Longer texts cannot be a name in any spelling: every octet as `\DDD` is four characters. */
const TEXT_LIMIT = 4 * NAME_LIMIT + 4

/**
 * A name as people write it into the labels that go over the wire. Unicode labels become A-labels (IDNA), `\.` and
 * `\DDD` are read as in zone files (RFC 1035 section 5.1), one final dot is allowed.
 */
export function parseName(text: string): Result<readonly Buffer[], NameFault> {
  if (text.length > TEXT_LIMIT) return err('name-too-long')
  if (text === '.' || text === '') return ok([])
  const ascii = toAscii(text)
  if (ascii === null) return err('not-idna')
  const labels = splitLabels(ascii)
  if (labels === null) return err('bad-escape')
  if (labels.at(-1)?.length === 0) labels.pop()
  let octets = 1
  for (const label of labels) {
    if (label.length === 0) return err('empty-label')
    if (label.length > LABEL_LIMIT) return err('label-too-long')
    octets += label.length + 1
  }
  return octets > NAME_LIMIT ? err('name-too-long') : ok(labels)
}

/** Labels in presentation form: dots, backslashes and octets that do not print are escaped, so that two different names never look the same. */
export function printName(labels: readonly Uint8Array[]): string {
  return labels.length === 0 ? '.' : labels.map(printLabel).join('.')
}

/** For comparing: lower case, no final dot, A-labels. Null where the text is no name. */
export function normalizeName(text: string): string | null {
  // Nearly every name: nothing to translate, nothing escaped, no label too long.
  if (text.length <= NAME_LIMIT - 2 && PLAIN.test(text)) return text.toLowerCase()
  const labels = parseName(text)
  return labels.ok ? printName(labels.value).toLowerCase() : null
}

/** Letters, digits and signs that stand for themselves in a label. */
export function isPrintable(octet: number): boolean {
  return octet > 0x20 && octet < 0x7f && octet !== 0x2e && octet !== 0x5c
}

/**
 * Writes a name as it goes over the wire: each label behind its length, a zero at the end.
 *
 * @param name normalized
 * @returns where it ends
 */
export function writeName(name: string, bytes: Buffer, start: number): number {
  let at = start
  if (name !== '.') {
    let lengthAt = at++
    for (let i = 0; i < name.length; i++) {
      const character = name.charCodeAt(i)
      if (character === 0x2e) {
        bytes[lengthAt] = at - lengthAt - 1
        lengthAt = at++
      } else if (character === 0x5c) {
        const octet = escapedOctet(name, i)
        bytes[at++] = octet.value
        i += octet.characters
      } else bytes[at++] = character
    }
    bytes[lengthAt] = at - lengthAt - 1
  }
  bytes[at] = 0
  return at + 1
}

/** Whether `name` is `parent` or lies below it. Both normalized. */
export function isWithin(name: string, parent: string): boolean {
  return parent === '.' || name === parent || name.endsWith(`.${parent}`)
}

const PLAIN = /^[\w-]{1,63}(?:\.[\w-]{1,63})*$/
const NON_ASCII = /[^\0-\x7f]/
/** The URL parser would read these as something other than a part of the host. */
const NOT_IN_HOST = /[\0- "#%/:<>?@[\\\]^`{|}\x7f]/

function toAscii(text: string): string | null {
  if (!NON_ASCII.test(text)) return text
  if (NOT_IN_HOST.test(text)) return null
  const url = URL.parse(`http://${text}/`)
  return url === null || url.hostname === '' ? null : url.hostname
}

function splitLabels(text: string): Buffer[] | null {
  const labels: Buffer[] = []
  let label: number[] = []
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i)
    if (character === 0x2e) {
      labels.push(Buffer.from(label))
      label = []
    } else if (character === 0x5c) {
      const octet = escapedOctet(text, i)
      if (!(octet.value <= 255)) return null
      label.push(octet.value)
      i += octet.characters
    } else {
      label.push(character)
    }
  }
  labels.push(Buffer.from(label))
  return labels
}

/** What a backslash at this place stands for; not a number, or none that fits an octet, where it stands for nothing. */
function escapedOctet(text: string, at: number): { readonly value: number; readonly characters: 1 | 3 } {
  const digits = /^\d{3}/.exec(text.slice(at + 1, at + 4))?.[0]
  return digits === undefined
    ? { value: text.charCodeAt(at + 1), characters: 1 }
    : { value: Number(digits), characters: 3 }
}

function printLabel(label: Uint8Array): string {
  let text = ''
  for (const octet of label) {
    if (isPrintable(octet)) text += String.fromCharCode(octet)
    else if (octet === 0x2e || octet === 0x5c) text += `\\${String.fromCharCode(octet)}`
    else text += `\\${String(octet).padStart(3, '0')}`
  }
  return text
}
