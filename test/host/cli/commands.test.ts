import { describe, expect, test } from 'vitest'
import { COMMANDS, findCommand } from '#host/cli/commands.ts'
import { printCommandHelp, printOverview } from '#host/cli/help.ts'
import { mailwright } from '../../support/command-line.ts'

describe.each(COMMANDS.map(entry => [entry.name, entry] as const))('%s', (_, entry) => {
  test('is listed as it describes itself', async () => {
    const { name, operands, summary } = await entry.load()
    expect({ name, operands, summary }).toEqual({ name: entry.name, operands: entry.operands, summary: entry.summary })
  })

  test('has a help text with a worked example and every option', async () => {
    const command = await entry.load()
    const help = printCommandHelp(command)
    expect(help).toContain(`Usage: mailwright ${entry.name}`)
    expect(command.examples.length).toBeGreaterThan(0)
    for (const option of Object.keys(command.options)) expect(help).toContain(`--${option}`)
  })

  test('takes no secret as an argument', async () => {
    const { options } = await entry.load()
    expect(Object.keys(options).filter(name => /^(pass|password|token|secret-value|key-value)$/.test(name))).toEqual([])
  })
})

describe('finding a command', () => {
  test.each([
    [['spf', '--ip', '::1'], 'spf', ['--ip', '::1']],
    [['--json', 'msmtprc', 'check', 'f'], 'msmtprc check', ['--json', 'f']],
    [['--timeout', '5', 'serverinfo', 'h'], 'serverinfo', ['--timeout', '5', 'h']],
  ])('%j', (words, name, rest) => {
    const found = findCommand(words)
    expect([found?.entry.name, found?.rest]).toEqual([name, rest])
  })

  test('a group without one of its commands is none', () => {
    expect(findCommand(['accounts'])).toBeNull()
    expect(printOverview(COMMANDS)).toContain('accounts list')
  })
})

describe('as a process', () => {
  test.each([
    [['--help'], 0],
    [['spf', '--help'], 0],
    [['accounts', '--help'], 0],
    [[], 64],
    [['accounts'], 64],
    [['sefr'], 64],
    [['spf', '--nonsense'], 64],
    [['explain', 'no-such-file', '--json'], 66],
    [['msmtprc', 'check', 'no-such-file'], 66],
  ])('%j ends with %i', async (words, exit) => {
    expect((await mailwright(words)).exit).toBe(exit)
  })

  test('a wrong word names the nearest command', async () => {
    expect((await mailwright(['diagnos'])).stderr).toContain('did you mean diagnose?')
  })

  test('--json prints one JSON value with the error in it', async () => {
    const ended = await mailwright(['msmtprc', 'check', 'no-such-file', '--json'])
    expect(ended.json()).toMatchObject({ problems: [], error: { code: 'file-missing', exit: 66 } })
  })

  test('--version tells the version', async () => {
    expect((await mailwright(['--version'])).stdout).toMatch(/^mailwright \d+\.\d+\.\d+\n$/)
  })
})
