import { Badge, Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react'
import type { PortRow } from '#shared/contract/server-info.ts'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { printDuration } from '../shell/time.ts'
import { linesOf, OUTCOMES, type PortTable, SECURITY_WORDS, type TableLine, type Way } from './port-table.ts'
import styles from './server-info.module.css'

type PortsTableProps = {
  readonly host: string
  /** The port that was looked at closely. */
  readonly looked: number
  readonly table: PortTable
  readonly onUse: (way: Way) => void
  readonly onLook: (way: Way) => void
}

/** Which ways in there are, filled as the answers come, the best marked. */
export function PortsTable({ host, looked, table, onUse, onLook }: PortsTableProps) {
  const lines = linesOf(table)
  const left = table.running ? lines.filter(line => line.cells.length === 0 || line.cells.includes(null)).length : 0
  return (
    <Section
      title="Ways in"
      note="Every usual port with every kind of encryption, all at the same time. No password is sent."
      actions={
        <>
          {table.best && <Best way={table.best} onUse={onUse} />}
          {table.bestIfTrusted && <BestIfTrusted way={table.bestIfTrusted} looked={looked} onLook={onLook} />}
        </>
      }
    >
      {table.problem && <ProblemNote what="The ports were not looked at" problem={table.problem} />}
      {table.unresolved !== null && (
        <p className={styles.muted}>
          {table.unresolved === 'not-found'
            ? `There is no address for ${host}, so there is no port to try.`
            : `The name ${host} could not be looked up now, so no port was tried.`}
        </p>
      )}
      {table.running && (
        <p className={styles.progress} role="status">
          <Loader size={14} aria-hidden /> {left === 0 ? 'Beginning' : `${left} of ${lines.length} still to answer`}
        </p>
      )}
      {lines.length > 0 && table.unresolved === null && (
        <div className={styles.scroll} role="region" aria-label="Ports" tabIndex={0}>
          <table className={`${styles.table} ${styles.ports}`}>
            <thead>
              <tr>
                <th scope="col">Port</th>
                <th scope="col">Encryption</th>
                {table.addresses.map(({ family, address }) => (
                  <th key={family} scope="col">
                    IPv{family}
                    <span className={styles.when}>{address}</span>
                  </th>
                ))}
                <th scope="col">Sign-in</th>
                <th scope="col">
                  <span className="mw-unseen">What to do</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map(line => (
                <Line
                  key={`${line.port} ${line.security}`}
                  line={line}
                  looked={line.port === looked}
                  running={table.running}
                  onUse={onUse}
                  onLook={onLook}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}

function Best({ way, onUse }: { readonly way: Way; readonly onUse: (way: Way) => void }) {
  const open = way.security === 'none'
  return (
    <span className={styles.best} data-open={open || undefined}>
      {open ? <IconAlertTriangle size={16} aria-hidden /> : <IconCircleCheck size={16} aria-hidden />}
      {open ? 'Only in the clear works' : 'Best'}: port {way.port}, {SECURITY_WORDS[way.security]}
      <Button size="xs" onClick={() => onUse(way)}>
        Use it
      </Button>
    </span>
  )
}

type BestIfTrustedProps = {
  readonly way: Way
  readonly looked: number
  readonly onLook: (way: Way) => void
}

/** Why none is the best: what would be, and where to see what is wrong with its certificate. */
function BestIfTrusted({ way, looked, onLook }: BestIfTrustedProps) {
  return (
    <span className={styles.best} data-open>
      <IconAlertTriangle size={16} aria-hidden />
      No certificate is trusted. Best with one that is: port {way.port}, {SECURITY_WORDS[way.security]}
      {way.port !== looked && (
        <Button size="xs" variant="default" onClick={() => onLook(way)}>
          See why
        </Button>
      )}
    </span>
  )
}

type LineProps = {
  readonly line: TableLine
  readonly looked: boolean
  readonly running: boolean
  readonly onUse: (way: Way) => void
  readonly onLook: (way: Way) => void
}

function Line({ line, looked, running, onUse, onLook }: LineProps) {
  const { port, security, cells } = line
  const works = cells.some(cell => cell?.outcome === 'ok')
  const answers = works || cells.some(cell => cell?.outcome === 'untrusted')
  const name = `port ${port}, ${SECURITY_WORDS[security]}`
  return (
    <tr data-best={line.best ? security : undefined} data-quiet={!answers || undefined}>
      <th scope="row">{port}</th>
      <td>
        {SECURITY_WORDS[security]}
        {line.best && (
          <Badge size="sm" ml={8} color="indigo" variant="light">
            {security === 'none' ? 'all there is' : 'best'}
          </Badge>
        )}
      </td>
      {cells.map((cell, index) => (
        <td key={index}>{cell === null ? <Waiting running={running} /> : <Cell row={cell} />}</td>
      ))}
      <td className={styles.auth}>{line.auth.join(' ')}</td>
      <td className={styles.actions}>
        {answers && !looked && security !== 'any' && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Look closely at ${name}`}
            onClick={() => onLook({ port, security })}
          >
            Look
          </Button>
        )}
        {works && !line.best && security !== 'any' && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Use ${name}`}
            onClick={() => onUse({ port, security })}
          >
            Use it
          </Button>
        )}
      </td>
    </tr>
  )
}

const ICONS = { ok: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX, idle: IconCircleDashed } as const

function Cell({ row }: { readonly row: PortRow }) {
  const { word, tone, why } = OUTCOMES[row.outcome]
  const Icon = ICONS[tone]
  return (
    <span className={styles.verdict} data-tone={tone} title={`${row.address}: ${why}`}>
      <Icon size={15} aria-hidden />
      {word} <span className={styles.ms}>{printDuration(row.ms)}</span>
    </span>
  )
}

function Waiting({ running }: { readonly running: boolean }) {
  return <span className={styles.muted}>{running ? '…' : 'not known'}</span>
}
