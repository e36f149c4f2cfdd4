import { protocol } from 'electron'
import { readPage } from '#host/web/pages.ts'
import { isOwnPage, PAGE_SCHEME } from './own-page.ts'

/** Has to be called before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

// The same rules as the page's own <meta>, and those that only work as a header.
const HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const

/** Serves the built pages, and nothing else, to the window. @param folder of the built pages */
export function servePages(folder: string): void {
  protocol.handle(PAGE_SCHEME, async request => {
    if (!isOwnPage(request.url) || request.method !== 'GET') return new Response(null, { status: 403 })
    const page = await readPage(folder, new URL(request.url).pathname)
    if (page === null) return new Response(null, { status: 404, headers: HEADERS })
    return new Response(new Uint8Array(page.body), { headers: { ...HEADERS, 'Content-Type': page.type } })
  })
}
