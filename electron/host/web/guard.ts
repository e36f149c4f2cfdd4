import { randomBytes, timingSafeEqual } from 'node:crypto'

/*
 * The page may do everything that the program may do, so a web site in the same browser must not reach it.
 * Loopback binding keeps other machines out; `Host` stops DNS rebinding; `Origin` and a SameSite=Strict cookie
 * stop requests that another site starts; the one-time token keeps other users of this machine out.
 */

export type Seen = {
  readonly method: string
  readonly url: string
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly cookie: string | undefined
}

export type Verdict =
  | { readonly kind: 'allowed' }
  /** The token was right: set the cookie and go to the page. */
  | { readonly kind: 'enter'; readonly setCookie: string }
  | {
      readonly kind: 'refused'
      readonly status: 400 | 403 | 405
      readonly why: 'host' | 'origin' | 'token' | 'cookie' | 'method' | 'url'
    }

export type Guard = {
  /** The link's secret; works once. */
  readonly token: string
  judge(seen: Seen, port: number): Verdict
  /** For the WebSocket, where a browser always says its origin. */
  judgeUpgrade(seen: Seen, port: number): Verdict
}

export function createGuard(): Guard {
  const token = randomBytes(32).toString('base64url')
  const session = randomBytes(32).toString('base64url')
  let used = false

  function judgeOrigin(seen: Seen, port: number): Verdict | null {
    if (!allowedHosts(port).includes(seen.host?.toLowerCase() ?? ''))
      return { kind: 'refused', status: 403, why: 'host' }
    if (seen.origin !== undefined && seen.origin !== `http://${seen.host ?? ''}`)
      return { kind: 'refused', status: 403, why: 'origin' }
    return null
  }

  function judgeCookie(seen: Seen, port: number): Verdict {
    const value = readCookie(seen.cookie, cookieName(port))
    return value !== null && sameText(value, session)
      ? { kind: 'allowed' }
      : { kind: 'refused', status: 403, why: 'cookie' }
  }

  return {
    token,
    judge(seen, port) {
      if (seen.method !== 'GET' && seen.method !== 'HEAD') return { kind: 'refused', status: 405, why: 'method' }
      const refused = judgeOrigin(seen, port)
      if (refused) return refused
      const url = URL.parse(seen.url, 'http://127.0.0.1')
      if (url === null) return { kind: 'refused', status: 400, why: 'url' }
      const given = url.searchParams.get('token')
      if (given === null || seen.method === 'HEAD') return judgeCookie(seen, port)
      // A link opened again in the browser that already holds the cookie is no attack.
      if (used)
        return judgeCookie(seen, port).kind === 'allowed'
          ? { kind: 'enter', setCookie: cookie(port, session) }
          : { kind: 'refused', status: 403, why: 'token' }
      if (!sameText(given, token)) return { kind: 'refused', status: 403, why: 'token' }
      used = true
      return { kind: 'enter', setCookie: cookie(port, session) }
    },
    judgeUpgrade(seen, port) {
      const refused = judgeOrigin(seen, port)
      if (refused) return refused
      if (seen.origin === undefined) return { kind: 'refused', status: 403, why: 'origin' }
      return judgeCookie(seen, port)
    },
  }
}

// Cookies ignore ports: two of our servers on one machine would overwrite each other's.
function cookieName(port: number): string {
  return `mailwright-${port}`
}

function cookie(port: number, session: string): string {
  return `${cookieName(port)}=${session}; HttpOnly; SameSite=Strict; Path=/`
}

function allowedHosts(port: number): readonly string[] {
  return ['127.0.0.1', 'localhost', '[::1]'].map(name => `${name}:${port}`)
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').slice(0, 8192).split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
