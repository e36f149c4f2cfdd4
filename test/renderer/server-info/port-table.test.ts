import { expect, test } from 'vitest'
import type { PortRow, PortsEvent } from '#shared/contract/server-info.ts'
import { linesOf, NO_TABLE, reducePorts } from '../../../renderer/server-info/port-table.ts'

const row = (port: number, security: PortRow['security'], outcome: PortRow['outcome'], family: 4 | 6 = 4): PortRow => ({
  port,
  security,
  family,
  address: family === 4 ? '192.0.2.1' : '2001:db8::1',
  outcome,
  ms: 1,
  offersAuth: outcome === 'ok' && security !== 'none' ? ['PLAIN'] : [],
  trusted: null,
  protocol: null,
})

const tableOf = (...events: readonly PortsEvent[]) => events.reduce(reducePorts, NO_TABLE)
const families = (...list: readonly (4 | 6)[]): PortsEvent => ({
  kind: 'addresses',
  addresses: list.map(family => ({ family, address: family === 4 ? '192.0.2.1' : '2001:db8::1' })),
})
const rows = (...list: readonly PortRow[]) => list.map((each): PortsEvent => ({ kind: 'row', row: each }))

test('a port stands in the table before its answers have come', () => {
  const table = tableOf({ kind: 'started', ports: [465, 587] }, families(4), ...rows(row(465, 'tls', 'ok')))
  expect(linesOf(table).map(({ port, security, cells }) => [port, security, cells[0]?.outcome ?? null])).toEqual([
    [465, 'tls', 'ok'],
    [465, 'starttls', null],
    [465, 'none', null],
    [587, 'tls', null],
    [587, 'starttls', null],
    [587, 'none', null],
  ])
})

test('a port on which nobody answers is one line', () => {
  const closed = (['tls', 'starttls', 'none'] as const).map(security => row(25, security, 'refused'))
  const table = tableOf({ kind: 'started', ports: [25] }, families(4), ...rows(...closed))
  expect(linesOf(table)).toMatchObject([{ port: 25, security: 'any', cells: [{ outcome: 'refused' }] }])
})

test('both families stand side by side, and what either offers counts', () => {
  const table = tableOf(
    { kind: 'started', ports: [465] },
    families(4, 6),
    ...rows(row(465, 'tls', 'ok', 6), row(465, 'tls', 'timed-out', 4)),
    { kind: 'ended', best: { port: 465, security: 'tls' }, bestIfTrusted: null, unresolved: null },
  )
  expect(linesOf(table)[0]).toMatchObject({
    best: true,
    auth: ['PLAIN'],
    cells: [
      { family: 4, outcome: 'timed-out' },
      { family: 6, outcome: 'ok' },
    ],
  })
})
