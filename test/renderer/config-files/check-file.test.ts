import { describe, expect, test } from 'vitest'
import { checkFile, type CheckInput } from '../../../renderer/config-files/check-file.ts'

const CANARY = 'canary-4Fz'

const check = (text: string, more: Partial<CheckInput> = {}) =>
  checkFile({
    text,
    fileName: '/home/ann/.msmtprc',
    facts: { mode: 0o600, ownedByUser: true, userIsRoot: false },
    surroundings: {
      home: '/home/ann',
      user: 'ann',
      hostname: 'box',
      canonicalHostname: 'box.example.org',
      mailname: null,
      email: null,
      smtpServer: null,
    },
    platform: 'linux',
    choice: { account: null, from: null },
    ...more,
  })

const FILE = `account work
host mail.example.org
from ann@example.org
user ann
auth on
tls on
password ${CANARY}
passwordeval touch /tmp/marker
account home : work
from *@home.example
account default : work
`

describe('what msmtp would use', () => {
  test('is said as --pretend says it, the password masked, the command shown', () => {
    const { pretended } = check(FILE)
    expect(pretended).toMatchObject({ kind: 'settings', account: 'default' })
    expect(pretended.lines).toContain('host = mail.example.org')
    expect(pretended.lines).toContain('password = *')
    expect(pretended.lines).toContain('passwordeval = touch /tmp/marker')
    expect(JSON.stringify(pretended)).not.toContain('canary')
  })

  test('follows the sender', () => {
    const { pretended } = check(FILE, { choice: { account: null, from: 'x@home.example' } })
    expect(pretended).toMatchObject({ account: 'home' })
    expect(pretended.lines).toContain('account chosen by envelope from address x@home.example: home')
  })

  test.each([
    ['an unknown account', FILE, { choice: { account: 'none', from: null } }, 'account none not found'],
    ['a line that msmtp does not know', `${FILE}hsot x\n`, {}, 'line 12: unknown command hsot'],
    [
      'a file that others may read',
      FILE,
      { facts: { mode: 0o644, ownedByUser: true, userIsRoot: false } },
      'no more than user read/write',
    ],
  ])('is refused for %s, in its words', (_, text, more, words) => {
    expect(check(text, more).pretended).toMatchObject({ kind: 'refused', message: expect.stringContaining(words) })
  })
})

describe('problems', () => {
  test('stand at the line of the text where msmtp counts another one', () => {
    const { problems } = check(`account a\nhost x\n#${'x'.repeat(1200)}\nhsot y\n`)
    expect(problems.findLast(({ code }) => code === 'unknown-command')).toMatchObject({
      line: 4,
      fix: { kind: 'replace', line: 4, text: 'host y' },
    })
  })

  test('come with a way to the key ring for a password', () => {
    const { moves, holdsPassword } = check(FILE)
    expect(holdsPassword).toBe(true)
    expect(moves).toMatchObject([{ line: 7, account: 'work' }])
    expect(JSON.stringify(moves)).not.toContain('canary')
  })

  test('never repeat a password', () => {
    expect(JSON.stringify(check(`${FILE}account x\npasswort=${CANARY}\n`).problems)).not.toContain('canary')
  })
})
