import { describe, expect, test } from 'vitest'
import { readFromLine, readRawMessage } from '#engine/message/raw-message.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const BARE = Buffer.from('Bcc: eve@lab.test\nSubject: hello\n\nhi\n')
const SETTINGS = {
  setFromHeader: 'auto',
  setDateHeader: 'auto',
  setMsgidHeader: 'auto',
  removeBccHeaders: true,
} as const

function headerOf(message: Buffer, changed: Partial<Parameters<typeof readRawMessage>[3]> = {}): readonly string[] {
  const { raw } = readRawMessage(message, 'ada@lab.test', NOW, { ...SETTINGS, ...changed })
  const [header = ''] = raw.toString('latin1').split(/\r?\n\r?\n/, 1)
  return header.split(/\r?\n/).map(line => line.replace(/<.*@/, '<…@'))
}

describe('the header of a message that somebody else wrote', () => {
  test('what is missing is added, and Bcc leaves', () => {
    expect(headerOf(BARE)).toEqual([
      'Message-ID: <…@lab.test>',
      'Date: Sat, 21 Nov 2026 12:00:00 +0000',
      'From: ada@lab.test',
      'Subject: hello',
    ])
  })

  test('settings that say "off" leave it as it is', () => {
    const off = { setFromHeader: 'off', setDateHeader: 'off', setMsgidHeader: 'off', removeBccHeaders: false } as const
    expect(headerOf(BARE, off)).toEqual(['Bcc: eve@lab.test', 'Subject: hello'])
    expect(readRawMessage(BARE, 'ada@lab.test', NOW, { ...SETTINGS, ...off }).messageId).toBe('')
  })

  test('a From line that is there is kept, unless it is to be written anew', () => {
    const two = Buffer.from('From: ada@lab.test,\n bob@lab.test\nDate: x\nMessage-ID: <a@b>\n\nhi\n')
    expect(headerOf(two)).toContain('From: ada@lab.test,')
    expect(headerOf(two, { setFromHeader: 'on' })).toEqual(['From: ada@lab.test', 'Date: x', 'Message-ID: <…@b>'])
    expect(readFromLine(two)).toBe('ada@lab.test, bob@lab.test')
    expect(readFromLine(BARE)).toBeNull()
  })
})
