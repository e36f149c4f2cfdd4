import { decodeBytes } from '#shared/msmtprc/bytes.ts'

/** One line as it stands in the file. `text` may stand for bytes that are not UTF-8 (`decodeBytes`). */
export type DocumentLine = { readonly text: string; readonly end: '\n' | '\r\n' | '' }

/** A file as the person wrote it. Lines count from 1; an edit touches no line but its own. */
export type MsmtprcDocument = { readonly lines: readonly DocumentLine[] }

/** Never fails: every file is a document, also one that msmtp refuses. */
export function parseDocument(bytes: Uint8Array): MsmtprcDocument {
  const text = decodeBytes(bytes)
  const lines: DocumentLine[] = []
  let from = 0
  while (from < text.length) {
    const feed = text.indexOf('\n', from)
    if (feed === -1) {
      lines.push({ text: text.slice(from), end: '' })
      break
    }
    const end = feed > from && text[feed - 1] === '\r' ? '\r\n' : '\n'
    lines.push({ text: text.slice(from, feed + 1 - end.length), end })
    from = feed + 1
  }
  return { lines }
}

/** The whole file as one string, for `parseMsmtprc`; `encodeBytes` makes the bytes of it: those that were parsed, where nothing was edited. */
export function documentText(document: MsmtprcDocument): string {
  return document.lines.map(line => line.text + line.end).join('')
}

export function replaceLine(document: MsmtprcDocument, number: number, text: string): MsmtprcDocument {
  return {
    lines: document.lines.map((line, index) => (index === number - 1 ? { text, end: line.end } : line)),
  }
}

/** Puts a line before the one with this number; a number behind the last one appends. */
export function insertLine(document: MsmtprcDocument, number: number, text: string): MsmtprcDocument {
  const end = prevailingEnd(document)
  const before = document.lines.slice(0, number - 1)
  const after = document.lines.slice(number - 1)
  const last = before.at(-1)
  // A last line without an end would swallow the new one; the new line is then the one that stays open.
  if (after.length === 0 && last !== undefined && last.end === '') {
    return { lines: [...before.slice(0, -1), { text: last.text, end }, { text, end: '' }] }
  }
  return { lines: [...before, { text, end }, ...after] }
}

export function removeLine(document: MsmtprcDocument, number: number): MsmtprcDocument {
  return { lines: document.lines.filter((_, index) => index !== number - 1) }
}

function prevailingEnd(document: MsmtprcDocument): '\n' | '\r\n' {
  const first = document.lines.find(line => line.end !== '')
  return first?.end === '\r\n' ? '\r\n' : '\n'
}
