import { EditorView } from '@codemirror/view'

/** The page's own colours: its variables reach into the editor, its style sheets do not. */
export const editorTheme = EditorView.theme({
  '&': {
    height: '100%',
    backgroundColor: 'var(--page)',
    color: 'var(--mantine-color-text)',
    fontSize: '0.8125rem',
  },
  // The ring stands around the whole editor, outside.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--mantine-color-text)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    border: 'none',
    borderRight: '1px solid var(--line)',
    backgroundColor: 'var(--sunken)',
    color: 'var(--muted)',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 55%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--hover)', color: 'var(--mantine-color-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 28%, transparent)',
  },
  '.cm-specialChar': { color: 'var(--bad)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-soft)', outline: '1px solid var(--warn)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--accent-soft)', outlineColor: 'var(--accent)' },

  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--raised)',
    color: 'var(--mantine-color-text)',
    boxShadow: '0 4px 16px rgb(0 0 0 / 18%)',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 10px', maxWidth: '300px', fontSize: '0.8125rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    borderRadius: '8px',
    maxHeight: 'none',
    fontFamily: 'var(--mantine-font-family-monospace)',
    fontSize: '0.8125rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--accent-soft)',
    color: 'var(--mantine-color-text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal' },

  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--mantine-color-text)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '6px 30px 8px 10px', fontFamily: 'var(--mantine-font-family)' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--muted)', fontSize: '1rem', cursor: 'pointer' },
  '.cm-textfield': {
    padding: '3px 8px',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: '6px',
    backgroundColor: 'var(--page)',
    color: 'var(--mantine-color-text)',
    fontSize: '0.8125rem',
  },
  '.cm-button': {
    padding: '3px 10px',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: '6px',
    background: 'var(--raised)',
    color: 'var(--mantine-color-text)',
    fontSize: '0.8125rem',
    cursor: 'pointer',
  },
  '.cm-button:focus-visible, .cm-textfield:focus-visible, .cm-diagnosticAction:focus-visible': {
    outline: '2px solid var(--accent)',
    outlineOffset: '1px',
  },

  '.cm-diagnostic': { padding: '5px 10px 6px', fontFamily: 'var(--mantine-font-family)', fontSize: '0.8125rem' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--bad)' },
  '.cm-diagnostic-warning': { borderLeft: '4px solid var(--warn)' },
  '.cm-diagnostic-info': { borderLeft: '4px solid var(--idle)' },
  // Shape tells them apart, not colour alone.
  '.cm-lint-marker': { content: 'normal', width: '0.72em', height: '0.72em', margin: '0.36em auto 0' },
  '.cm-lint-marker-error': { content: 'normal', background: 'var(--bad)', borderRadius: '50%' },
  '.cm-lint-marker-warning': {
    content: 'normal',
    background: 'var(--warn)',
    clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
  },
  '.cm-lint-marker-info': { content: 'normal', background: 'var(--idle)', clipPath: 'inset(22% 0)' },
  '.cm-diagnosticAction': {
    padding: '2px 8px',
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: '6px',
    backgroundColor: 'var(--page)',
    color: 'var(--mantine-color-text)',
    fontFamily: 'var(--mantine-font-family-monospace)',
    fontSize: '0.78125rem',
    cursor: 'pointer',
  },
  '.cm-lintRange-error, .cm-lintRange-warning, .cm-lintRange-info': {
    backgroundImage: 'none',
    paddingBottom: '0',
    textDecoration: 'underline wavy 1px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-error': { textDecorationColor: 'var(--bad)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--warn)' },
  '.cm-lintRange-info': { textDecorationStyle: 'dotted', textDecorationColor: 'var(--idle)' },

  '.tok-comment': { color: 'var(--muted)', fontStyle: 'italic' },
  '.tok-structure': { color: 'var(--mantine-color-anchor)', fontWeight: '700' },
  '.tok-command': { color: 'var(--mantine-color-anchor)' },
  '.tok-name': { fontWeight: '700' },
  '.tok-keyword': { color: 'var(--ok)' },
  '.tok-secret': { color: 'var(--warn)' },
  '.tok-unknown': { color: 'var(--bad)' },
})
