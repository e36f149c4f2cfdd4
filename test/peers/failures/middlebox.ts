import { createServer as createHttpServer } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { connect as connectTls, createServer as createTlsServer } from 'node:tls'
import { z } from 'zod'

/*
 * Something between a mail program and its server, as a process of its own: the test's router leads a port here. It
 * plays what antivirus programs, firewalls and guest networks do, and says `ready` once it listens.
 */
export const Middlebox = z.object({
  part: z.enum([
    'rewrite-ehlo', // passes everything on, and overwrites STARTTLS and the banner
    'open-tls', // begins TLS with a certificate of its own, and passes on what it reads
    'portal', // a web server in place of the mail server
    'accept', // takes every connection, and is silent
  ]),
  port: z.int(),
  upstream: z.object({ host: z.string(), port: z.int() }),
  identity: z.object({ key: z.string(), cert: z.string() }),
})
export type Middlebox = z.infer<typeof Middlebox>

if (process.argv[1] === import.meta.filename) {
  const { part, port, upstream, identity } = Middlebox.parse(JSON.parse(process.argv[2] ?? ''))
  const server = {
    'rewrite-ehlo': () => createServer(client => join(client, connect(upstream), overwrite)),
    'open-tls': () =>
      createTlsServer(identity, client => join(client, connectTls({ ...upstream, rejectUnauthorized: false }))),
    portal: () =>
      createHttpServer((_, response) => response.writeHead(302, { location: 'http://portal.lab.test/' }).end()),
    accept: () => createServer(client => client.on('error', () => {}).resume()),
  }[part]()
  server.listen(port, () => process.stdout.write('ready'))
}

function join(client: Socket, server: Socket, change: (octets: Buffer) => Buffer = octets => octets): void {
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    from.on('data', (octets: Buffer) => to.write(from === server ? change(octets) : octets))
    from.on('error', () => to.destroy())
    from.on('end', () => to.end())
  }
}

/** As a PIX firewall does: of the same length, so that no count of octets gives it away. */
function overwrite(octets: Buffer): Buffer {
  const text = octets.toString('latin1')
  return Buffer.from(
    text.replace(/^220 .*$/m, line => `220 ${'*'.repeat(line.length - 4)}`).replace('STARTTLS', 'XXXXXXXA'),
    'latin1',
  )
}
