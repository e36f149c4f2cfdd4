import { ActionIcon, Kbd, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  IconFileCode,
  IconFlask,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconMailbox,
  IconPlus,
  IconSearch,
  IconShieldCheck,
  IconServer2,
  IconSettings,
  IconStethoscope,
  IconTerminal2,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useState } from 'react'
import type { AccountView } from '#shared/contract/account-view.ts'
import { printRoute, type Route } from './route.ts'
import { keysFor } from './shortcuts.ts'
import { SidebarEdge } from './sidebar-edge.tsx'
import styles from './sidebar.module.css'
import { VerdictMark } from './verdict.tsx'

type SidebarProps = {
  readonly route: Route
  readonly accounts: readonly AccountView[]
  readonly width: number
  readonly onWidth: (width: number) => void
  readonly onSearch: () => void
}

export function Sidebar({ route, accounts, width, onWidth, onSearch }: SidebarProps) {
  const narrow = useMediaQuery('(max-width: 820px)') ?? false
  const [choice, setChoice] = useState<boolean | null>(null)
  const [draggedWidth, setDraggedWidth] = useState<number | null>(null)
  const folded = choice ?? narrow
  const shownWidth = folded ? 56 : (draggedWidth ?? width)
  return (
    <nav className={styles.sidebar} data-folded={folded || undefined} style={{ width: shownWidth }} aria-label="Pages">
      <div className={styles.top}>
        {!folded && <span className={styles.brand}>Mailwright</span>}
        <Tooltip label={folded ? 'Widen the sidebar' : 'Fold the sidebar'} position="right">
          <ActionIcon
            aria-label={folded ? 'Widen the sidebar' : 'Fold the sidebar'}
            aria-expanded={!folded}
            onClick={() => setChoice(!folded)}
          >
            {folded ? (
              <IconLayoutSidebarLeftExpand size={18} aria-hidden />
            ) : (
              <IconLayoutSidebarLeftCollapse size={18} aria-hidden />
            )}
          </ActionIcon>
        </Tooltip>
      </div>
      <button
        type="button"
        className={styles.search}
        onClick={onSearch}
        aria-label="Search accounts, pages and actions"
      >
        <IconSearch size={16} aria-hidden />
        {!folded && (
          <>
            <span className={styles.label}>Search</span>
            <Kbd size="xs">{keysFor('K')}</Kbd>
          </>
        )}
      </button>
      <div className={styles.list}>
        {PAGES.map(page => (
          <Item key={page.label} {...page} current={route.page === page.to.page} folded={folded} />
        ))}
        {!folded && accounts.length > 0 && (
          <ul className={styles.accounts} aria-label="Accounts">
            {accounts.map(view => (
              <li key={view.account.id}>
                <a
                  className={styles.account}
                  title={view.account.name}
                  href={printRoute({ page: 'account', id: view.account.id, tab: 'path' })}
                  aria-current={route.page === 'account' && route.id === view.account.id ? 'page' : undefined}
                >
                  <VerdictMark verdict={view.lastRun?.verdict ?? null} small />
                  <span className={styles.label}>{view.account.name}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Item {...SETTINGS} current={route.page === SETTINGS.to.page} folded={folded} />
      {!folded && (
        <SidebarEdge
          width={shownWidth}
          onDrag={setDraggedWidth}
          onDone={chosen => {
            setDraggedWidth(chosen)
            onWidth(chosen)
          }}
        />
      )}
    </nav>
  )
}

type Destination = {
  readonly to: Route
  readonly label: string
  readonly Icon: ComponentType<{ size: number; 'aria-hidden': true }>
}

const PAGES: readonly Destination[] = [
  { to: { page: 'accounts' }, label: 'Accounts', Icon: IconMailbox },
  { to: { page: 'add' }, label: 'Add account', Icon: IconPlus },
  { to: { page: 'troubleshoot' }, label: 'Troubleshoot', Icon: IconStethoscope },
  { to: { page: 'server-info' }, label: 'Server info', Icon: IconServer2 },
  { to: { page: 'console' }, label: 'Console', Icon: IconTerminal2 },
  { to: { page: 'domain', tab: 'look' }, label: 'Domain', Icon: IconShieldCheck },
  { to: { page: 'config-files', tab: 'edit' }, label: 'Config files', Icon: IconFileCode },
  { to: { page: 'practice' }, label: 'Practice', Icon: IconFlask },
]

const SETTINGS: Destination = { to: { page: 'settings' }, label: 'Settings', Icon: IconSettings }

type ItemProps = Destination & { readonly current: boolean; readonly folded: boolean }

function Item({ to, current, label, folded, Icon }: ItemProps) {
  return (
    <Tooltip label={label} position="right" disabled={!folded}>
      <a className={styles.item} href={printRoute(to)} aria-current={current ? 'page' : undefined} aria-label={label}>
        <Icon size={18} aria-hidden />
        {!folded && <span className={styles.label}>{label}</span>}
      </a>
    </Tooltip>
  )
}
