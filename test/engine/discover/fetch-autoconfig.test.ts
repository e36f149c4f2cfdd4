import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'

/** One gibibyte of blanks in a megabyte: several gzip files behind one another unpack as one (RFC 1952 section 2.2). */
function bomb(): Buffer {
  const member = gzipSync(Buffer.alloc(16 * 1024 * 1024, ' '))
  return Buffer.concat(Array.from({ length: 64 }, () => member))
}

test('a compression bomb in an autoconfig file is unpacked no further than the file may be long', async () => {
  const packed = bomb()
  const server = createServer((request, response) => {
    if (request.url === '/good.test') return void response.end('<clientConfig/>')
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/xml' })
    response.end(packed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo
  const client = join(import.meta.dirname, 'measure-fetch.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [client, String(port)])
  // Printed by that program, two lines above its end.
  const { found, tookMs, grownKib } = JSON.parse(stdout) as { found: number; tookMs: number; grownKib: number }
  expect(found).toBe(0)
  expect(grownKib).toBeLessThan(64 * 1024)
  expect(tookMs).toBeLessThan(5000)
})
