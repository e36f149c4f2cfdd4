import { EditorView } from '@codemirror/view'

/** Puts the cursor on a line and shows it, however long the file is. */
export function goToLine(view: EditorView, number: number): void {
  if (number > view.state.doc.lines) return
  const { from } = view.state.doc.line(number)
  view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
  view.focus()
}
