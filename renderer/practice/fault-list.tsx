import { Button, Switch, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { PracticeFault } from '#shared/contract/practice.ts'
import { Section } from '../shell/page.tsx'
import { FAULT_GROUPS, groupFaults } from './group-faults.ts'
import styles from './practice.module.css'

type FaultListProps = {
  readonly faults: readonly PracticeFault[]
  readonly active: readonly string[]
  readonly pending: boolean
  readonly onChange: (active: readonly string[]) => void
}

/** What can go wrong with a mail server, to be switched on. */
export function FaultList({ faults, active, pending, onChange }: FaultListProps) {
  const [query, setQuery] = useState('')
  const groups = groupFaults(faults, query)
  return (
    <Section
      title="Faults"
      note="Switch one on, then test the account: the server misbehaves as real ones do."
      actions={
        <div className={styles.tools}>
          <TextInput
            size="xs"
            aria-label="Find a fault"
            placeholder="Find a fault"
            leftSection={<IconSearch size={15} aria-hidden />}
            value={query}
            onChange={event => setQuery(event.currentTarget.value)}
          />
          <Button size="xs" variant="default" disabled={active.length === 0 || pending} onClick={() => onChange([])}>
            All off
          </Button>
        </div>
      }
    >
      {groups.length === 0 && <p className={styles.none}>No fault is called “{query}”.</p>}
      {groups.map(({ group, faults }) => (
        <div key={group} className={styles.group} role="group" aria-label={FAULT_GROUPS[group]}>
          <h3 className={styles.groupName}>{FAULT_GROUPS[group]}</h3>
          <div className={styles.faults}>
            {faults.map(fault => (
              <Switch
                key={fault.id}
                size="sm"
                label={fault.title}
                description={fault.description}
                checked={active.includes(fault.id)}
                disabled={pending}
                onChange={event =>
                  onChange(event.currentTarget.checked ? [...active, fault.id] : active.filter(id => id !== fault.id))
                }
              />
            ))}
          </div>
        </div>
      ))}
    </Section>
  )
}
