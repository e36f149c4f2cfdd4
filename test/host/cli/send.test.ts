import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { mailwright } from '../../support/command-line.ts'
import { answer, playServer } from '../../support/played-server.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'mw-send-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

async function send(port: number, ...options: readonly string[]) {
  const file = join(home, 'account.json')
  await writeFile(file, JSON.stringify({ host: '127.0.0.1', port, from: 'ada@lab.test' }))
  const words = ['send', '--account-file', file, '--to', 'bob@lab.test', '--subject', 'x', '--text', 'y', '--json']
  return mailwright([...words, ...options], { env: { HOME: home, MAILWRIGHT_HOME: join(home, 'store') } })
}

describe('send', () => {
  test('--require-tls sends nothing over a connection in plain text, and says why: exit 69', async () => {
    const server = await playServer(async connection => {
      connection.say('220 mail.lab.test')
      await answer(connection, { EHLO: ['250-mail.lab.test', '250 REQUIRETLS'], '*': ['250 ok'] })
    })
    onTestFinished(() => server.stop())
    const ended = await send(server.port, '--require-tls')
    expect(ended).toMatchObject({ exit: 69 })
    expect(ended.json()).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ id: 'deliver-needs-requiretls' })]),
    })
    expect(server.connections[0]?.received).not.toContain('MAIL')
  })

  test('--require-tls would be forgotten in the outbox, so --queue is refused with it: exit 64', async () => {
    const ended = await send(1, '--require-tls', '--queue')
    expect(ended.exit).toBe(64)
    expect(ended.stderr).toContain('--require-tls on')
  })

  test('--chunking sends by BDAT where that is offered', async () => {
    const server = await playServer(async connection => {
      connection.say('220 mail.lab.test')
      await answer(connection, {
        EHLO: ['250-mail.lab.test', '250 CHUNKING'],
        MAIL: ['250 ok'],
        RCPT: ['250 ok'],
        BDAT: ['250 2.0.0 queued'],
        QUIT: ['221 bye'],
        // The lines of the message, which this play reads as if they were commands.
        '*': [],
      })
    })
    onTestFinished(() => server.stop())
    const ended = await send(server.port, '--chunking')
    expect(ended.json()).toMatchObject({ accepted: ['bob@lab.test'], response: '250 2.0.0 queued' })
    expect(server.connections[0]?.received).toMatch(/BDAT \d+ LAST\r\n/)
  })
})
