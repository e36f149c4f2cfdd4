/** Whether the engine can be reached. `lost` after it was reached once, or when the first attempt failed. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** `nextTryAt` is an instant of `Date.now()`; null where nothing will try again. */
  | { readonly kind: 'lost'; readonly attempt: number; readonly nextTryAt: number | null; readonly why: string }

export type ConnectionListener = (connection: Connection) => void
