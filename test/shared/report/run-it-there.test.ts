import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { printCommands, type TestThere, type ToolId } from '#shared/report/run-it-there.ts'
import { powershellString } from '#shared/powershell-word.ts'

const TEST: TestThere = {
  host: 'mail.example.com',
  port: 587,
  security: 'starttls',
  user: 'ann@example.com',
  from: 'ann@example.com',
  to: 'bob@example.net',
}

function commandOf(id: ToolId, change: Partial<TestThere> = {}): string {
  return printCommands({ ...TEST, ...change }).find(each => each.id === id)?.command ?? ''
}

/** The words that bash makes of a command, without running it. */
function wordsOf(command: string): string[] {
  const script = `set -f; printf '%s\\0' ${command.replace(/<\/dev\/null$/, '')}`
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

test('each tool is told the same host, port and way of encrypting', () => {
  expect(commandOf('swaks')).toBe(
    'swaks --server mail.example.com --port 587 --tls --tls-verify --auth-user ann@example.com --protect-prompt --auth-hide-password --from ann@example.com --to bob@example.net --quit-after RCPT',
  )
  expect(commandOf('swaks', { security: 'tls', port: 465 })).toContain('--tls-on-connect')
  expect(commandOf('openssl')).toContain('-connect mail.example.com:587 -starttls smtp')
  expect(commandOf('openssl', { security: 'tls' })).not.toContain('-starttls')
  expect(commandOf('openssl', { security: 'none' })).toBe('')
  expect(commandOf('curl', { security: 'tls', port: 465 })).toContain("'smtps://mail.example.com:465/'")
  expect(commandOf('curl')).toContain('--ssl-reqd')
})

test('an address is not asked for as a name, and IPv6 stands in brackets', () => {
  expect(commandOf('openssl', { host: '2001:db8::25' })).toContain("-connect '[2001:db8::25]':587")
  expect(commandOf('openssl', { host: '192.0.2.1' })).toContain('-verify_ip 192.0.2.1')
  expect(commandOf('curl', { host: '::1' })).toContain("'smtp://[::1]:587/'")
})

const HOSTILE = [
  '$(reboot)',
  '`reboot`',
  "';reboot;'",
  'a b',
  '-oProxyCommand=reboot',
  '--help',
  '',
  'a;reboot',
  'a\u2019b',
]

test.for(HOSTILE)('for the host %j there is no command at all', host => {
  expect(printCommands({ ...TEST, host })).toEqual([])
})

describe('a hostile user name stays one word', () => {
  const USERS = ["o'brien", '$(reboot)', '`reboot`', 'a;reboot', 'a b', '"', '\\', "';reboot #", 'jürgen@example.com']

  test.for(USERS)('in swaks and curl: %s', user => {
    const change = { user, from: user, to: user }
    expect(wordsOf(commandOf('swaks', change)).filter(word => word === user)).toHaveLength(3)
    expect(wordsOf(commandOf('curl', change))).toContain(user)
  })

  test.for(USERS)('in Python: %s', user => {
    const line =
      commandOf('python', { user })
        .split('\n')
        .find(each => each.includes('server.login(')) ?? ''
    const literal = /login\((".*"), password/.exec(line)?.[1] ?? ''
    const printed = execFileSync('python3', ['-c', `import sys; sys.stdout.buffer.write((${literal}).encode())`])
    expect(printed.toString()).toBe(user)
  })

  test('in PowerShell, whose single quotes are five', () => {
    expect(powershellString("a'; reboot #")).toBe("'a''; reboot #'")
    expect(powershellString('a\u2019; reboot')).toBe("'a\u2019\u2019; reboot'")
    expect(commandOf('powershell', { user: "o'brien" })).toContain("(Encode 'o''brien')")
  })

  test('a name like an option is asked for instead', () => {
    expect(wordsOf(commandOf('swaks', { user: '--help', from: '-f', to: '-t' }))).not.toContain('--help')
  })

  test('curl is given no name that it would cut in two', () => {
    expect(commandOf('curl', { user: 'ann:secret' })).not.toContain('--user')
  })
})

test('every tool that signs in asks for the password itself', () => {
  expect(commandOf('swaks')).toContain('--protect-prompt')
  expect(commandOf('python')).toContain('getpass.getpass')
  expect(commandOf('powershell')).toContain('Read-Host -AsSecureString')
  for (const { command } of printCommands(TEST)) expect(command).not.toMatch(/--auth-password|--user \S+:/)
})

test('the words of bash are data to its script', () => {
  expect(commandOf('bash')).toMatch(/^bash -c '[^']*' mail\.example\.com 587$/)
})
