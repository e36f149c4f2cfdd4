import {
  IconFileText,
  IconKey,
  IconMailOff,
  IconMailX,
  IconPlugConnectedX,
  IconTrash,
  type IconProps,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { ENTRANCES, type EntranceId } from './entrances.ts'
import styles from './see-step.module.css'

const ICONS: Readonly<Record<EntranceId, ComponentType<IconProps>>> = {
  connect: IconPlugConnectedX,
  password: IconKey,
  refused: IconMailX,
  spam: IconTrash,
  nothing: IconMailOff,
  text: IconFileText,
}

type SeeStepProps = {
  readonly chosen: EntranceId | null
  readonly onChoose: (entrance: EntranceId) => void
}

/** The six things that people see when mail does not work. */
export function SeeStep({ chosen, onChoose }: SeeStepProps) {
  return (
    <ul className={styles.entrances} aria-label="What do you see?">
      {ENTRANCES.map(({ id, title, line }) => {
        const Icon = ICONS[id]
        return (
          <li key={id}>
            <button
              type="button"
              className={styles.entrance}
              aria-current={chosen === id || undefined}
              onClick={() => onChoose(id)}
            >
              <Icon size={22} stroke={1.6} aria-hidden />
              <span className={styles.entranceWords}>
                <span className={styles.entranceTitle}>{title}</span>
                <span className={styles.line}>{line}</span>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
