import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createServices, type Services } from '#host/compose.ts'
import { createWebServer, type WebServer } from '#host/web/server.ts'
import type { Contract } from '#shared/contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'mailwright-web-'))
let services: Services
let server: WebServer
let cookie = ''

beforeAll(async () => {
  mkdirSync(join(folder, 'pages', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'pages', 'index.html'), '<!doctype html><title>Mailwright</title>')
  writeFileSync(join(folder, 'pages', 'assets', 'a.js'), 'export {}')
  writeFileSync(join(folder, 'secret.html'), 'not for the page')
  services = await createServices({ door: 'web', env: { HOME: folder, MAILWRIGHT_HOME: join(folder, 'home') } })
  server = await createWebServer({ router: services.router, folder: join(folder, 'pages'), port: 0 })
  const entered = await get(new URL(server.link).search ? `/${new URL(server.link).search}` : '/')
  expect(entered).toMatchObject({ status: 303, location: '/' })
  cookie = entered.cookie.split(';')[0] ?? ''
})
afterAll(async () => {
  await server.close()
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

type Answer = {
  status: number
  body: string
  headers: NodeJS.Dict<string | string[]>
  location: string
  cookie: string
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers }, response => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body,
          headers: response.headers,
          location: response.headers.location ?? '',
          cookie: response.headers['set-cookie']?.[0] ?? '',
        }),
      )
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** How a WebSocket handshake with these headers is answered. */
function upgrade(headers: Record<string, string>, path = '/rpc'): Promise<'open' | number> {
  return new Promise(resolve => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve('open')
    })
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => {})
  })
}

const ours = () => ({ cookie, origin: `http://127.0.0.1:${server.port}` })

describe('the web door', () => {
  test('serves the pages to who came through the link, with a policy against scripts of others', async () => {
    const page = await get('/', { cookie })
    expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Mailwright</title>' })
    expect(page.headers['content-security-policy']).toContain("script-src 'self'")
    expect(page.headers['access-control-allow-origin']).toBeUndefined()
    expect(page.headers['x-frame-options']).toBe('DENY')
    expect((await get('/assets/a.js', { cookie })).headers['content-type']).toContain('text/javascript')
  })

  test.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/assets/../../secret.html',
    '/..%2fsecret.html',
    '/index.html%00',
    '/nothing.html',
  ])('leads nowhere with %s', async path => {
    const answer = await get(path, { cookie })
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('not for the page')
  })

  test('refuses a stranger, a used link, a foreign host, a foreign origin and other methods', async () => {
    expect((await get('/')).status).toBe(403)
    expect((await get(`/${new URL(server.link).search}`)).status).toBe(403)
    expect((await get('/?token=wrong')).status).toBe(403)
    expect((await get('/', { cookie, host: 'evil.example' })).status).toBe(403)
    expect((await get('/', { cookie, origin: 'http://evil.example' })).status).toBe(403)
    expect((await get('/', { cookie }, 'POST')).status).toBe(405)
  })

  test('opens the WebSocket only for our page', async () => {
    expect(await upgrade(ours())).toBe('open')
    expect(await upgrade({ ...ours(), origin: 'http://evil.example' })).toBe(403)
    expect(await upgrade({ ...ours(), host: 'evil.example' })).toBe(403)
    expect(await upgrade({ cookie })).toBe(403)
    expect(await upgrade({ origin: ours().origin })).toBe(403)
    expect(await upgrade(ours(), '/other')).toBe(403)
  })

  test('speaks the contract over it', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers: ours() })
    // ws has what RPCLink uses of a browser's WebSocket.
    const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
    const client: ContractRouterClient<Contract> = createORPCClient(link)
    expect(await client.app.info()).toMatchObject({ door: 'web' })
    await expect(client.accounts.get({ id: 'nobody' })).rejects.toMatchObject({
      code: 'PROBLEM',
      data: { code: 'not-found' },
    })
    socket.terminate()
  })

  test('listens on loopback alone', async () => {
    const others = Object.values(networkInterfaces()).flatMap(list =>
      (list ?? []).filter(({ internal, family }) => !internal && family === 'IPv4'),
    )
    for (const { address } of others) expect(await connects(address, server.port)).toBe(false)
    expect(await connects('127.0.0.1', server.port)).toBe(true)
  })

  test('says which port is taken', async () => {
    const second = createWebServer({ router: services.router, folder, port: server.port })
    await expect(second).rejects.toMatchObject({
      code: 'unavailable',
      field: '--port',
      message: `port ${server.port} is in use`,
    })
  })
})

function connects(host: string, port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: 1000 })
    socket.on('connect', () => resolve(true))
    socket.on('error', () => resolve(false))
    socket.on('timeout', () => resolve(false))
    socket.on('close', () => socket.destroy())
  })
}
