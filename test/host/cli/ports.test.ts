import { expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { ports } from '#host/cli/ports.ts'
import { peerInstalled } from '../../peers/support/peer.ts'
import { Terminal } from '../../support/terminal.ts'
import { runCommand } from '../../support/run-command.ts'
import { withZone } from '../../support/with-zone.ts'

test('every port with every kind of encryption over every family that the host has', async () => {
  const { server } = await withZone({ 'mail.lab.test': [['A', '127.0.0.3']] })
  const run = await runCommand(ports, ['mail.lab.test'], { dns: `${server.host}:${server.port}` }, new Deadline(5000))
  // The command's own shape, proved by the lines below.
  const { host, rows } = run.json as { host: string; rows: readonly Record<string, unknown>[] }
  expect(host).toBe('mail.lab.test')
  expect(rows.map(row => `${String(row['port'])} ${String(row['security'])}`)).toEqual(
    [465, 587, 2465, 2587, 2525, 25].flatMap(port => [`${port} none`, `${port} starttls`, `${port} tls`]),
  )
  for (const row of rows) {
    expect(Object.keys(row)).toEqual([
      'port',
      'security',
      'family',
      'address',
      'outcome',
      'ms',
      'offersAuth',
      'trusted',
      'protocol',
    ])
    expect(row).toMatchObject({ family: 4, address: '127.0.0.3', ms: expect.any(Number) })
  }
})

test.skipIf(!peerInstalled('script'))('at a terminal a row is printed once, as it comes', async () => {
  const terminal = new Terminal(['ports', '127.0.0.3'])
  await terminal.ended()
  for (const how of ['no encryption', 'STARTTLS', 'TLS'])
    expect(terminal.shown.match(new RegExp(`^465 +${how} +IPv4 `, 'gm'))).toHaveLength(1)
})

test('a host that does not exist: 68, with no rows', async () => {
  const { server } = await withZone({})
  const run = await runCommand(ports, ['nowhere.lab.test'], { dns: `${server.host}:${server.port}` })
  expect(run).toMatchObject({ exit: 68, json: { host: 'nowhere.lab.test', rows: [], best: null } })
})

test('a port in the operand is a wrong call', async () => {
  await expect(runCommand(ports, ['mail.lab.test:25'])).rejects.toMatchObject({ code: 'usage' })
})
