import { expect, test } from 'vitest'
import { EXTENSIONS, extensionOf, extensionsIn } from '#shared/smtp/extensions.ts'

test('each line of an EHLO reply behind the first is a keyword with its parameters', () => {
  const found = extensionsIn(['250-mail.example.org greets', '250-SIZE 1000', '250-auth=LOGIN PLAIN', '250 X-OWN a b'])
  expect(found.map(({ keyword, parameters, known }) => [keyword, parameters, known?.source ?? null])).toEqual([
    ['SIZE', '1000', 'RFC 1870'],
    ['AUTH', 'LOGIN PLAIN', 'RFC 4954'],
    ['X-OWN', 'a b', null],
  ])
})

test('a keyword that was written over is recognized', () => {
  expect(extensionOf('XXXXXXXA')?.meaning).toContain('wrote over')
  expect(extensionOf('********')?.meaning).toContain('wrote over')
  expect(extensionOf('XCLIENT')?.meaning).not.toContain('wrote over')
})

test('no keyword stands twice in the list', () => {
  expect(new Set(EXTENSIONS.map(({ keyword }) => keyword)).size).toBe(EXTENSIONS.length)
})
