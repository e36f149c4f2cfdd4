import { expect, test } from 'vitest'
import { runConversion } from '../../../renderer/config-files/conversion.ts'
import { READ_CHOICES, WRITE_CHOICES } from '../../../renderer/config-files/format-choices.ts'

const SOURCE =
  'account a\nhost mail.example.org\nport 587\ntls on\nauth on\nuser ann\npassword canary-2Lb\ntimeout 30\n'
const input = { from: 'auto', to: 'grafana-ini', source: SOURCE, withSecret: false }

test('a placeholder stands for the password unless it is asked for', () => {
  const plain = runConversion(input)
  expect(plain).toMatchObject({ kind: 'converted', conversion: { from: 'msmtprc' } })
  expect(JSON.stringify(plain)).not.toContain('canary')
  expect(JSON.stringify(runConversion({ ...input, withSecret: true }))).toContain('canary-2Lb')
})

test('what the target cannot hold is named', () => {
  expect(runConversion(input)).toMatchObject({
    conversion: { lost: expect.arrayContaining([expect.stringContaining('timeoutSeconds')]) },
  })
})

test('a text that is no settings says so', () => {
  expect(runConversion({ ...input, source: 'hello' })).toMatchObject({
    kind: 'refused',
    problem: { code: 'bad-input' },
  })
  expect(runConversion({ ...input, source: '  ' })).toEqual({ kind: 'nothing' })
})

test('more than 25 formats can be chosen on each side', () => {
  expect(READ_CHOICES.length).toBeGreaterThan(25)
  expect(WRITE_CHOICES.length).toBeGreaterThan(25)
})
