import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { secretTraces } from '#engine/sasl/begin.ts'
import { reveal, sealSecret } from '#engine/sasl/secret.ts'

test('a sealed secret shows itself nowhere', () => {
  const secret = sealSecret('canary-7f3a')
  const seen = [
    String(secret),
    ['', secret].join(''),
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ secret }, { showHidden: true, depth: 9 }),
    JSON.stringify(Object.entries(secret)),
    new Error(`with ${String(secret)}`).message,
  ].join(' ')
  expect(seen).not.toContain('canary')
  expect(seen).toContain('***')
  expect(reveal(secret)).toBe('canary-7f3a')
})

test('the traces of a secret are the forms that it travels in', () => {
  expect(secretTraces(sealSecret('pw'), 'ada')).toEqual(
    expect.arrayContaining(['pw', 'cHc=', Buffer.from('\0ada\0pw').toString('base64')]),
  )
  expect(secretTraces(sealSecret(''), 'ada')).toEqual([])
})
