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
  // Nearly every name: nothing to translate, nothing escaped, no label too long.
  if (text.length <= NAME_LIMIT - 2 && PLAIN.test(text)) {
    return ok(text.split('.').map(label => Buffer.from(label, 'latin1')))
  }
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
  const labels = parseName(text)
  return labels.ok ? printName(labels.value).toLowerCase() : null
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
      const digits = /^\d{3}/.exec(text.slice(i + 1, i + 4))?.[0]
      if (digits !== undefined && Number(digits) > 255) return null
      if (digits === undefined && i + 1 >= text.length) return null
      label.push(digits === undefined ? text.charCodeAt(i + 1) : Number(digits))
      i += digits === undefined ? 1 : 3
    } else {
      label.push(character)
    }
  }
  labels.push(Buffer.from(label))
  return labels
}

/** Letters, digits and signs that stand for themselves. */
const PRINTS = /^[!-\-/-[\]-~]+$/

function printLabel(label: Uint8Array): string {
  const plain = Buffer.from(label.buffer, label.byteOffset, label.length).toString('latin1')
  if (PRINTS.test(plain)) return plain
  let text = ''
  for (const octet of label) {
    if (octet === 0x2e || octet === 0x5c) text += `\\${String.fromCharCode(octet)}`
    else if (octet <= 0x20 || octet >= 0x7f) text += `\\${String(octet).padStart(3, '0')}`
    else text += String.fromCharCode(octet)
  }
  return text
}
