import { expect, test } from 'vitest'
import { moveSecrets } from '#shared/msmtprc/move-secret.ts'
import { parseMsmtprc } from '#shared/msmtprc/parse.ts'

const FILE = `account work
host mail.example.org
user "ann o'hara"
password canary-7Kq
account home : work
host home.example.org
`

test('a readable password becomes a look-up in the key ring, and the password is in neither', () => {
  const moves = moveSecrets(parseMsmtprc(FILE), 'linux')
  expect(moves).toEqual([
    {
      line: 4,
      account: 'work',
      storeCommand: `secret-tool store --label=msmtp host mail.example.org service smtp user 'ann o'\\''hara'`,
      fix: {
        kind: 'replace',
        line: 4,
        text: `passwordeval secret-tool lookup host mail.example.org service smtp user 'ann o'\\''hara'`,
      },
    },
  ])
  expect(JSON.stringify(moves)).not.toContain('canary')
})

test('on macOS it is the key chain', () => {
  const [move] = moveSecrets(parseMsmtprc(FILE), 'macos')
  expect(move?.storeCommand).toContain('security add-internet-password')
  expect(move?.fix).toMatchObject({ text: expect.stringContaining('security find-internet-password') })
})

test.each([
  ['in defaults', 'defaults\nhost a.example.org\nuser ann\npassword x\naccount a\n'],
  ['without a user', 'account a\nhost a.example.org\npassword x\n'],
  ['without a host', 'account a\nuser ann\npassword x\n'],
  ['that is empty', 'account a\nhost a.example.org\nuser ann\npassword\n'],
  ['out of an eval', 'account a\nhost a.example.org\nuser ann\neval echo password x\n'],
  ['whose look-up would not fit a line', `account a\nhost a.example.org\nuser ${'u'.repeat(480)}\npassword x\n`],
])('a password %s cannot be moved', (_, text) => {
  expect(moveSecrets(parseMsmtprc(text), 'linux')).toEqual([])
})

test('there is no key ring on Windows', () => {
  expect(moveSecrets(parseMsmtprc(FILE), 'windows')).toEqual([])
})
