import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { evidenceOf, runDiagnosis } from '../support/diagnose.ts'
import { startDovecot, type Dovecot } from './support/dovecot.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startPostfix, type Postfix } from './support/postfix.ts'

/** Dots, bare line ends and a last line without an end: what DATA has to change. */
const LINES = '.\r\n..two\r\n.one\r\nbare\nend'

function messageOf(subject: string, more = ''): { messageId: string; raw: Buffer } {
  const text = `From: ada@lab.test\r\nTo: ada@lab.test\r\nSubject: ${subject}\r\n${more}\r\n${LINES}`
  return { messageId: `<${subject}@lab.test>`, raw: Buffer.from(text) }
}

const lineEnds = (text: string) => text.replace(/\r\n/g, '\n')

describe.skipIf(!isRoot() || !peerInstalled('postfix'))('BDAT with Postfix', () => {
  let postfix: Postfix
  beforeAll(async () => {
    postfix = await startPostfix({ settings: { message_size_limit: '20000000' } })
  })
  afterAll(() => postfix.stop())

  const send = async (message: { messageId: string; raw: Buffer }, chunking: boolean) =>
    runDiagnosis(
      { port: postfix.ports.plain, security: 'starttls' },
      { purpose: 'send', sendTo: ['ada@lab.test'], message },
      { deadline: new Deadline(20_000), extraCa: postfix.authority.pem, chunking },
    )
  const arrived = async (subject: string) => {
    const mail = await vi.waitFor(async () => {
      const found = (await postfix.mailbox()).find(each => each.includes(`Subject: ${subject}`))
      expect(found).toBeDefined()
      return found ?? ''
    }, 15_000)
    return lineEnds(mail).split('\n\n').slice(1).join('\n\n').trimEnd()
  }

  test('what arrives in chunks is what arrives by DATA', async () => {
    const [byData, byChunks] = [randomUUID(), randomUUID()]
    expect(evidenceOf(await send(messageOf(byData), false), 'deliver')).toMatchObject({ kind: 'sent' })
    const ran = await send(messageOf(byChunks), true)
    expect(evidenceOf(ran, 'deliver')).toMatchObject({ kind: 'sent' })
    expect(ran.transcript).toMatch(/client BDAT \d+ LAST/)
    expect(await arrived(byChunks)).toBe(lineEnds(LINES))
    expect(await arrived(byData)).toBe(lineEnds(LINES))
  })

  test('a message of several chunks arrives whole', async () => {
    const subject = randomUUID()
    const { messageId, raw } = messageOf(subject)
    const large = Buffer.concat([raw, Buffer.alloc(2_500_000, `${'x'.repeat(70)}\r\n`)])
    const ran = await send({ messageId, raw: large }, true)
    expect(evidenceOf(ran, 'deliver')).toMatchObject({ kind: 'sent' })
    expect(ran.transcript.match(/client BDAT \d+/g)).toHaveLength(3)
    expect((await arrived(subject)).length).toBeGreaterThan(2_400_000)
  })
})

describe.skipIf(!isRoot() || !peerInstalled('dovecot'))('BDAT with Dovecot over LMTP', () => {
  let dovecot: Dovecot
  beforeAll(async () => {
    dovecot = await startDovecot({ users: { ada: 'a', bob: 'b' }, mechanisms: ['plain'] })
  })
  afterAll(() => dovecot.stop())

  test('one reply for each recipient stands behind the last chunk', async () => {
    const subject = randomUUID()
    const ran = await runDiagnosis(
      { socket: dovecot.lmtpSocket, protocol: 'lmtp', host: 'localhost' },
      { purpose: 'send', sendTo: ['ada@lab.test', 'bob@lab.test'], message: messageOf(subject) },
      { deadline: new Deadline(10_000), chunking: true },
    )
    expect(ran.transcript).toMatch(/client BDAT \d+ LAST/)
    expect(evidenceOf(ran, 'deliver')).toMatchObject({
      kind: 'sent',
      recipients: [{ reply: { code: 250 } }, { reply: { code: 250 } }],
    })
    const folder = dovecot.mailOf('bob')
    const mails = await Promise.all((await readdir(folder)).map(name => readFile(join(folder, name), 'utf8')))
    expect(lineEnds(mails.find(mail => mail.includes(subject)) ?? '')).toContain(lineEnds(LINES))
  })
})
