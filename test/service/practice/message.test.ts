import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Bench, USER } from './bench.ts'
import { call, callEncrypted } from './talk.ts'

let bench: Bench

beforeAll(async () => {
  bench = await Bench.open()
})
afterAll(() => bench.practice.close())
beforeEach(() => bench.practice.setFaults([]))

describe('faults that a cure ends', () => {
  test('greylist accepts the same triple the second time, and puts another one off', async () => {
    await bench.practice.setFaults(['greylist'])
    expect(await bench.submit()).toMatchObject({ at: 'RCPT' })
    expect(await bench.submit()).toMatchObject({ at: 'accepted' })
    expect(await bench.submit({ rcptTo: 'another@practice.test' })).toMatchObject({ at: 'RCPT' })
  })

  test('sender-not-owned accepts the user name after another sender was refused', async () => {
    await bench.practice.setFaults(['sender-not-owned'])
    expect(await bench.submit({ mailFrom: 'boss@practice.test' })).toMatchObject({ at: 'MAIL' })
    expect(await bench.submit({ mailFrom: USER })).toMatchObject({ at: 'accepted' })
  })

  test('relay-denied accepts who signs in after being refused without', async () => {
    await bench.practice.setFaults(['relay-denied'])
    expect(await bench.relay()).toMatchObject({ at: 'RCPT' })
    expect(await bench.submit()).toMatchObject({ at: 'accepted' })
  })
})

describe('the message and the extensions', () => {
  test('too-large says a tiny SIZE and refuses at MAIL and after the message', async () => {
    await bench.practice.setFaults(['too-large'])
    const talk = await call(bench.port('none'))
    await talk.reply()
    expect(await talk.say('EHLO client.practice.test')).toMatch(/SIZE 256$/m)
    expect(await talk.say('MAIL FROM:<a@practice.test> SIZE=1000')).toMatch(/^552 5\.3\.4 /)
    await talk.say('MAIL FROM:<a@practice.test>')
    await talk.say('RCPT TO:<b@practice.test>')
    await talk.say('DATA')
    talk.socket.write(`${'x'.repeat(400)}\r\n`)
    expect(await talk.say('.')).toMatch(/^552 5\.3\.4 /)
    talk.end()
  })

  test.each(['drop-in-data', 'drop-after-data'])('%s cuts the line and keeps nothing', async id => {
    await bench.practice.setFaults([id])
    const before = bench.practice.status().messageCount
    expect(await bench.submit()).toEqual({ at: 'message', reply: null })
    expect(bench.practice.status().messageCount).toBe(before)
  })

  test('requiretls-unsupported withdraws the offer, which stands behind TLS only', async () => {
    const offered = async () => {
      const talk = await callEncrypted(bench.port('starttls'), bench.ca)
      const ehlo = (await talk.say('EHLO client.practice.test')) ?? ''
      talk.end()
      return ehlo.includes('REQUIRETLS')
    }
    expect(await offered()).toBe(true)
    await bench.practice.setFaults(['requiretls-unsupported'])
    expect(await offered()).toBe(false)
  })

  test('smtputf8-unsupported and dsn-unsupported withdraw the offer and refuse the use', async () => {
    await bench.practice.setFaults(['smtputf8-unsupported', 'dsn-unsupported'])
    const talk = await call(bench.port('none'))
    await talk.reply()
    expect(await talk.say('EHLO client.practice.test')).not.toMatch(/SMTPUTF8|DSN/)
    expect(await talk.say('MAIL FROM:<a@practice.test> RET=HDRS')).toMatch(/^555 5\.5\.4 /)
    expect(await talk.say('MAIL FROM:<grüße@practice.test>')).toMatch(/^553 5\.6\.7 /)
    expect(await talk.say('MAIL FROM:<a@practice.test>')).toMatch(/^250 /)
    expect(await talk.say('RCPT TO:<grüße@practice.test>')).toMatch(/^553 5\.6\.7 /)
    expect(await talk.say('RCPT TO:<b@practice.test> NOTIFY=NEVER')).toMatch(/^555 5\.5\.4 /)
    talk.end()
  })
})
