import type { Security } from '#shared/account/account.ts'
import type { Address } from '#shared/diagnosis/evidence.ts'
import type { PortRow, PortsEvent } from '#shared/contract/server-info.ts'
import type { ProblemData } from '#shared/problem-data.ts'

export type Way = { readonly port: number; readonly security: Security }

/** The port × security × family table while it fills. */
export type PortTable = {
  readonly running: boolean
  readonly ports: readonly number[]
  /** One of each family; empty until the name is looked up. */
  readonly addresses: readonly Address[]
  readonly rows: readonly PortRow[]
  readonly best: Way | null
  readonly bestIfTrusted: Way | null
  readonly unresolved: 'not-found' | 'resolver-failed' | null
  readonly problem: ProblemData | null
}

export const NO_TABLE: PortTable = {
  running: true,
  ports: [],
  addresses: [],
  rows: [],
  best: null,
  bestIfTrusted: null,
  unresolved: null,
  problem: null,
}

export function reducePorts(table: PortTable, event: PortsEvent): PortTable {
  switch (event.kind) {
    case 'started':
      return { ...table, ports: event.ports }
    case 'addresses':
      return { ...table, addresses: event.addresses }
    case 'row':
      return { ...table, rows: [...table.rows, event.row] }
    case 'ended': {
      const { best, bestIfTrusted, unresolved } = event
      return { ...table, running: false, best, bestIfTrusted, unresolved }
    }
  }
}

export type TableLine = {
  readonly port: number
  /** `any`: nobody answers on this port, however one asks. */
  readonly security: Security | 'any'
  readonly best: boolean
  /** One for each family that is in the table; null while it is not known. */
  readonly cells: readonly (PortRow | null)[]
  /** What any of its families offers. */
  readonly auth: readonly string[]
}

const SECURITIES: readonly Security[] = ['tls', 'starttls', 'none']

/** A line for each port and kind of encryption, whether its answer has come or not. */
export function linesOf(table: PortTable): readonly TableLine[] {
  return table.ports.flatMap((port): readonly TableLine[] => {
    const lines = SECURITIES.map(security => {
      const cells = table.addresses.map(
        ({ family }) =>
          table.rows.find(row => row.port === port && row.security === security && row.family === family) ?? null,
      )
      const auth = [...new Set(cells.flatMap(cell => cell?.offersAuth ?? []))]
      const best = table.best?.port === port && table.best.security === security
      return { port, security, best, cells, auth }
    })
    const [first] = lines
    return first && lines.every(({ cells }) => nobodyAnswers(cells)) ? [{ ...first, security: 'any' as const }] : lines
  })
}

const NOBODY: readonly PortRow['outcome'][] = ['refused', 'timed-out', 'unreachable', 'not-permitted', 'stopped']

function nobodyAnswers(cells: TableLine['cells']): boolean {
  return cells.length > 0 && cells.every(cell => cell !== null && NOBODY.includes(cell.outcome))
}

type Words = { readonly word: string; readonly tone: 'ok' | 'warn' | 'bad' | 'idle'; readonly why: string }

/** What an outcome means, for somebody who chooses a port. */
export const OUTCOMES: Readonly<Record<PortRow['outcome'], Words>> = {
  ok: { word: 'Works', tone: 'ok', why: 'A mail server answers here in this way.' },
  untrusted: { word: 'Not trusted', tone: 'warn', why: 'It works, but the certificate is not trusted.' },
  'not-offered': { word: 'Not offered', tone: 'idle', why: 'The server answers and does not offer STARTTLS.' },
  'not-smtp': { word: 'Not SMTP', tone: 'idle', why: 'Something answers that does not speak SMTP in this way.' },
  rejected: { word: 'Turned away', tone: 'bad', why: 'The server answers with a refusal.' },
  silent: { word: 'Silent', tone: 'bad', why: 'The connection opens, and nothing is said on it.' },
  'handshake-failed': { word: 'No TLS', tone: 'idle', why: 'The TLS handshake does not work here.' },
  refused: { word: 'Closed', tone: 'idle', why: 'Nobody listens on this port.' },
  'timed-out': { word: 'No answer', tone: 'idle', why: 'Nothing came back: a firewall, or your network, drops it.' },
  unreachable: { word: 'Unreachable', tone: 'idle', why: 'There is no way to this address from here.' },
  reset: { word: 'Cut off', tone: 'bad', why: 'The connection was cut.' },
  'not-permitted': { word: 'Forbidden', tone: 'bad', why: 'This computer does not let the program connect there.' },
  'proxy-failed': { word: 'Proxy failed', tone: 'bad', why: 'The proxy did not connect.' },
  stopped: { word: 'Stopped', tone: 'idle', why: 'Stopped before an answer came.' },
  failed: { word: 'Failed', tone: 'bad', why: 'The connection failed.' },
}

export const SECURITY_WORDS: Readonly<Record<Security | 'any', string>> = {
  any: 'any',
  tls: 'TLS from the start',
  starttls: 'STARTTLS (upgrade)',
  none: 'no encryption',
}
