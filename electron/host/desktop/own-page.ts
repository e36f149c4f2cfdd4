export const PAGE_SCHEME = 'mailwright'
const PAGE_HOST = 'app'
export const START_PAGE = `${PAGE_SCHEME}://${PAGE_HOST}/index.html`

/** Whether an address is one of our own pages. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${PAGE_SCHEME}:` && url.host === PAGE_HOST
}

/** Whether an address is that of a file that one of our own pages made: `blob:`, and in front of it nothing of others. */
export function isOwnFile(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === 'blob:' && isOwnPage(url.pathname)
}

/** Whether a link may be handed to the system's browser: https to a named host, nothing that could start a program. */
export function isWebLink(address: string): boolean {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'https:') return false
  // `https://provider.example@attacker.example/` reads as the provider.
  return url.username === '' && url.password === '' && url.hostname.includes('.')
}
