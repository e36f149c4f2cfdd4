import { describe, expect, onTestFinished, test } from 'vitest'
import { answer, playServer } from '../../../support/played-server.ts'
import { openByHand } from '../console-support.ts'
import { drip, EHLO, GREETING, type Part } from './parts.ts'

/** A session by hand waits for nobody: whatever the server does, what came is shown, and it can be closed. */
async function visit(part: Part) {
  const server = await playServer(part)
  const hand = await openByHand(server.port)
  onTestFinished(async () => {
    hand.session.close()
    await server.stop()
  })
  const until = (line: string | RegExp) => expect.poll(() => hand.said().join('\n')).toMatch(line)
  return { ...hand, until }
}

describe('a session by hand', () => {
  test('drip feed of a byte a second: what has come is shown as begun, and closing does not wait for the rest', async () => {
    const hand = await visit(drip('220 mail.lab.test ESMTP and a long name\r\n'))
    await hand.until(/-- an unfinished line: 22/)
    const startedAt = performance.now()
    hand.session.close()
    expect(await hand.ended).toMatchObject({ because: 'closed' })
    expect(performance.now() - startedAt).toBeLessThan(500)
  })

  test('drip feed in place of a reply: STARTTLS is not begun, and the session can be closed', async () => {
    const hand = await visit(async connection => {
      connection.say(GREETING)
      await connection.line()
      await drip('250-mail.lab.test\r\n250 STARTTLS\r\n')(connection)
    })
    await hand.until(/^S: 220/m)
    await hand.session.send('EHLO client.lab.test')
    const starting = hand.session.startTls(true)
    await hand.until(/-- an unfinished line: 2/)
    hand.session.close()
    await starting
    expect(hand.session.state.encrypted).toBe(false)
  })

  test('half-close ends it', async () => {
    const hand = await visit(connection => {
      connection.say(GREETING)
      connection.close()
      return connection.gone()
    })
    expect(await hand.ended).toMatchObject({ because: 'closed-by-server' })
    expect(hand.said()).toContain(`S: ${GREETING}`)
  })

  test('reset ends it, and is said', async () => {
    const hand = await visit(async connection => {
      connection.say(GREETING)
      await connection.line()
      connection.reset()
    })
    await hand.until(/^S: 220/m)
    await hand.session.send('NOOP')
    expect(await hand.ended).toMatchObject({ because: 'closed-by-server', detail: 'ECONNRESET' })
  })

  test('bare LF ends a line; bare CR and NUL are shown in it', async () => {
    const hand = await visit(connection => connection.raw('220 one\n250 a\rb\0c\r\n'))
    await hand.until(/S: 250 a\\x0db\\x00c/)
    expect(hand.said()).toContain('S: 220 one')
  })

  test('mixed codes and codes outside 200–599 are shown as they are', async () => {
    const hand = await visit(connection => connection.raw('220-one\r\n550 two\r\n999 three\r\n000 four\r\n'))
    await hand.until(/S: 220-one\nS: 550 two\nS: 999 three\nS: 000 four/)
  })

  test('a server that demands AUTH in the clear gets no password from the helper', async () => {
    const hand = await visit(async connection => {
      connection.say(GREETING)
      await answer(connection, { EHLO: EHLO.filter(line => !line.includes('STARTTLS')), '*': ['530 5.7.0 sign in'] })
    })
    await hand.until(/^S: 220/m)
    await hand.session.send('EHLO client.lab.test')
    await hand.until(/AUTH PLAIN/)
    const { sealSecret } = await import('#engine/sasl/secret.ts')
    const secret = sealSecret('canary-7f3a')
    const seen = await hand.session.signIn({ mechanism: null, user: 'ada', secret, anyway: false })
    expect(seen).toMatchObject({ kind: 'withheld', because: 'not-encrypted' })
    expect(hand.said().join('\n')).not.toMatch(/C: AUTH|canary/)
  })
})
