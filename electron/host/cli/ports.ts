import { Problem } from '#shared/problem.ts'
import { lookAtPorts, type PortRow } from '#engine/smtp/ports.ts'
import { CONNECTION_OPTIONS, done, failed, type Command } from './command.ts'
import { lookOptions, readHost } from './look-options.ts'
import { TLS_OPTIONS } from './tls-options.ts'

export const ports: Command = {
  name: 'ports',
  summary: 'which ports of a host take mail, with which encryption, over IPv4 and IPv6; no password is sent',
  operands: 'HOST',
  arity: [1, 1],
  options: { ...CONNECTION_OPTIONS, ...TLS_OPTIONS },
  notes: [
    'The best way is encrypted, with a certificate that is trusted, and offers sign-in; in plain text only where no port',
    'encrypts. Where no certificate is trusted there is no best way: --ca or --insecure make it one.',
  ],
  examples: [
    { line: 'ports smtp.example.org', shows: 'every port with every kind of encryption, and the best of them' },
  ],
  empty: { host: null, rows: [], best: null, bestIfTrusted: null },
  run: async io => {
    const { host, port } = readHost(io.operands[0] ?? '')
    if (port !== null) throw new Problem('usage', 'ports looks at every port: give the host alone', { field: 'HOST' })
    const onRow = io.json ? () => {} : (row: PortRow) => io.note(printRow(row))
    const { matrix, resolved } = await lookAtPorts(host, await lookOptions(io), { onRow })
    const { best, bestIfTrusted, rows } = matrix
    const verdict = best === null ? [] : [`Best: port ${best.port} with ${SECURITY[best.security]}`]
    const text = [...(io.oneScreen === true ? [] : rows.map(printRow)), ...verdict].join('\n')
    if (best !== null) return done(matrix, text)
    if (bestIfTrusted !== null) {
      const { port, security } = bestIfTrusted
      const message = `no certificate of ${host} is trusted; port ${port} with ${SECURITY[security]} would be the best way`
      return failed(matrix, text, 69, 'certificate-untrusted', message)
    }
    if (resolved.ok) {
      const late = io.deadline.expired || matrix.rows.every(row => row.outcome === 'timed-out')
      return failed(matrix, text, late ? 75 : 69, late ? 'timeout' : 'nothing-works', `no port of ${host} takes mail`)
    }
    return resolved.evidence.kind === 'not-found'
      ? failed(matrix, text, 68, 'host-unknown', `there is no host ${host}`)
      : failed(matrix, text, 75, 'resolver-failed', `the name of ${host} could not be looked up`)
  },
}

const SECURITY = { none: 'no encryption', starttls: 'STARTTLS', tls: 'TLS' } as const

function printRow(row: PortRow): string {
  const auth = row.offersAuth.length === 0 ? '' : `, AUTH ${row.offersAuth.join(' ')}`
  const trust = row.trusted === false ? ', certificate not trusted' : ''
  const tls =
    row.protocol === null ? '' : row.outcome === 'handshake-failed' ? `, speaks ${row.protocol}` : `, ${row.protocol}`
  const how = SECURITY[row.security].padEnd(13)
  return `${String(row.port).padEnd(5)} ${how} IPv${row.family}  ${row.outcome} (${Math.round(row.ms)} ms)${tls}${auth}${trust}`
}
