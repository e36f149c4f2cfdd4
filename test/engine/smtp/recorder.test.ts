import { expect, test } from 'vitest'
import { Recorder } from '#engine/smtp/recorder.ts'

test('lines are masked, escaped and cut while they are recorded', () => {
  const seen: string[] = []
  const recorder = new Recorder(performance.now(), line => seen.push(line.text))
  const record = recorder.openConnection()
  record.mask.hide(['canary-7f3a', 'x'])
  record.client('AUTH PLAIN c2VjcmV0', false, 'AUTH PLAIN ***')
  record.server('535 canary-7f3a is wrong \x1b[2J', true)
  record.server(`250 ${'y'.repeat(5000)}`, true)
  expect(seen[0]).toBe('AUTH PLAIN ***')
  expect(seen[1]).toBe('535 *** is wrong \\x1b[2J')
  expect(seen[2]).toMatch(/^250 y{996}… \(4004 more characters\)$/)
  expect(recorder.lines.map(({ from, encrypted, masked }) => ({ from, encrypted, masked }))).toEqual([
    { from: 'client', encrypted: false, masked: true },
    { from: 'server', encrypted: true, masked: true },
    { from: 'server', encrypted: true, masked: false },
  ])
})

test('a secret that is cut in two by the limit is hidden before the cut', () => {
  const recorder = new Recorder()
  const record = recorder.openConnection()
  record.mask.hide(['canary-7f3a'])
  record.server(`${'y'.repeat(995)}canary-7f3a`, false)
  expect(recorder.lines[0]?.text).not.toContain('canar')
})

test('a server that talks for ever fills a bounded transcript, which says so', () => {
  const recorder = new Recorder()
  const record = recorder.openConnection()
  for (let i = 0; i < 5000; i++) record.server('250 more', false)
  expect(recorder.lines).toHaveLength(2001)
  expect(recorder.lines.at(-1)).toMatchObject({ from: 'note', text: expect.stringContaining('not recorded') })
})

test('connections are numbered', () => {
  const recorder = new Recorder()
  recorder.openConnection().note('one')
  recorder.openConnection().note('two')
  expect(recorder.lines.map(line => line.connection)).toEqual([0, 1])
})
