import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { findPresetsByName } from '#shared/account/find-preset.ts'
import styles from './where.module.css'

type ProviderSearchProps = { readonly onProvider: (presetId: string) => void }

/** Every provider that is known, by name, host or domain. */
export function ProviderSearch({ onProvider }: ProviderSearchProps) {
  const [query, setQuery] = useState('')
  const found = findPresetsByName(query)
  return (
    <div className={styles.search}>
      <TextInput
        aria-label="Find a provider"
        placeholder="Name, host or domain"
        leftSection={<IconSearch size={16} aria-hidden />}
        data-autofocus
        value={query}
        onChange={event => setQuery(event.currentTarget.value)}
      />
      <ul className={styles.providers} aria-label="Providers">
        {found.map(preset => (
          <li key={preset.id}>
            <button type="button" className={styles.provider} onClick={() => onProvider(preset.id)}>
              <span>{preset.name}</span>
              <span className={styles.muted}>{preset.hosts[0]?.host}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className={styles.muted} role="status">
          No provider is called “{query}”. With its host and port from the provider's help pages, choose “I have host
          and port”.
        </p>
      )}
    </div>
  )
}
