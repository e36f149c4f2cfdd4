import { useSyncExternalStore } from 'react'
import { parseRoute, printRoute, type Route } from './route.ts'

const subscribe = (listener: () => void) => {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

/** The fragment, as the one source of truth for the page that is shown. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => window.location.hash))
}

export function navigate(route: Route): void {
  window.location.hash = printRoute(route)
}

/** As `navigate`, without an entry of its own in the history. */
export function redirect(route: Route): void {
  window.location.replace(printRoute(route))
}
