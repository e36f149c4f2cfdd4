import { useEffect, useEffectEvent } from 'react'

/*
 * Ctrl or Cmd with Enter runs the main action of what is in front, Esc stops what runs. The last that mounted is in
 * front: a dialog's action goes before its page's.
 */
type Action = () => void

const mainActions: Action[] = []
const stops: Action[] = []

/** `action` is null while there is nothing to do. */
export function useMainAction(action: Action | null): void {
  useRegistered(mainActions, action)
}

export function useStop(action: Action | null): void {
  useRegistered(stops, action)
}

function useRegistered(registry: Action[], action: Action | null): void {
  const run = useEffectEvent(() => action?.())
  const active = action !== null
  useEffect(() => {
    if (!active) return
    const entry = () => run()
    registry.push(entry)
    return () => {
      registry.splice(registry.indexOf(entry), 1)
    }
  }, [registry, active])
}

export function listenForShortcuts(openPalette: Action): () => void {
  const listen = (event: KeyboardEvent) => {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey
    if (command && event.key.toLowerCase() === 'k') return take(event, openPalette)
    if (command && event.key === 'Enter') return take(event, mainActions.at(-1))
    // Esc closes a dialog or a menu first.
    if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('[role=dialog],[role=menu]'))
      take(event, stops.at(-1))
  }
  window.addEventListener('keydown', listen)
  return () => window.removeEventListener('keydown', listen)
}

function take(event: KeyboardEvent, action: Action | undefined): void {
  if (!action) return
  event.preventDefault()
  action()
}

const APPLE = /Mac|iPhone|iPad/.test(navigator.platform)

/** `⌘K` or `Ctrl+K`. */
export function keysFor(key: string): string {
  return APPLE ? `⌘${key}` : `Ctrl+${key}`
}
