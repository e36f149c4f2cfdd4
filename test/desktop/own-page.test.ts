import { describe, expect, test } from 'vitest'
import { isOwnFile, isOwnPage, isWebLink, START_PAGE } from '#host/desktop/own-page.ts'

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

describe('files that our own pages made', () => {
  test('a blob of one of our pages is one', () => {
    expect(isOwnFile('blob:mailwright://app/0b3f5f0e-6f52-4c80-9b5e-111111111111')).toBe(true)
  })

  test.each([
    'blob:null/0b3f5f0e-6f52-4c80-9b5e-111111111111',
    'blob:https://attacker.example/0b3f5f0e',
    'blob:mailwright://other/0b3f5f0e',
    'mailwright://app/index.html',
    'https://attacker.example/setup.exe',
    'data:text/plain,hello',
    'file:///etc/passwd',
  ])('%s is none', address => expect(isOwnFile(address)).toBe(false))
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
