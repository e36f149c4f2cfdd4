import { describe, expect, test } from 'vitest'
import { createGuard, type Seen } from '#host/web/guard.ts'

const PORT = 4025

function seen(changes: Partial<Seen> = {}): Seen {
  return { method: 'GET', url: '/', host: `127.0.0.1:${PORT}`, origin: undefined, cookie: undefined, ...changes }
}

/** Goes in with the link and gives back what the browser would send from then on. */
function entered() {
  const guard = createGuard()
  const verdict = guard.judge(seen({ url: `/?token=${guard.token}` }), PORT)
  if (verdict.kind !== 'enter') throw new Error('the link did not work')
  return { guard, setCookie: verdict.setCookie, cookie: verdict.setCookie.split(';')[0] ?? '' }
}

describe('the one-time link', () => {
  test('lets in once and hands out a cookie that scripts and other sites cannot use', () => {
    const { setCookie } = entered()
    expect(setCookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
  })

  test('does not work a second time in another browser', () => {
    const { guard } = entered()
    expect(guard.judge(seen({ url: `/?token=${guard.token}` }), PORT)).toEqual({
      kind: 'refused',
      status: 403,
      why: 'token',
    })
  })

  test('opened again in the browser that holds the cookie goes to the page', () => {
    const { guard, cookie } = entered()
    expect(guard.judge(seen({ url: `/?token=${guard.token}`, cookie }), PORT).kind).toBe('enter')
  })

  test.each(['', 'x', 'A'.repeat(43), 'A'.repeat(10_000)])(
    'with a wrong token (%#) is refused and does not use up the right one',
    token => {
      const guard = createGuard()
      expect(guard.judge(seen({ url: `/?token=${token}` }), PORT)).toEqual({
        kind: 'refused',
        status: 403,
        why: 'token',
      })
      expect(guard.judge(seen({ url: `/?token=${guard.token}` }), PORT).kind).toBe('enter')
    },
  )

  test('is not spent by a HEAD request of a link preview', () => {
    const guard = createGuard()
    expect(guard.judge(seen({ method: 'HEAD', url: `/?token=${guard.token}` }), PORT).kind).toBe('refused')
    expect(guard.judge(seen({ url: `/?token=${guard.token}` }), PORT).kind).toBe('enter')
  })
})

describe('every other request', () => {
  test('needs the cookie', () => {
    const { guard, cookie } = entered()
    expect(guard.judge(seen(), PORT)).toEqual({ kind: 'refused', status: 403, why: 'cookie' })
    expect(guard.judge(seen({ cookie: `${cookie}x` }), PORT).kind).toBe('refused')
    expect(guard.judge(seen({ cookie: `other=1; ${cookie}` }), PORT)).toEqual({ kind: 'allowed' })
  })

  test.each(['evil.example:4025', '127.0.0.1', '127.0.0.1:4026', '127.0.0.1.nip.example:4025', '', undefined])(
    'under the host name %s is refused (DNS rebinding)',
    host => {
      const { guard, cookie } = entered()
      expect(guard.judge(seen({ host, cookie }), PORT)).toEqual({ kind: 'refused', status: 403, why: 'host' })
      expect(guard.judgeUpgrade(seen({ host, cookie, origin: `http://${host ?? ''}` }), PORT)).toMatchObject({
        kind: 'refused',
        why: 'host',
      })
    },
  )

  test.each([
    'http://evil.example',
    'null',
    `https://127.0.0.1:${PORT}`,
    `http://127.0.0.1:${PORT + 1}`,
    `http://localhost:${PORT}`,
  ])('from the origin %s is refused', origin => {
    const { guard, cookie } = entered()
    expect(guard.judge(seen({ origin, cookie }), PORT)).toEqual({ kind: 'refused', status: 403, why: 'origin' })
    expect(guard.judgeUpgrade(seen({ origin, cookie }), PORT)).toEqual({ kind: 'refused', status: 403, why: 'origin' })
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('by %s is refused', method => {
    const { guard, cookie } = entered()
    expect(guard.judge(seen({ method, cookie }), PORT)).toEqual({ kind: 'refused', status: 405, why: 'method' })
  })

  test('a WebSocket needs an origin, ours, and the cookie', () => {
    const { guard, cookie } = entered()
    const origin = `http://127.0.0.1:${PORT}`
    expect(guard.judgeUpgrade(seen({ origin, cookie }), PORT)).toEqual({ kind: 'allowed' })
    expect(guard.judgeUpgrade(seen({ cookie }), PORT)).toMatchObject({ kind: 'refused', why: 'origin' })
    expect(guard.judgeUpgrade(seen({ origin }), PORT)).toMatchObject({ kind: 'refused', why: 'cookie' })
  })
})
