import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPractice } from '#service/practice/practice.ts'
import { Bench } from './bench.ts'
import { call, handshake, portFor } from './talk.ts'
import { temporaryHome } from './temporary-home.ts'

let bench: Bench

beforeAll(async () => {
  bench = await Bench.open()
})
afterAll(() => bench.practice.close())
beforeEach(() => bench.practice.setFaults([]))

describe('before and around the greeting', () => {
  test('refuse-connection closes the ports, and opens the same ones again', async () => {
    const before = bench.practice.status().smtp
    await bench.practice.setFaults(['refuse-connection'])
    for (const { port } of before) await expect(call(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(bench.practice.status().smtp).toEqual(before)
    await bench.practice.setFaults([])
    expect(await bench.submit()).toMatchObject({ at: 'accepted' })
  })

  test('close-at-once ends the connection without a word', async () => {
    await bench.practice.setFaults(['close-at-once'])
    const talk = await call(bench.port('none'))
    expect(await talk.words()).toBe('')
    expect(await talk.reply()).toBe(null)
  })

  test.each([
    ['not-smtp', /^SSH-2\.0-/],
    ['imap-instead', /^\* OK \[CAPABILITY IMAP4rev1/],
  ])('%s speaks another protocol, on the TLS port too', async (id, words) => {
    await bench.practice.setFaults([id])
    for (const security of ['none', 'starttls', 'tls'] as const) {
      const talk = await call(bench.port(security))
      expect(await talk.words()).toMatch(words)
      talk.end()
    }
    expect(await handshake(bench.port('tls'), bench.ca)).toBe('ERR_SSL_WRONG_VERSION_NUMBER')
  })

  test('silence says nothing, whatever the client says; TLS comes first where it belongs', async () => {
    await bench.practice.setFaults(['silence'])
    const talk = await call(bench.port('none'))
    talk.socket.write('EHLO client.practice.test\r\n')
    const secure = connectTls({ port: bench.port('tls'), host: '127.0.0.1', ca: bench.ca })
    await new Promise(resolve => secure.once('secureConnect', resolve))
    let said = false
    secure.once('data', () => (said = true))
    // A whole session with the slow server passes meanwhile, so silence is not just our impatience.
    const other = createPractice({ home: await temporaryHome(), slowGreetingMs: 300 })
    await other.setFaults(['slow-greeting'])
    const slow = await call(portFor(await other.start(), 'none'))
    expect(await slow.reply()).toMatch(/^220 /)
    expect(said).toBe(false)
    secure.destroy()
    talk.end()
    slow.end()
    await other.close()
  })

  test('slow-greeting waits, and then everything works', async () => {
    await bench.practice.setFaults(['slow-greeting'])
    const startedAt = performance.now()
    expect(await bench.relay()).toMatchObject({ at: 'accepted' })
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(300)
  })

  test.each([
    ['greeting-421', /^421 4\.7\.0 mail\.practice\.test Error: too many connections/],
    ['greeting-554', /^554 5\.7\.1 Service unavailable; client \[127\.0\.0\.1\] blocked using bl\.practice\.test/],
  ])('%s greets with a refusal and hangs up', async (id, greeting) => {
    await bench.practice.setFaults([id])
    const talk = await call(bench.port('none'))
    expect(await talk.reply()).toMatch(greeting)
    expect(await talk.reply()).toBe(null)
    talk.end()
  })

  test('ehlo-refused leaves HELO, and mail can be sent with it', async () => {
    await bench.practice.setFaults(['ehlo-refused'])
    const talk = await call(bench.port('none'))
    await talk.reply()
    expect(await talk.say('EHLO client.practice.test')).toBe('502 5.5.1 Error: command not implemented')
    expect(await talk.say('HELO client.practice.test')).toBe('250 mail.practice.test')
    expect(await talk.say('MAIL FROM:<a@practice.test>')).toMatch(/^250 /)
    talk.end()
  })

  test('helo-name-rejected refuses EHLO and HELO, but not a name of the practice domain', async () => {
    await bench.practice.setFaults(['helo-name-rejected'])
    expect(await bench.relay({ ehlo: 'localhost' })).toEqual({
      at: 'EHLO',
      reply: '504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname',
    })
    const talk = await call(bench.port('none'))
    await talk.reply()
    expect(await talk.say('HELO [127.0.0.1]')).toMatch(/^504 5\.5\.2 <\[127\.0\.0\.1\]>: Helo command rejected/)
    talk.end()
    expect(await bench.relay({ ehlo: 'laptop.practice.test' })).toMatchObject({ at: 'accepted' })
  })

  test('helo-name-rejected-late says so at the recipient', async () => {
    await bench.practice.setFaults(['helo-name-rejected-late'])
    expect(await bench.submit({ ehlo: 'localhost' })).toMatchObject({
      at: 'RCPT',
      reply: expect.stringMatching(/^504 5\.5\.2 <localhost>/),
    })
    expect(await bench.submit()).toMatchObject({ at: 'accepted' })
  })
})
