import { describe, expect, test } from 'vitest'
import { isOwnPage, isWebLink, START_PAGE } from '#host/desktop/own-page.ts'

describe('our own pages', () => {
  test.each([START_PAGE, 'mailwright://app/', 'mailwright://app/index.html#/accounts'])('%s is one', address => {
    expect(isOwnPage(address)).toBe(true)
  })

  test.each([
    'mailwright://other/index.html',
    'mailwright://app.attacker.example/',
    'mailwright:app',
    'https://app/index.html',
    'file:///index.html',
    'about:blank',
    'data:text/html,hello',
    '',
  ])('%s is none', address => expect(isOwnPage(address)).toBe(false))
})

describe('links for the browser', () => {
  test('https to a named host may be opened', () => {
    expect(isWebLink('https://myaccount.google.com/apppasswords')).toBe(true)
  })

  test.each([
    'http://provider.example/',
    'https://provider.example@attacker.example/',
    'https://localhost:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://attacker.example/share',
    'mailto:somebody@example.org',
    'ms-msdt:/id',
    'not an address',
  ])('%s may not', address => expect(isWebLink(address)).toBe(false))
})
