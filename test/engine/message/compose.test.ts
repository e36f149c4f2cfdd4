import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { Account } from '#shared/account/account.ts'
import { composeMessage, newMessageId } from '#engine/message/compose.ts'
import { composeTestMessage } from '#engine/message/test-message.ts'

const PARTS = {
  from: 'ada@lab.test',
  fromName: 'Ada Lövelace',
  to: ['bob@lab.test'],
  subject: 'Grüße',
  text: 'Hallo',
  date: new Date('2026-11-21T10:00:00Z'),
}

describe('composeMessage', () => {
  test('makes a message that another parser reads back', async () => {
    const { raw, messageId } = await composeMessage({
      ...PARTS,
      html: '<p>Hallo</p>',
      cc: ['cleo@lab.test'],
      headers: [{ name: 'X-Lab', value: 'one' }],
      attachments: [{ filename: 'a.txt', content: Buffer.from('attached') }],
    })
    const read = await PostalMime.parse(raw)
    expect(read).toMatchObject({
      from: { address: 'ada@lab.test', name: 'Ada Lövelace' },
      to: [{ address: 'bob@lab.test' }],
      cc: [{ address: 'cleo@lab.test' }],
      subject: 'Grüße',
      text: 'Hallo\n',
      messageId,
      date: '2026-11-21T10:00:00.000Z',
    })
    expect(read.html).toContain('<p>Hallo</p>')
    expect(read.headers.find(header => header.key === 'x-lab')?.value).toBe('one')
    expect(read.attachments[0]?.filename).toBe('a.txt')
  })

  test('every octet is 7-bit and every line at most 998 octets, whatever the text', async () => {
    const { raw } = await composeMessage({ ...PARTS, text: `${'ü'.repeat(3000)}\n${'x'.repeat(3000)}` })
    const text = raw.toString('latin1')
    expect(text).not.toMatch(/[\u0080-\u00ff]/)
    expect(Math.max(...text.split('\r\n').map(line => line.length))).toBeLessThanOrEqual(998)
  })

  test.each([
    ['X-Evil', 'a\r\nBcc: eve@lab.test'],
    ['X-Evil\r\nBcc', 'eve@lab.test'],
    ['X Evil', 'a blank in a name'],
    ['From', 'eve@lab.test'],
  ])('header injection: %j: %j is a problem', async (name, value) => {
    await expect(composeMessage({ ...PARTS, headers: [{ name, value }] })).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('an address that holds a comma stays one address', async () => {
    const { raw } = await composeMessage({ ...PARTS, to: ['bob@lab.test,eve@lab.test'] })
    const read = await PostalMime.parse(raw)
    expect(read.to).toHaveLength(1)
  })

  test('a Message-ID of the caller is kept', async () => {
    const { raw, messageId } = await composeMessage({
      ...PARTS,
      headers: [{ name: 'Message-ID', value: '<1@lab.test>' }],
    })
    expect(messageId).toBe('<1@lab.test>')
    expect(raw.toString()).toContain('Message-ID: <1@lab.test>')
  })

  test('a new Message-ID carries the domain of the sender', () => {
    expect(newMessageId('ada@lab.test')).toMatch(/^<[0-9a-f-]{36}@lab\.test>$/)
    expect(newMessageId('ada')).toMatch(/@ada>$/)
    expect(newMessageId('ada@grüße.test')).toMatch(/@mailwright\.invalid>$/)
  })
})

describe('composeTestMessage', () => {
  test('carries the settings that worked and the time of each step', async () => {
    const account = Account.parse({
      id: 'a',
      name: 'lab <&>',
      host: 'mail.lab.test',
      security: 'starttls',
      user: 'ada',
    })
    const reply = { code: 235, enhanced: null, text: ['ok'] }
    const { raw } = await composeTestMessage({
      account,
      steps: [
        {
          id: 'sign-in',
          state: 'done',
          startedAt: '2026-11-21T10:00:00.000Z',
          ms: 12.4,
          evidence: { kind: 'accepted', mechanism: 'SCRAM-SHA-256', reply },
        },
      ],
      from: 'ada@lab.test',
      fromName: null,
      to: ['bob@lab.test'],
      now: new Date('2026-11-21T10:00:00Z'),
    })
    const read = await PostalMime.parse(raw)
    expect(read.text).toMatch(/Server +mail\.lab\.test/)
    expect(read.text).toMatch(/Port +587/)
    expect(read.text).toMatch(/Sign-in method +SCRAM-SHA-256/)
    expect(read.text).toMatch(/Sign in +12 ms/)
    expect(read.html).toContain('lab &#60;&#38;&#62;')
  })
})
