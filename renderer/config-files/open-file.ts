import type { ConfigFileFacts } from '#shared/contract/config-files.ts'
import type { ShownCommand } from '#shared/msmtprc/compose-secret.ts'
import { createStore } from '../shell/store.ts'

/** The file in the editor, without its text: what the page shows around it. */
export type OpenFile = {
  /** Another one for each file that is opened. */
  readonly id: number
  /** Where it was read from; null for a text that has no place on this machine yet. */
  readonly path: string | null
  /** Where it would be saved. */
  readonly target: string
  /** What the person knows it by. */
  readonly name: string
  readonly stamp: string | null
  readonly facts: ConfigFileFacts
  /** Whether there is something to save. */
  readonly changed: boolean
  /** What to know about where the text came from. */
  readonly notes: readonly string[]
  /** What has to be run once before msmtp can use it. */
  readonly commands: readonly ShownCommand[]
}

export type OpenFileAction =
  | { readonly kind: 'opened'; readonly file: Omit<OpenFile, 'id'> }
  | { readonly kind: 'edited'; readonly changed: boolean }
  | { readonly kind: 'aimed'; readonly target: string }
  | { readonly kind: 'saved'; readonly path: string; readonly stamp: string; readonly facts: ConfigFileFacts }
  | { readonly kind: 'closed' }

export function reduceOpenFile(file: OpenFile | null, action: OpenFileAction): OpenFile | null {
  switch (action.kind) {
    case 'opened':
      return { ...action.file, id: (file?.id ?? 0) + 1 }
    case 'closed':
      return null
    case 'edited':
      return file === null || file.changed === action.changed ? file : { ...file, changed: action.changed }
    case 'aimed':
      return file === null ? file : { ...file, target: action.target }
    case 'saved': {
      const { path, stamp, facts } = action
      return file === null ? file : { ...file, path, target: path, name: path, stamp, facts, changed: false }
    }
  }
}

export const openFile = createStore<OpenFile | null, OpenFileAction>(reduceOpenFile, null)
