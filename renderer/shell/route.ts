export const ACCOUNT_TABS = ['path', 'transcript', 'certificate', 'settings', 'export', 'history'] as const
export type AccountTab = (typeof ACCOUNT_TABS)[number]

export const CONFIG_FILES_TABS = ['edit', 'convert'] as const
export type ConfigFilesTab = (typeof CONFIG_FILES_TABS)[number]

export const DOMAIN_TABS = ['look', 'message', 'key'] as const
export type DomainTab = (typeof DOMAIN_TABS)[number]

/** Where a person is. The address bar holds it, so back, forward and a bookmark work. */
export type Route =
  | { readonly page: 'accounts' }
  | { readonly page: 'add' }
  | { readonly page: 'account'; readonly id: string; readonly tab: AccountTab }
  | { readonly page: 'config-files'; readonly tab: ConfigFilesTab }
  | { readonly page: 'domain'; readonly tab: DomainTab }
  | { readonly page: 'troubleshoot' }
  | { readonly page: 'server-info' }
  | { readonly page: 'console' }
  | { readonly page: 'practice' }
  | { readonly page: 'settings' }

export const HOME: Route = { page: 'accounts' }

/** Reads the fragment of the address; anything unknown leads home. */
export function parseRoute(hash: string): Route {
  const [page = '', first = '', second = ''] = hash.replace(/^#?\/?/, '').split('/')
  switch (page) {
    case 'add':
    case 'console':
    case 'practice':
    case 'server-info':
    case 'settings':
    case 'troubleshoot':
      return { page }
    case 'account':
      return first === ''
        ? HOME
        : { page, id: decode(first), tab: ACCOUNT_TABS.find(known => known === second) ?? 'path' }
    case 'config-files':
      return { page, tab: CONFIG_FILES_TABS.find(known => known === first) ?? 'edit' }
    case 'domain':
      return { page, tab: DOMAIN_TABS.find(known => known === first) ?? 'look' }
    default:
      return HOME
  }
}

export function printRoute(route: Route): string {
  switch (route.page) {
    case 'account':
      return `#/account/${encodeURIComponent(route.id)}/${route.tab}`
    case 'config-files':
      return `#/config-files/${route.tab}`
    case 'domain':
      return `#/domain/${route.tab}`
    case 'accounts':
    case 'add':
    case 'console':
    case 'practice':
    case 'server-info':
    case 'settings':
    case 'troubleshoot':
      return `#/${route.page}`
  }
}

// A half-written escape in a typed address throws; such an id names no account anyway.
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
