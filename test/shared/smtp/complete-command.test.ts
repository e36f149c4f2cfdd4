import { describe, expect, test } from 'vitest'
import { completeCommand, lastWords, mechanismsIn, sharedBeginning } from '#shared/smtp/complete-command.ts'

const OFFERS = ['SIZE 1000', 'DSN', 'AUTH PLAIN LOGIN', 'AUTH=SCRAM-SHA-256', 'STARTTLS']

describe('a begun line', () => {
  test.each([
    ['e', ['EHLO ', 'EXPN ', 'ETRN ']],
    ['start', ['STARTTLS']],
    ['STARTTLS', []],
    ['', []],
    ['auth ', ['auth PLAIN', 'auth LOGIN', 'auth SCRAM-SHA-256']],
    ['AUTH SC', ['AUTH SCRAM-SHA-256']],
    ['MAIL FROM:<a@b.example> S', ['MAIL FROM:<a@b.example> SIZE=']],
    [
      'MAIL FROM:<a@b.example> SIZE=5 ',
      ['RET=HDRS', 'RET=FULL', 'ENVID=', 'AUTH=<>'].map(p => `MAIL FROM:<a@b.example> SIZE=5 ${p}`),
    ],
    ['RCPT TO:<a@b.example> N', ['NOTIFY=SUCCESS,FAILURE', 'NOTIFY=NEVER'].map(p => `RCPT TO:<a@b.example> ${p}`)],
    ['QUIT ', []],
  ])('%j could become %j', (line, candidates) => {
    expect(completeCommand(line, OFFERS)).toEqual(candidates)
  })

  test('before an EHLO every parameter may be tried', () => {
    expect(completeCommand('MAIL FROM:<a@b.example> SMTP', [])).toEqual(['MAIL FROM:<a@b.example> SMTPUTF8'])
    expect(completeCommand('MAIL FROM:<a@b.example> SMTP', OFFERS)).toEqual([])
  })
})

test('what all candidates share is what one press of Tab adds', () => {
  expect(sharedBeginning(['RET=HDRS', 'RET=FULL'])).toBe('RET=')
  expect(sharedBeginning(['EHLO ', 'HELP'])).toBe('')
  expect(sharedBeginning([])).toBe('')
})

test('what is shown to choose from begins with the last word, where the words before it stay', () => {
  const line = 'MAIL FROM:<a@b.example> S'
  expect(lastWords(line, [`${line}IZE=`, `${line}MTPUTF8`])).toEqual({ begun: 'S', words: ['SIZE=', 'SMTPUTF8'] })
  expect(lastWords('mail f', ['MAIL FROM:<'])).toEqual({ begun: 'mail f', words: ['MAIL FROM:<'] })
})

test('mechanisms of both forms of the keyword count once', () => {
  expect(mechanismsIn([...OFFERS, 'AUTH=PLAIN'])).toEqual(['PLAIN', 'LOGIN', 'SCRAM-SHA-256'])
})
