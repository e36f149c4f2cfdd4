import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { presetById } from '#shared/account/find-preset.ts'
import type { Candidate, ConfigureResult } from '#shared/contract/discover.ts'
import { printSetting } from '../form/print-setting.ts'
import styles from './where.module.css'

type LookupResultsProps = {
  readonly result: ConfigureResult
  readonly onUse: (candidate: Candidate) => void
  readonly onByHand: () => void
}

const SOURCES: Readonly<Record<Candidate['source'], string>> = {
  provider: 'from the list of providers',
  srv: 'published in the DNS (SRV)',
  mx: "from the domain's mail servers (MX)",
  autoconfig: 'from the autoconfiguration service',
  guess: 'a guess that the test will prove or not',
}

/** What the lookup found, best first, and where it is known from. */
export function LookupResults({ result, onUse, onByHand }: LookupResultsProps) {
  if (result.candidates.length === 0)
    return (
      <div className={styles.nothing} role="status">
        <p>
          Nothing is known about <strong>{result.domain}</strong>. Ask whoever runs its mail for the host and port, or
          choose the provider below.
        </p>
        <Button size="xs" variant="default" onClick={onByHand}>
          I have host and port
        </Button>
      </div>
    )
  return (
    <ul className={styles.found} aria-label="Settings that were found">
      {result.candidates.map((candidate, index) => {
        const preset = candidate.preset === null ? null : presetById(candidate.preset)
        const place = `${candidate.host}:${candidate.port}`
        return (
          <li key={`${place} ${candidate.security} ${candidate.source}`} className={styles.candidate}>
            <div className={styles.candidateWords}>
              <p className={styles.candidateHead}>
                <strong>{preset?.name ?? candidate.host}</strong> <code>{place}</code>{' '}
                <span className={styles.muted}>{printSetting('security', candidate.security)}</span>
              </p>
              <p className={styles.muted}>
                {SOURCES[candidate.source]}
                {candidate.note !== '' && `: ${candidate.note}`}
              </p>
              {candidate.warning !== null && (
                <p className={styles.warning}>
                  <IconAlertTriangle size={15} aria-hidden /> {candidate.warning}
                </p>
              )}
            </div>
            <Button
              size="xs"
              variant={index === 0 ? 'filled' : 'default'}
              aria-label={`Use ${place}`}
              onClick={() => onUse(candidate)}
            >
              Use this
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
