import { acceptCompletion, autocompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  type KeyBinding,
  lineNumbers,
} from '@codemirror/view'
import { completeMsmtprc } from './complete.ts'
import { accountNames, applyFixAtCursor } from './diagnostics.ts'
import { editorTheme } from './editor-theme.ts'
import { highlightMsmtprc } from './highlight.ts'
import { lineBreakOf, withLineBreaks } from './line-breaks.ts'

/** A file as the editor holds it, in the form of `decodeBytes`, its line breaks kept. */
export function createEditorState(text: string): EditorState {
  return EditorState.create({ doc: text, extensions: extensionsFor(text) })
}

/** Keys of the page go first: Ctrl+Enter is its main action, Ctrl+K its palette. Tab leaves the editor, as everywhere. */
const NOT_OURS: ReadonlySet<string> = new Set(['Mod-Enter', 'Ctrl-k'])

const ours = (bindings: readonly KeyBinding[]) =>
  bindings.filter(({ key, mac }) => !NOT_OURS.has(key ?? '') && !NOT_OURS.has(mac ?? ''))

function extensionsFor(text: string): Extension {
  const lineBreak = lineBreakOf(text)
  return [
    EditorState.lineSeparator.of(lineBreak),
    EditorView.clipboardInputFilter.of(pasted => withLineBreaks(pasted, lineBreak)),
    EditorState.languageData.of(() => [{ commentTokens: { line: '#' } }]),
    // It takes the focus anyway; the attribute says so to whoever asks for it.
    EditorView.contentAttributes.of({ 'aria-label': 'msmtprc', spellcheck: 'false', tabindex: '0' }),
    lineNumbers(),
    highlightActiveLineGutter(),
    lintGutter(),
    highlightSpecialChars({ addSpecialChars: /[\udc80-\udcff]/g, render: renderSpecialChar }),
    history(),
    drawSelection(),
    dropCursor(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    highlightMsmtprc,
    accountNames,
    search({ top: false }),
    autocompletion({
      icons: false,
      // As many as stand in the list without scrolling: typing and the arrow keys lead to the others.
      maxRenderedOptions: 12,
      override: [context => completeMsmtprc(context, context.state.field(accountNames))],
    }),
    keymap.of([
      { key: 'Tab', run: acceptCompletion },
      { key: 'Mod-.', run: applyFixAtCursor },
      ...completionKeymap,
      ...ours([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
    ]),
    editorTheme,
  ]
}

/** What has no shape of its own: a byte that is not UTF-8 as `\xNN`, a control character as a mark with its name. */
function renderSpecialChar(code: number, description: string | null, placeholder: string): HTMLElement {
  const byte = code >= 0xdc80 && code <= 0xdcff
  const mark = document.createElement('span')
  mark.className = 'cm-specialChar'
  mark.textContent = byte ? `\\x${(code - 0xdc00).toString(16)}` : placeholder
  mark.title = byte ? 'A byte that is not UTF-8' : (description ?? 'A character that cannot be seen')
  mark.setAttribute('aria-label', mark.title)
  mark.setAttribute('role', 'img')
  return mark
}
