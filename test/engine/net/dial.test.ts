import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { dial, type DialTarget } from '#engine/net/dial.ts'
import { interleaveFamilies, race } from '#engine/net/race.ts'
import { closedPort } from '../../support/played-server.ts'

const opened: Server[] = []

afterEach(async () => {
  for (const server of opened.splice(0)) {
    server.close()
    await once(server, 'close')
  }
})

async function listen(host = '127.0.0.1', onSocket: Parameters<typeof createServer>[1] = socket => socket.resume()) {
  const server = createServer(onSocket)
  opened.push(server)
  server.listen(0, host)
  await once(server, 'listening')
  // A TCP server's address is an object.
  return (server.address() as AddressInfo).port
}

const to = (port: number, address = '127.0.0.1', sourceIp: string | null = null): DialTarget => ({
  kind: 'address',
  address,
  family: address.includes(':') ? 6 : 4,
  port,
  sourceIp,
})

describe('dial', () => {
  test('a closed port is an answer, not an exception', async () => {
    const port = await closedPort()
    const dialed = await dial(to(port), new Deadline(1000))
    expect(dialed).toMatchObject({
      kind: 'failed',
      attempt: { address: '127.0.0.1', family: 4, port, outcome: 'refused', code: 'ECONNREFUSED' },
    })
  })

  test('a connection comes from the source address that was asked for', async () => {
    const port = await listen()
    const dialed = await dial(to(port, '127.0.0.1', '127.0.0.2'), new Deadline(1000))
    if (dialed.kind !== 'connected') throw new Error('not connected')
    expect(dialed.socket.localAddress).toBe('127.0.0.2')
    dialed.socket.destroy()
  })

  test('a source address of another machine is unreachable', async () => {
    const dialed = await dial(to(await listen(), '127.0.0.1', '192.0.2.1'), new Deadline(1000))
    expect(dialed).toMatchObject({ kind: 'failed', attempt: { outcome: 'unreachable', code: 'EADDRNOTAVAIL' } })
  })

  test('a unix socket, and one that is not there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mw-dial-'))
    const path = join(folder, 's')
    const server = createServer(socket => socket.resume())
    opened.push(server)
    server.listen(path)
    await once(server, 'listening')
    const dialed = await dial({ kind: 'socket', path }, new Deadline(1000))
    expect(dialed.attempt).toMatchObject({ address: path, family: null, outcome: 'connected' })
    if (dialed.kind === 'connected') dialed.socket.destroy()
    const missing = await dial({ kind: 'socket', path: join(folder, 'none') }, new Deadline(1000))
    expect(missing.attempt).toMatchObject({ outcome: 'refused', code: 'ENOENT' })
    await rm(folder, { recursive: true })
  })

  test('stopped and out of time are different answers', async () => {
    const stop = new AbortController()
    stop.abort()
    const stopped = await dial(to(await listen()), new Deadline(1000, stop.signal))
    expect(stopped.attempt.outcome).toBe('abandoned')
    const silent = { kind: 'proxy', proxy: { host: '127.0.0.1', port: await listen() }, host: 'x', port: 25 } as const
    expect((await dial(silent, new Deadline(50))).attempt.outcome).toBe('timed-out')
  })
})

describe('through a SOCKS5 proxy', () => {
  /** A proxy that answers CONNECT with this code and notes the name that it was asked for. */
  const proxy = (code: number, asked: string[] = []) =>
    listen('127.0.0.1', socket => {
      socket.on('error', () => {})
      socket.once('data', () => {
        socket.write(Buffer.from([5, 0]))
        socket.once('data', (request: Buffer) => {
          // RFC 1928 section 4: address type 3 is a name with its length before it.
          asked.push(`${request[3]} ${request.subarray(5, 5 + (request[4] ?? 0)).toString()}`)
          socket.write(Buffer.from([5, code, 0, 1, 127, 0, 0, 1, 0, 25]))
          if (code === 0) socket.write('220 behind the proxy\r\n')
        })
      })
    })

  test('the proxy resolves the name', async () => {
    const asked: string[] = []
    const port = await proxy(0, asked)
    const target = { kind: 'proxy', proxy: { host: '127.0.0.1', port }, host: 'mail.lab.test', port: 25 } as const
    const dialed = await dial(target, new Deadline(1000))
    expect(dialed.attempt).toMatchObject({ address: 'mail.lab.test', family: null, port: 25, outcome: 'connected' })
    expect(asked).toEqual(['3 mail.lab.test'])
    if (dialed.kind !== 'connected') throw new Error('not connected')
    const [octets] = await once(dialed.socket, 'data')
    expect(String(octets)).toBe('220 behind the proxy\r\n')
    dialed.socket.destroy()
  })

  test.each([1, 2, 4, 5])('the proxy refuses with %i', async code => {
    const port = await proxy(code)
    const target = { kind: 'proxy', proxy: { host: '127.0.0.1', port }, host: 'mail.lab.test', port: 25 } as const
    expect((await dial(target, new Deadline(1000))).attempt).toMatchObject({ outcome: 'proxy-failed' })
  })

  test('no proxy there', async () => {
    const target = {
      kind: 'proxy',
      proxy: { host: '127.0.0.1', port: await closedPort() },
      host: 'x',
      port: 25,
    } as const
    expect((await dial(target, new Deadline(1000))).attempt).toMatchObject({
      outcome: 'proxy-failed',
      code: 'ECONNREFUSED',
    })
  })

  test('a proxy that says nothing ends with the deadline', async () => {
    const target = { kind: 'proxy', proxy: { host: '127.0.0.1', port: await listen() }, host: 'x', port: 25 } as const
    expect((await dial(target, new Deadline(200))).attempt).toMatchObject({ outcome: 'timed-out' })
  })
})

describe('race (RFC 8305)', () => {
  test('the second address is tried at once when the first refuses', async () => {
    const [closed, open] = [await closedPort(), await listen()]
    const startedAt = performance.now()
    const raced = await race([to(closed), to(open)], new Deadline(60_000), 20_000)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
    expect(raced.kind).toBe('connected')
    expect(raced.attempts.map(each => each.outcome)).toEqual(['refused', 'connected'])
    if (raced.kind === 'connected') raced.socket.destroy()
  })

  test('an attempt that hangs is overtaken, broken off and reported', async () => {
    // A proxy that never answers stands for an address that packets vanish on.
    const hanging: DialTarget = {
      kind: 'proxy',
      proxy: { host: '127.0.0.1', port: await listen() },
      host: 'black.hole.test',
      port: 25,
    }
    const raced = await race([hanging, to(await listen())], new Deadline(2000), 1500, 30)
    expect(raced.kind).toBe('connected')
    expect(raced.attempts.map(each => each.outcome)).toEqual(['abandoned', 'connected'])
    if (raced.kind === 'connected') raced.socket.destroy()
  })

  test('every failure is reported when none connects', async () => {
    const raced = await race([to(await closedPort()), to(await closedPort())], new Deadline(2000), 1000)
    expect(raced).toMatchObject({ kind: 'failed', attempts: [{ outcome: 'refused' }, { outcome: 'refused' }] })
  })

  test('no address at all', async () => {
    expect(await race([], new Deadline(1000), 1000)).toEqual({ kind: 'failed', attempts: [] })
  })

  test('a stop ends it', async () => {
    const stop = new AbortController()
    const hanging: DialTarget = {
      kind: 'proxy',
      proxy: { host: '127.0.0.1', port: await listen('127.0.0.1', () => stop.abort()) },
      host: 'x',
      port: 25,
    }
    const raced = await race([hanging, hanging], new Deadline(5000, stop.signal), 4000, 2000)
    expect(raced).toMatchObject({ kind: 'failed', attempts: [{ outcome: 'abandoned' }] })
  })

  test('the families take turns, the resolver’s first one first', () => {
    const v6 = (n: number) => ({ address: `2001:db8::${n}`, family: 6 as const })
    const v4 = (n: number) => ({ address: `192.0.2.${n}`, family: 4 as const })
    expect(interleaveFamilies([v6(1), v6(2), v6(3), v4(1)])).toEqual([v6(1), v4(1), v6(2), v6(3)])
    expect(interleaveFamilies([v4(1), v6(1)])).toEqual([v4(1), v6(1)])
    expect(interleaveFamilies([])).toEqual([])
  })
})
