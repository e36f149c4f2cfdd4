import type { EditorState } from '@codemirror/state'

let held: EditorState | null = null

/** The text that is being edited, with its undo history, for as long as the window is open. */
export const heldState = {
  get: (): EditorState | null => held,
  set: (state: EditorState | null): void => {
    held = state
  },
}
