import type { ChangeSpec, EditorState, Text } from '@codemirror/state'
import { encodeBytes } from '#shared/msmtprc/bytes.ts'
import { documentText, parseDocument } from '#shared/msmtprc/document.ts'
import { applyMsmtprcFix, type MsmtprcFix } from '#shared/msmtprc/problem.ts'

/**
 * The change of the editor's text that carries a fix out: its line, and no other. Null for advice, and where the line
 * is no longer what it was when the fix was found.
 *
 * @param found the document that the fix was found in
 */
export function editForFix(state: EditorState, fix: MsmtprcFix, found: Text): ChangeSpec | null {
  if (fix.kind === 'advice' || fix.line > state.doc.lines || fix.line > found.lines) return null
  const line = state.doc.line(fix.line)
  if (state.doc !== found && line.text !== found.line(fix.line).text) return null
  // With the line before, whose end tells the model how lines end here.
  const first = fix.line === 1 ? line : state.doc.line(fix.line - 1)
  const from = first.from
  const to = fix.line === state.doc.lines ? line.to : line.to + 1
  const before = parseDocument(encodeBytes(state.sliceDoc(from, to)))
  const after = applyMsmtprcFix(before, { ...fix, line: first === line ? 1 : 2 })
  return trimmed(from, state.toText(documentText(before)), state.toText(documentText(after)))
}

/** Without what is the same at both ends, so that cursor and other remarks stay where they are. */
function trimmed(from: number, before: Text, after: Text): ChangeSpec {
  const old = before.toString()
  const wanted = after.toString()
  const shorter = Math.min(old.length, wanted.length)
  let start = 0
  while (start < shorter && old[start] === wanted[start]) start += 1
  let end = 0
  while (end < shorter - start && old[old.length - 1 - end] === wanted[wanted.length - 1 - end]) end += 1
  return { from: from + start, to: from + old.length - end, insert: after.slice(start, after.length - end) }
}
