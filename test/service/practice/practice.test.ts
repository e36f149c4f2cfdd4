import { readFile, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PracticeEndpoint, PracticeEvent } from '#shared/contract/practice.ts'
import { createPractice, type Practice } from '#service/practice/practice.ts'
import { call, callEncrypted, plain, portFor } from './talk.ts'
import { temporaryHome } from './temporary-home.ts'

let home: string
let practice: Practice

beforeEach(async () => {
  home = await temporaryHome()
  practice = createPractice({ home })
})
afterEach(() => practice.close())

async function send(endpoint: PracticeEndpoint, subject: string, authMethod?: string): Promise<string> {
  const ca = await readFile(practice.status().caFile ?? '', 'utf8')
  const { user } = endpoint
  const transport = createTransport({
    host: endpoint.host,
    port: endpoint.port,
    secure: endpoint.security === 'tls',
    requireTLS: endpoint.security === 'starttls',
    ignoreTLS: endpoint.security === 'none',
    tls: { ca },
    ...(user === null ? {} : { auth: { user, pass: practice.password() } }),
    ...(authMethod === undefined ? {} : { authMethod }),
  })
  const sent = await transport.sendMail({
    from: 'Practice <practice@practice.test>',
    to: 'someone@practice.test',
    subject,
    text: 'one\n.two\nGrüße',
    html: '<p>Grüße</p>',
  })
  transport.close()
  return sent.response
}

describe('the servers', () => {
  test('a message goes in through each port and is in the inbox as it was sent', async () => {
    const { smtp } = await practice.start()
    for (const endpoint of smtp)
      await expect(send(endpoint, `über ${endpoint.security}`)).resolves.toMatch(/^250 2\.6\.0 /)
    expect(practice.inbox().map(entry => [entry.subject, entry.encrypted, entry.signedInAs])).toEqual([
      ['über none', false, null],
      ['über tls', true, 'practice@practice.test'],
      ['über starttls', true, 'practice@practice.test'],
    ])
    const message = practice.message(practice.inbox()[0]?.id ?? '')
    expect(message).toMatchObject({
      text: 'one\n.two\nGrüße\n',
      html: '<p>Grüße</p>\n',
      rcptTo: ['someone@practice.test'],
    })
    expect(message.headers.find(header => header.name === 'From')?.value).toBe('Practice <practice@practice.test>')
    practice.clearInbox()
    expect(practice.status().messageCount).toBe(0)
    expect(() => practice.message('gone')).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  test.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])('signing in with %s works', async method => {
    const { smtp } = await practice.start()
    await expect(send(smtp[0]!, method, method)).resolves.toMatch(/^250/)
  })

  test('XOAUTH2 takes the password as its token', async () => {
    const status = await practice.start()
    const talk = await callEncrypted(portFor(status, 'starttls'), await readFile(status.caFile ?? '', 'utf8'))
    const token = Buffer.from(`user=practice@practice.test\u0001auth=Bearer ${practice.password()}\u0001\u0001`)
    expect(await talk.say(`AUTH XOAUTH2 ${token.toString('base64')}`)).toMatch(/^235 /)
    talk.end()
  })

  test('a wrong password, another user and an early sender are refused', async () => {
    const status = await practice.start()
    const talk = await callEncrypted(portFor(status, 'starttls'), await readFile(status.caFile ?? '', 'utf8'))
    expect(await talk.say(plain('practice@practice.test', 'wrong'))).toMatch(/^535 5\.7\.8 /)
    expect(await talk.say(plain('other@practice.test', practice.password()))).toMatch(/^535 5\.7\.8 /)
    expect(await talk.say('MAIL FROM:<a@practice.test>')).toBe('530 5.7.0 Authentication required')
    talk.end()
  })

  test('the submission port offers sign-in only after STARTTLS', async () => {
    const status = await practice.start()
    const talk = await call(portFor(status, 'starttls'))
    expect(await talk.reply()).toBe('220 mail.practice.test ESMTP Mailwright practice')
    const before = await talk.say('EHLO client.practice.test')
    expect(before).toMatch(/^250-STARTTLS$/m)
    expect(before).not.toMatch(/AUTH/)
    expect(await talk.say(plain('practice@practice.test', practice.password()))).toMatch(/^530 5\.7\.0 /)
    await talk.say('STARTTLS')
    await talk.startTls(await readFile(status.caFile ?? '', 'utf8'))
    const after = (await talk.say('EHLO client.practice.test')) ?? ''
    expect(after.split('\n').map(line => line.slice(4))).toEqual([
      'mail.practice.test',
      'PIPELINING',
      '8BITMIME',
      'SMTPUTF8',
      'ENHANCEDSTATUSCODES',
      'DSN',
      'AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2',
      'REQUIRETLS',
      'SIZE 10485760',
    ])
    talk.end()
  })

  test('a message above the limit is refused and not kept', async () => {
    const status = await practice.start()
    const talk = await call(portFor(status, 'none'))
    await talk.reply()
    await talk.say('EHLO client.practice.test')
    expect(await talk.say('MAIL FROM:<a@practice.test> SIZE=20000000')).toMatch(/^552 5\.3\.4 /)
    await talk.say('MAIL FROM:<a@practice.test>')
    await talk.say('RCPT TO:<b@practice.test>')
    await talk.say('DATA')
    talk.socket.write(`${'x'.repeat(998)}\r\n`.repeat(11_000))
    expect(await talk.say('.')).toMatch(/^552 5\.3\.4 /)
    expect(practice.inbox()).toEqual([])
    talk.end()
  })
})

describe('starting and stopping', () => {
  test('after stop nothing listens, and open sessions are cut, also in the middle of a handshake', async () => {
    const status = await practice.start()
    const idle = await call(portFor(status, 'none'))
    await idle.reply()
    const handshaking = await call(portFor(status, 'tls'))
    const upgrading = await call(portFor(status, 'starttls'))
    await upgrading.reply()
    await upgrading.say('EHLO client.practice.test')
    await upgrading.say('STARTTLS')
    const ports = [
      ...status.smtp.map(one => one.port),
      status.dns?.port ?? 0,
      Number(new URL(status.inboxUrl ?? '').port),
    ]
    const stopped = await practice.stop()
    await Promise.all([idle.ended(), handshaking.ended(), upgrading.ended()])
    expect(stopped).toMatchObject({ running: false, smtp: [], dns: null, caFile: null, inboxUrl: null })
    for (const port of ports) expect(await refuses(port)).toBe('ECONNREFUSED')
  })

  test('starts on the same ports again, with the same password and a new CA', async () => {
    const first = await practice.start()
    const firstCa = await readFile(first.caFile ?? '', 'utf8')
    await practice.stop()
    const again = createPractice({ home })
    const second = await again.start()
    expect(second.smtp).toEqual(first.smtp)
    expect(second.dns).toEqual(first.dns)
    expect(await readFile(second.caFile ?? '', 'utf8')).not.toBe(firstCa)
    expect(again.password()).not.toBe(practice.password())
    await again.close()
  })

  test('a remembered port that somebody else has is replaced', async () => {
    const first = await practice.start()
    const second = createPractice({ home })
    const status = await second.start()
    expect(status.smtp.map(one => one.port)).not.toEqual(first.smtp.map(one => one.port))
    await second.close()
  })

  test('the CA file can be read by its owner only, and a broken file of ports does no harm', async () => {
    await practice.start()
    await practice.stop()
    await writeFile(join(home, 'practice', 'ports.json'), '{"relay":')
    const status = await practice.start()
    expect((await stat(status.caFile ?? '')).mode & 0o777).toBe(0o600)
  })

  test('starting twice, and stopping what does not run, change nothing', async () => {
    const first = await practice.start()
    expect(await practice.start()).toEqual(first)
    await practice.stop()
    expect(await practice.stop()).toMatchObject({ running: false })
  })

  test('a folder that cannot be made is a problem that names it', async () => {
    await writeFile(join(home, 'file'), '')
    const elsewhere = createPractice({ home: join(home, 'file') })
    await expect(elsewhere.start()).rejects.toMatchObject({ name: 'Problem', code: 'io' })
    expect(elsewhere.status().running).toBe(false)
  })

  test('who watches sees how it is, then each change and each message, until they stop', async () => {
    const stop = new AbortController()
    const seen: PracticeEvent[] = []
    const watching = (async () => {
      for await (const event of practice.watch(stop.signal)) seen.push(event)
    })()
    const { smtp } = await practice.start()
    await practice.setFaults(['greylist'])
    await practice.setFaults([])
    await send(smtp[2]!, 'seen')
    stop.abort()
    await watching
    expect(seen.map(event => (event.kind === 'status' ? event.status.active : event.entry.subject))).toEqual([
      [], // before the start
      [],
      ['greylist'],
      [],
      'seen',
    ])
  })

  test('an unknown fault is a problem that names the nearest one', async () => {
    const nearest = { code: 'bad-input', remedy: 'Did you mean "refuse-password"?' }
    await expect(practice.setFaults(['refuse-pasword'])).rejects.toMatchObject(nearest)
    await expect(practice.setFaults(['zzz'])).rejects.toMatchObject({ code: 'bad-input' })
    expect(practice.status().active).toEqual([])
  })
})

function refuses(port: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(undefined)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code))
  })
}
