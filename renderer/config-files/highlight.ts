import type { Text } from '@codemirror/state'
import { RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { parseArgument } from '#shared/msmtprc/argument.ts'
import { findDirective } from '#shared/msmtprc/directives.ts'
import { isBlank, skipBlanks, trimWord } from '#shared/msmtprc/words.ts'

export type Token = { readonly from: number; readonly to: number; readonly kind: TokenKind }
export type TokenKind = 'comment' | 'structure' | 'command' | 'unknown' | 'name' | 'keyword' | 'value' | 'secret'

/** Colours what is in view. A line of an msmtprc is understood by itself, so no more than that need be looked at. */
export const highlightMsmtprc = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet

    constructor(view: EditorView) {
      this.decorations = decorate(view)
    }

    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view)
    }
  },
  { decorations: plugin => plugin.decorations },
)

/** Command and argument of one line, by offsets in it. */
export function tokensOf(line: string): readonly Token[] {
  const start = skipBlanks(line, 0)
  if (start === line.length) return []
  if (line[start] === '#') return [{ from: start, to: line.length, kind: 'comment' }]
  let end = start
  while (end < line.length && !isBlank(line[end])) end += 1
  const command = line.slice(start, end).replace(/\r$/, '')
  const directive = findDirective(command)
  if (directive === null) return [{ from: start, to: end, kind: 'unknown' }]
  const structure = directive.argument.kind === 'structure' || command === 'defaults'
  const tokens: Token[] = [{ from: start, to: end, kind: structure ? 'structure' : 'command' }]
  const from = skipBlanks(line, end)
  if (from === line.length) return tokens
  return [...tokens, { from, to: line.length, kind: argumentKind(command, line.slice(from)) }]
}

function argumentKind(command: string, argument: string): TokenKind {
  const directive = findDirective(command)
  if (command === 'account') return 'name'
  if (directive?.secret === true) return 'secret'
  const kind = directive?.argument
  if (kind === undefined || kind.kind === 'text' || kind.kind === 'file' || kind.kind === 'structure') return 'value'
  return parseArgument(kind, trimWord(argument.replace(/\r$/, ''))).ok ? 'keyword' : 'unknown'
}

/** A line of megabytes must not be cut into pieces of the page. */
const MAX_LINE_LENGTH = 5_000

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges) addRange(builder, view.state.doc, from, to)
  return builder.finish()
}

function addRange(builder: RangeSetBuilder<Decoration>, doc: Text, from: number, to: number): void {
  for (let at = from; at <= to;) {
    const line = doc.lineAt(at)
    if (line.length <= MAX_LINE_LENGTH) {
      for (const token of tokensOf(line.text)) {
        builder.add(line.from + token.from, line.from + token.to, MARKS[token.kind])
      }
    }
    at = line.to + 1
  }
}

const mark = (kind: TokenKind) => Decoration.mark({ class: `tok-${kind}` })

const MARKS: Readonly<Record<TokenKind, Decoration>> = {
  comment: mark('comment'),
  structure: mark('structure'),
  command: mark('command'),
  unknown: mark('unknown'),
  name: mark('name'),
  keyword: mark('keyword'),
  value: mark('value'),
  secret: mark('secret'),
}
