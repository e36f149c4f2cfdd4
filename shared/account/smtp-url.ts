/** The parts of `smtp://user:password@host:port/path?query`, percent-escapes resolved. The scheme may be missing. */
export type UrlParts = {
  /** Lower case, without `://`. */
  readonly scheme: string | null
  readonly user: string | null
  readonly password: string | null
  readonly hostAndPort: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly notes: readonly string[]
}

/**
 * Takes an SMTP URL apart as its writer meant it. A strict parser ends the host at the first `/`, `?` or `#`, so a
 * password with one of these makes the user name the host ("getaddrinfo ENOTFOUND akia…"); here the last `@` counts.
 */
export function splitUrl(text: string): UrlParts {
  const match = /^([a-z][a-z0-9+.-]{0,30}):\/\/(.*)$/is.exec(text)
  const scheme = match?.[1]?.toLowerCase() ?? null
  const rest = match?.[2] ?? text
  const notes: string[] = []
  const strictEnd = endOfAuthority(rest, 0)
  const tail = rest.slice(strictEnd)
  // After a whole host, `/?from=a@b` is a query; anything else with an @ in it still belongs to the password.
  const isQuery =
    /^\/?\?/.test(tail) &&
    /^(?:\[[^\]]*\]|[^:]*)(?::\d*)?$/.test(rest.slice(rest.lastIndexOf('@', strictEnd) + 1, strictEnd))
  const cutTooEarly = tail.includes('@') && !isQuery
  const authorityEnd = cutTooEarly ? endOfAuthority(rest, rest.lastIndexOf('@')) : strictEnd
  if (cutTooEarly)
    notes.push('the password holds a / ? or # that is not percent-encoded: other programs will misread this URL')
  const authority = rest.slice(0, authorityEnd)
  const at = authority.lastIndexOf('@')
  const login = at === -1 ? null : authority.slice(0, at)
  if (login !== null && login.includes('@'))
    notes.push('an @ before the last one was taken as part of the user name or password')
  const colon = login === null ? -1 : login.indexOf(':')
  const { path, query } = splitTail(rest.slice(authorityEnd))
  if (path !== '') notes.push('the path after the host was left out')
  return {
    scheme,
    user: login === null ? null : decode(colon === -1 ? login : login.slice(0, colon), notes),
    password: login === null || colon === -1 ? null : decode(login.slice(colon + 1), notes),
    hostAndPort: authority.slice(at + 1),
    query,
    notes,
  }
}

/** `%2F` for `/`: everything but the unreserved characters of RFC 3986 section 2.3 is escaped. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** Percent-escapes resolved; null where they are broken, as when a password holds a bare `%`. */
function percentDecode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    // The only way to learn that an escape is broken: this function has no other answer.
    return null
  }
}

function endOfAuthority(text: string, from: number): number {
  const found = text.slice(from).search(/[/?#]/)
  return found === -1 ? text.length : from + found
}

function splitTail(tail: string): { readonly path: string; readonly query: UrlParts['query'] } {
  const withoutFragment = tail.split('#')[0] ?? ''
  const mark = withoutFragment.indexOf('?')
  const path = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark)
  const query = mark === -1 ? '' : withoutFragment.slice(mark + 1)
  return { path: path === '/' ? '' : path, query: [...new URLSearchParams(query)] }
}

function decode(text: string, notes: string[]): string {
  const decoded = percentDecode(text)
  if (decoded === null) notes.push('a % in the user name or password is not percent-encoded: it was taken as it stands')
  return decoded ?? text
}
