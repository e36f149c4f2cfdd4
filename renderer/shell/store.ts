import { useSyncExternalStore } from 'react'

/** State that outlives a page: what was typed and what runs must not be lost by looking at another page. */
export type Store<State, Action> = {
  readonly get: () => State
  readonly dispatch: (action: Action) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createStore<State, Action>(
  reduce: (state: State, action: Action) => State,
  initial: State,
): Store<State, Action> {
  let current = initial
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    dispatch(action) {
      const next = reduce(current, action)
      if (next === current) return
      current = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useStore<State, Action>(store: Store<State, Action>): State {
  return useSyncExternalStore(store.subscribe, store.get)
}
