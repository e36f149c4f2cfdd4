import type { EditorState, Text } from '@codemirror/state'

let held: EditorState | null = null
let saved: Text | null = null

/** The text that is being edited, with its undo history, for as long as the window is open. */
export const heldState = {
  get: (): EditorState | null => held,
  set(state: EditorState | null): void {
    held = state
  },
  /** Remembers what the file holds, to tell whether there is anything to save. */
  markSaved(doc: Text | null): void {
    saved = doc
  },
  differs: (doc: Text): boolean => saved === null || !doc.eq(saved),
}
