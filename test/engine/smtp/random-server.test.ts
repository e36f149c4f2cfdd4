import { assert, array, asyncProperty, constantFrom, nat, oneof, string, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { serverInfo } from '#engine/smtp/server-info.ts'
import { playServer } from '../../support/played-server.ts'

/** What a server may say: pieces of SMTP, and octets at random. */
const piece = oneof(
  uint8Array({ maxLength: 60 }).map(octets => Buffer.from(octets)),
  string({ unit: 'binary', maxLength: 40 }).map(text => Buffer.from(text)),
  constantFrom('220 mail\r\n', '250-x\r\n', '250 AUTH PLAIN\r\n', '250 STARTTLS\r\n', '421 bye\r\n', '\r\n', '250').map(
    text => Buffer.from(text),
  ),
)

test('random octets in random pieces: a look ends in time, with printable words and no exception', async () => {
  let say: readonly Buffer[] = []
  let cut = 1
  const server = await playServer(async connection => {
    const all = Buffer.concat([...say])
    for (let at = 0; at < all.length; at += cut) {
      connection.raw(all.subarray(at, at + cut))
      await new Promise(resolve => setImmediate(resolve))
    }
    connection.close()
    await connection.gone()
  })
  try {
    await assert(
      asyncProperty(array(piece, { maxLength: 12 }), nat({ max: 40 }), async (pieces, size) => {
        say = pieces
        cut = size + 1
        const { info, steps } = await serverInfo(
          { host: '127.0.0.1', port: server.port, security: 'if-offered' },
          { deadline: new Deadline(2000), resolver: 'system', now: () => new Date() },
        )
        expect(info.timings.totalMs).toBeLessThan(2500)
        // C0 and C1 apart from the line end that joins the lines of a reply.
        // eslint-disable-next-line no-control-regex
        expect(JSON.stringify({ info, steps })).not.toMatch(/[\u0000-\u001f\u007f-\u009f]|\\u00(?:0|1|7f|8|9)/)
      }),
      { numRuns: 150 },
    )
  } finally {
    await server.stop()
  }
})
