export const ACCOUNT_TABS = ['path', 'transcript', 'certificate', 'settings', 'export', 'history'] as const
export type AccountTab = (typeof ACCOUNT_TABS)[number]

/** Where a person is. The address bar holds it, so back, forward and a bookmark work. */
export type Route =
  | { readonly page: 'accounts' }
  | { readonly page: 'add' }
  | { readonly page: 'account'; readonly id: string; readonly tab: AccountTab }
  | { readonly page: 'practice' }
  | { readonly page: 'settings' }

export const HOME: Route = { page: 'accounts' }

/** Reads the fragment of the address; anything unknown leads home. */
export function parseRoute(hash: string): Route {
  const [page = '', id = '', tab = ''] = hash.replace(/^#?\/?/, '').split('/')
  switch (page) {
    case 'add':
    case 'practice':
    case 'settings':
      return { page }
    case 'account':
      return id === '' ? HOME : { page, id: decode(id), tab: ACCOUNT_TABS.find(known => known === tab) ?? 'path' }
    default:
      return HOME
  }
}

export function printRoute(route: Route): string {
  return route.page === 'account' ? `#/account/${encodeURIComponent(route.id)}/${route.tab}` : `#/${route.page}`
}

// A half-written escape in a typed address throws; such an id names no account anyway.
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
