import { Button, Switch, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react'
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
      <div className={styles.groups}>
        {groups.map(({ group, faults }) => (
          <FaultGroup
            key={group}
            name={FAULT_GROUPS[group]}
            faults={faults}
            active={active}
            searching={query.trim() !== ''}
            pending={pending}
            onToggle={(id, on) => onChange(on ? [...active, id] : active.filter(other => other !== id))}
          />
        ))}
      </div>
    </Section>
  )
}

type FaultGroupProps = {
  readonly name: string
  readonly faults: readonly PracticeFault[]
  readonly active: readonly string[]
  /** What was searched for is shown without unfolding anything. */
  readonly searching: boolean
  readonly pending: boolean
  readonly onToggle: (id: string, on: boolean) => void
}

function FaultGroup({ name, faults, active, searching, pending, onToggle }: FaultGroupProps) {
  const on = faults.filter(fault => active.includes(fault.id)).length
  const [choice, setChoice] = useState<boolean | null>(null)
  const open = searching || (choice ?? on > 0)
  return (
    <div className={styles.group}>
      <h3 className={styles.groupName}>
        <button type="button" className={styles.groupButton} aria-expanded={open} onClick={() => setChoice(!open)}>
          {open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
          {name}
          <span className={styles.count}>{faults.length}</span>
          {on > 0 && <span className={styles.on}>{on} on</span>}
        </button>
      </h3>
      {open && (
        <div className={styles.faults}>
          {faults.map(fault => (
            <Switch
              key={fault.id}
              size="sm"
              label={fault.title}
              description={fault.description}
              checked={active.includes(fault.id)}
              disabled={pending}
              onChange={event => onToggle(fault.id, event.currentTarget.checked)}
            />
          ))}
        </div>
      )}
    </div>
  )
}
