import { Problem } from '#shared/problem.ts'
import { lookAtPorts, type PortMatrix, type PortRow } from '#engine/smtp/ports.ts'
import { CONNECTION_OPTIONS, done, failed, type Command } from './command.ts'
import { lookOptions, readHost } from './look-options.ts'

export const ports: Command = {
  name: 'ports',
  summary: 'which ports of a host take mail, with which encryption, over IPv4 and IPv6; no password is sent',
  operands: 'HOST',
  arity: [1, 1],
  options: CONNECTION_OPTIONS,
  examples: [
    { line: 'ports smtp.example.org', shows: 'every port with every kind of encryption, and the best of them' },
  ],
  empty: { host: null, rows: [], best: null },
  run: async io => {
    const { host, port } = readHost(io.operands[0] ?? '')
    if (port !== null) throw new Problem('usage', 'ports looks at every port: give the host alone', { field: 'HOST' })
    const told = io.json ? () => {} : (row: PortRow) => io.note(printRow(row))
    const { matrix, resolved } = await lookAtPorts(host, await lookOptions(io), told)
    const text = printMatrix(matrix)
    if (matrix.best !== null) return done(matrix, text)
    if (resolved.ok) {
      const late = io.deadline.expired || matrix.rows.every(row => row.outcome === 'timed-out')
      return failed(matrix, text, late ? 75 : 69, late ? 'timeout' : 'nothing-works', `no port of ${host} takes mail`)
    }
    return resolved.evidence.kind === 'not-found'
      ? failed(matrix, text, 68, 'host-unknown', `there is no host ${host}`)
      : failed(matrix, text, 75, 'resolver-failed', `the name of ${host} could not be looked up`)
  },
}

function printMatrix({ rows, best }: PortMatrix): string {
  const verdict = best === null ? [] : [`Best: port ${best.port} with ${SECURITY[best.security]}`]
  return [...rows.map(printRow), ...verdict].join('\n')
}

const SECURITY = { none: 'no encryption', starttls: 'STARTTLS', tls: 'TLS' } as const

function printRow(row: PortRow): string {
  const auth = row.offersAuth.length === 0 ? '' : `, AUTH ${row.offersAuth.join(' ')}`
  const trust = row.trusted === false ? ', certificate not trusted' : ''
  const how = SECURITY[row.security].padEnd(13)
  return `${String(row.port).padEnd(5)} ${how} IPv${row.family}  ${row.outcome} (${Math.round(row.ms)} ms)${auth}${trust}`
}
