import { Modal } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import { entriesFor, matchingEntries, type PaletteAction } from './entries.ts'
import styles from './palette.module.css'

type PaletteProps = {
  readonly accounts: readonly AccountView[]
  readonly onClose: () => void
  readonly onChoose: (action: PaletteAction) => void
}

/** A list would be too long to draw at once; nobody reads beyond the first screens without typing. */
const MOST_SHOWN = 50

/** Accounts, pages and actions by name, for the keyboard. */
export function Palette({ accounts, onClose, onChoose }: PaletteProps) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const listId = useId()
  const found = matchingEntries(entriesFor(accounts), query).slice(0, MOST_SHOWN)
  const at = Math.min(active, found.length - 1)
  const optionId = (index: number) => `${listId}-${index}`
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [listId, at])

  const choose = (index: number) => {
    const entry = found[index]
    if (!entry) return
    onClose()
    onChoose(entry.action)
  }
  const press = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: found.length - 1,
    }
    const next = moves[event.key]
    if (next !== undefined) {
      event.preventDefault()
      setActive((next + found.length) % Math.max(1, found.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      choose(at)
    }
  }

  return (
    <Modal.Root opened onClose={onClose} lockScroll={false} yOffset="12vh" size={560}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label="Search accounts, pages and actions">
        <Modal.Body p={0}>
          <div className={styles.search}>
            <IconSearch size={18} aria-hidden />
            <input
              autoFocus
              data-autofocus
              className={styles.input}
              role="combobox"
              aria-label="Search accounts, pages and actions"
              aria-expanded
              aria-controls={listId}
              aria-activedescendant={found.length > 0 ? optionId(at) : undefined}
              placeholder="Account, page or action"
              value={query}
              onChange={event => {
                setQuery(event.currentTarget.value)
                setActive(0)
              }}
              onKeyDown={press}
            />
          </div>
          <ul id={listId} role="listbox" aria-label="Found" className={styles.list}>
            {found.map((entry, index) => (
              <li
                key={entry.id}
                id={optionId(index)}
                role="option"
                aria-selected={index === at}
                className={styles.entry}
                onClick={() => choose(index)}
                onMouseMove={() => setActive(index)}
              >
                <span className={styles.label}>{entry.label}</span>
                <span className={styles.detail}>{entry.detail}</span>
              </li>
            ))}
          </ul>
          {found.length === 0 && (
            <p className={styles.none} role="status">
              Nothing is called “{query}”.
            </p>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
