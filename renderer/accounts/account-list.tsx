import { ActionIcon, Badge, Menu } from '@mantine/core'
import { IconCopyPlus, IconDots, IconPencil, IconStar, IconTrash } from '@tabler/icons-react'
import type { AccountView } from '#shared/contract/account-view.ts'
import { Ago } from '../shell/ago.tsx'
import { printRoute } from '../shell/route.ts'
import { VerdictMark } from '../shell/verdict.tsx'
import styles from './account-list.module.css'
import type { AccountActions } from './use-account-actions.ts'

type AccountListProps = {
  readonly accounts: readonly AccountView[]
  readonly actions: Pick<AccountActions, 'duplicate' | 'setDefault' | 'remove'>
  readonly onRename: (view: AccountView) => void
  /** Of a preset's id. */
  readonly providerName: (id: string | null) => string | null
}

export function AccountList({ accounts, actions, onRename, providerName }: AccountListProps) {
  return (
    <ul className={styles.list} aria-label="Accounts">
      {accounts.map(view => (
        <AccountRow
          key={view.account.id}
          view={view}
          actions={actions}
          onRename={() => onRename(view)}
          providerName={providerName}
        />
      ))}
    </ul>
  )
}

type AccountRowProps = {
  readonly view: AccountView
  readonly actions: AccountListProps['actions']
  readonly onRename: () => void
  readonly providerName: AccountListProps['providerName']
}

function AccountRow({ view, actions, onRename, providerName }: AccountRowProps) {
  const { account, lastRun } = view
  const sender = account.from ?? account.user
  const provider = providerName(account.provider)
  return (
    <li className={styles.row}>
      <div className={styles.main}>
        <div className={styles.nameLine}>
          <a className={styles.name} href={printRoute({ page: 'account', id: account.id, tab: 'path' })}>
            {account.name}
          </a>
          {view.isDefault && (
            <Badge className={styles.badge} variant="light" color="gray" size="sm" tt="none" fw={500}>
              default
            </Badge>
          )}
        </div>
        <div className={styles.detail}>
          {provider !== null && <span>{provider}</span>}
          {sender !== null && <span>{sender}</span>}
          <span className={styles.host}>{account.socket ?? account.host}</span>
        </div>
      </div>
      <div className={styles.state}>
        <VerdictMark verdict={lastRun?.verdict ?? null} />
        <span className={styles.when}>
          <StateLine view={view} />
        </span>
      </div>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon className={styles.menu} aria-label={`More for ${account.name}`}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onRename}>
            Rename
          </Menu.Item>
          <Menu.Item leftSection={<IconCopyPlus size={16} aria-hidden />} onClick={() => actions.duplicate(view)}>
            Duplicate
          </Menu.Item>
          <Menu.Item
            leftSection={<IconStar size={16} aria-hidden />}
            disabled={view.isDefault}
            onClick={() => actions.setDefault(view)}
          >
            Make it the default
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => actions.remove(view)}>
            Remove
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}

function StateLine({ view: { lastRun, lastWorkedAt } }: { readonly view: AccountView }) {
  if (!lastRun) return null
  if (lastRun.verdict === 'works') return <Ago at={lastRun.startedAt} />
  return (
    <>
      {lastRun.headline !== null && `${lastRun.headline} · `}
      {lastWorkedAt === null ? (
        'has not worked yet'
      ) : (
        <>
          last worked <Ago at={lastWorkedAt} />
        </>
      )}
    </>
  )
}
