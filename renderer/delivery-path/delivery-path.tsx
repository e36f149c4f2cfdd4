import { Loader } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconPlayerStop,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { RunState } from '../run/run-state.ts'
import { printDuration } from '../shell/time.ts'
import styles from './delivery-path.module.css'
import { describeStep } from '#shared/diagnosis/describe-step.ts'
import { STATION_NAMES, STATION_QUESTIONS, type Station, stationsOf, type StationState } from './stations.ts'

type DeliveryPathProps = { readonly run: RunState }

type Look = {
  readonly word: string
  readonly tone: 'ok' | 'warn' | 'bad' | 'idle'
  readonly Icon: ComponentType<{ size: number; 'aria-hidden': true }>
}

const LOOKS: Readonly<Record<Exclude<StationState, 'running'>, Look>> = {
  untested: { word: 'Not tested', tone: 'idle', Icon: IconCircleDashed },
  waiting: { word: 'Waits', tone: 'idle', Icon: IconCircle },
  done: { word: 'Done', tone: 'ok', Icon: IconCircleCheck },
  warning: { word: 'Done, see below', tone: 'warn', Icon: IconAlertTriangle },
  failed: { word: 'Failed', tone: 'bad', Icon: IconCircleX },
  skipped: { word: 'Skipped', tone: 'idle', Icon: IconCircleMinus },
  cancelled: { word: 'Stopped', tone: 'warn', Icon: IconPlayerStop },
}

/** The way of a message, station by station. */
export function DeliveryPath({ run }: DeliveryPathProps) {
  return (
    <ol className={styles.path} aria-label="Delivery path">
      {stationsOf(run).map(station => (
        <StationItem key={station.id} station={station} />
      ))}
    </ol>
  )
}

function StationItem({ station: { id, state, step } }: { readonly station: Station }) {
  const look = state === 'running' ? null : LOOKS[state]
  return (
    <li className={styles.station} data-tone={look?.tone ?? 'busy'} data-state={state} data-step={id}>
      <span className={styles.rail} aria-hidden />
      <span className={styles.icon}>
        {look ? <look.Icon size={22} aria-hidden /> : <Loader size={18} aria-hidden />}
      </span>
      <div className={styles.head}>
        <span className={styles.name}>{STATION_NAMES[id]}</span>
        {step?.ms != null && <span className={styles.time}>{printDuration(step.ms)}</span>}
      </div>
      <span className={styles.word}>{look?.word ?? 'Runs'}</span>
      <span className={styles.line}>{step ? describeStep(step) : STATION_QUESTIONS[id]}</span>
    </li>
  )
}
