import { Button, NativeSelect } from '@mantine/core'
import { IconFileText, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { AccountSettings, type Security } from '#shared/account/account.ts'
import { printJson } from '#shared/escape.ts'
import { STATION_DOINGS } from '../delivery-path/stations.ts'
import { WaterfallChart } from '../delivery-path/waterfall-chart.tsx'
import { FindingList } from '../findings/finding-list.tsx'
import { Activity } from '../shell/activity.tsx'
import { Ago } from '../shell/ago.tsx'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { printDuration, printTime } from '../shell/time.ts'
import { TranscriptDialog } from '../transcript/transcript-dialog.tsx'
import { Certificates } from './certificates.tsx'
import { Comparison } from './comparison.tsx'
import { isLooking, type Look, type LookAction } from './look-state.ts'
import type { Asked } from './looks.ts'
import { OfferTable } from './offer-table.tsx'
import { PortsTable } from './ports-table.tsx'
import styles from './server-info.module.css'
import { RiskChecks } from './risk-checks.tsx'
import type { RisksAsked } from './risk-dialog.tsx'
import { ServerFacts } from './server-facts.tsx'
import { timingBars } from './timing-bars.ts'

type LookViewProps = {
  readonly look: Look
  readonly all: readonly Look[]
  readonly comparedWith: number | null
  readonly dispatch: (action: LookAction) => void
  readonly onStop: () => void
  readonly onLook: (asked: Asked) => void
  readonly onCheck: (asked: RisksAsked) => void
  readonly onUse: (way: { readonly host: string; readonly port: number; readonly security: Security }) => void
}

/** Everything that one look saw, as it arrives. */
export function LookView({ look, all, comparedWith, dispatch, onStop, onLook, onCheck, onUse }: LookViewProps) {
  /** The transcript is shown, perhaps at one of its lines. */
  const [transcript, setTranscript] = useState<{ readonly line: number | null } | null>(null)
  const { host, port, info } = look
  const other = all.find(({ id }) => id === comparedWith)
  const settings = AccountSettings.parse({ port, auth: 'none' })
  const bars = info ? timingBars(info) : []
  const { versions } = look
  const findings = [...look.findings, ...(versions.kind === 'known' ? versions.findings : [])]
  return (
    <div aria-busy={isLooking(look)}>
      <div className={styles.bar}>
        <h2 className={styles.place}>
          {host}
          <span className={styles.port}>port {port}</span>
        </h2>
        <LookLine look={look} onStop={onStop} />
        <span className={styles.spring} />
        {!isLooking(look) && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={() => onLook({ host, port, security: look.security })}
          >
            Look again
          </Button>
        )}
        {look.lines.length > 0 && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFileText size={14} aria-hidden />}
            onClick={() => setTranscript({ line: null })}
          >
            Transcript
          </Button>
        )}
        {info && <CopyButton text={() => printJson(info, 2)} what="as JSON" labelled />}
      </div>
      {all.length > 1 && <Earlier look={look} all={all} comparedWith={comparedWith} dispatch={dispatch} />}
      {look.problem && <ProblemNote what={`${host} was not looked at`} problem={look.problem} />}
      {other && <Compared look={look} other={other} />}
      {findings.length > 0 && (
        <Section title="What is wrong, or odd">
          <FindingList
            findings={findings}
            settings={settings}
            lines={look.lines}
            busy={false}
            actions={null}
            onShowLine={line => setTranscript({ line })}
          />
        </Section>
      )}
      {info && (info.address !== null || info.banner !== null) && (
        <ServerFacts info={info} softwareRestsOn={look.softwareRestsOn} versions={look.versions} />
      )}
      <PortsTable
        host={host}
        looked={port}
        table={look.ports}
        onUse={way => onUse({ host, ...way })}
        onLook={way => onLook({ host, ...way })}
      />
      {info && <OfferTable capabilities={info.capabilities} />}
      {info?.tls && <Certificates tls={info.tls} />}
      {info && look.phase === 'ended' && info.banner !== null && (
        <RiskChecks
          host={host}
          offersStarttls={info.capabilities.plain?.starttls ?? false}
          checks={look.checks}
          settings={settings}
          onCheck={onCheck}
        />
      )}
      {bars.length > 0 && (
        <Section title="Where the time went">
          <WaterfallChart bars={bars} />
        </Section>
      )}
      {transcript && (
        <TranscriptDialog
          run={look}
          name={`${host}-${port}`}
          shownLine={transcript.line}
          onClose={() => setTranscript(null)}
        />
      )}
    </div>
  )
}

/** Two servers as they were chosen; one server now and then in the order of time. */
function Compared({ look, other }: { readonly look: Look; readonly other: Look }) {
  const same = look.host === other.host && look.port === other.port
  const [left, right] = same && (other.startedAt ?? '') < (look.startedAt ?? '') ? [other, look] : [look, other]
  if (left.info === null || right.info === null) return null
  return (
    <Comparison
      left={{ info: left.info, at: left.startedAt, lines: left.lines }}
      right={{ info: right.info, at: right.startedAt, lines: right.lines }}
    />
  )
}

function LookLine({ look, onStop }: { readonly look: Look; readonly onStop: () => void }) {
  if (isLooking(look)) {
    const doing =
      look.phase === 'stopping'
        ? 'Stopping'
        : look.phase === 'ended'
          ? look.ports.running
            ? 'Waiting for the other ports'
            : look.checks.kind === 'asking'
              ? 'Trying whether the server is at risk'
              : 'Trying the versions of TLS'
          : look.current
            ? STATION_DOINGS[look.current]
            : 'Starting'
    return <Activity doing={doing} startedAt={look.beganAt} {...(look.phase !== 'stopping' && { onStop })} />
  }
  return (
    <span className={styles.muted}>
      {look.info && `${printDuration(look.info.timings.totalMs)} · `}
      {look.startedAt !== null && <Ago at={look.startedAt} />}
    </span>
  )
}

type EarlierProps = Pick<LookViewProps, 'look' | 'all' | 'comparedWith' | 'dispatch'>

function Earlier({ look, all, comparedWith, dispatch }: EarlierProps) {
  const label = ({ host, port, startedAt }: Look) =>
    `${host}, port ${port}${startedAt === null ? '' : `, ${printTime(startedAt)}`}`
  const others = all.filter(({ id, info }) => id !== look.id && info !== null)
  return (
    <div className={styles.earlier}>
      <NativeSelect
        size="xs"
        label="Shown"
        value={String(look.id)}
        data={all.map(each => ({ value: String(each.id), label: label(each) }))}
        onChange={event => dispatch({ kind: 'show', id: Number(event.currentTarget.value) })}
      />
      {look.info && others.length > 0 && (
        <NativeSelect
          size="xs"
          label="Side by side with"
          value={comparedWith === null ? '' : String(comparedWith)}
          data={[
            { value: '', label: 'nothing' },
            ...others.map(each => ({ value: String(each.id), label: label(each) })),
          ]}
          onChange={event => {
            const { value } = event.currentTarget
            dispatch({ kind: 'compare', id: value === '' ? null : Number(value) })
          }}
        />
      )}
    </div>
  )
}
