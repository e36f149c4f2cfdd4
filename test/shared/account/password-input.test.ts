import { describe, expect, test } from 'vitest'
import { presetById } from '#shared/account/find-preset.ts'
import { checkPassword } from '#shared/account/password-input.ts'

const codes = (password: string, preset: string | null = null) =>
  checkPassword(password, preset === null ? null : presetById(preset)).remarks.map(({ code }) => code)

describe('a typed password', () => {
  test.each(['plain', `"quo'ted\\`, 'a b', '#$%;:@/', '=?&'])('%s is nothing to remark on', password => {
    expect(codes(password)).toEqual([])
    expect(checkPassword(password, null).tidied).toBe(password)
  })

  test.each([
    ['', 'empty'],
    ['two\nlines', 'line-break'],
    ['pasted\r\n', 'line-break'],
    ['tab\u0000', 'control-character'],
    [' blank', 'blanks-at-ends'],
    ['blank ', 'blanks-at-ends'],
    ['pässword', 'not-ascii'],
    ['x'.repeat(9000), 'too-long'],
  ])('%j is remarked on as %s', (password, code) => {
    expect(codes(password)).toEqual([code])
  })

  test('the groups of a Gmail app password are joined', () => {
    const checked = checkPassword('abcd efgh ijkl mnop', presetById('gmail'))
    expect(checked.tidied).toBe('abcdefghijklmnop')
    expect(checked.remarks.map(({ code }) => code)).toEqual(['grouped-with-blanks'])
  })

  test('a Gmail password of another length is probably the password of the account', () => {
    expect(codes('hunter2hunter2', 'gmail')).toEqual(['wrong-length'])
  })

  test('an IAM secret key is not an SES SMTP password', () => {
    expect(codes('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'amazon-ses')).toEqual(['looks-like-iam-key'])
  })

  test('no remark repeats what was typed', () => {
    for (const password of ['canary-91\n', ' canary-91', 'canary-91ä', 'canary-91\u0001']) {
      const { remarks } = checkPassword(password, presetById('gmail'))
      expect(remarks.length).toBeGreaterThan(0)
      expect(JSON.stringify(remarks)).not.toContain('canary')
    }
  })
})
