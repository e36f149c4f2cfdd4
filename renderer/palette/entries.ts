import type { AccountView } from '#shared/contract/account-view.ts'
import type { Route } from '../shell/route.ts'

export type PaletteAction =
  | { readonly kind: 'go'; readonly to: Route }
  | { readonly kind: 'test'; readonly id: string }
  | { readonly kind: 'theme'; readonly theme: 'system' | 'light' | 'dark' }

export type PaletteEntry = {
  readonly id: string
  readonly label: string
  /** Beside the label, smaller. */
  readonly detail: string
  readonly action: PaletteAction
}

/** Everything that the palette can do, accounts first. */
export function entriesFor(accounts: readonly AccountView[]): readonly PaletteEntry[] {
  return [
    ...accounts.map(view => accountEntry(view)),
    ...accounts.map(({ account }) => ({
      id: `test ${account.id}`,
      label: `Test connection: ${account.name}`,
      detail: 'Signs in and sends no message',
      action: { kind: 'test', id: account.id } as const,
    })),
    ...accounts.map(({ account }) => ({
      id: `export ${account.id}`,
      label: `Save an msmtprc: ${account.name}`,
      detail: 'Export',
      action: { kind: 'go', to: { page: 'account', id: account.id, tab: 'export' } } as const,
    })),
    ...PAGES,
    ...THEMES,
  ]
}

function accountEntry({ account }: AccountView): PaletteEntry {
  return {
    id: `open ${account.id}`,
    label: account.name,
    detail: [account.from ?? account.user, account.host].filter(Boolean).join(' · '),
    action: { kind: 'go', to: { page: 'account', id: account.id, tab: 'path' } },
  }
}

const go = (to: Route, label: string, detail: string): PaletteEntry => ({
  id: `page ${label}`,
  label,
  detail,
  action: { kind: 'go', to },
})

const PAGES: readonly PaletteEntry[] = [
  go({ page: 'accounts' }, 'Accounts', 'All accounts, import'),
  go({ page: 'add' }, 'Add account', 'Set up a new one'),
  go({ page: 'troubleshoot' }, 'Troubleshoot', 'It does not work: the cause, the proof, the cure'),
  go({ page: 'server-info' }, 'Server info', 'Ports, extensions and certificate of a mail server'),
  go({ page: 'console' }, 'Console', 'Speak SMTP by hand'),
  go({ page: 'domain', tab: 'look' }, 'Domain', 'SPF, DKIM, DMARC, reverse DNS, and what to publish'),
  go({ page: 'domain', tab: 'message' }, 'Check a message', 'Signatures, SPF and DMARC of a message that arrived'),
  go({ page: 'domain', tab: 'key' }, 'New DKIM key', 'A key pair and its record'),
  go({ page: 'config-files', tab: 'edit' }, 'Config files', 'Edit and check an msmtprc'),
  go({ page: 'config-files', tab: 'convert' }, 'Convert settings', 'For another program, between the formats'),
  go({ page: 'practice' }, 'Practice', 'The built-in mail server and its inbox'),
  go({ page: 'settings' }, 'Settings', 'Resolver, time limit, theme, what is stored'),
]

const THEMES: readonly PaletteEntry[] = (['system', 'light', 'dark'] as const).map(theme => ({
  id: `theme ${theme}`,
  label: `Theme: ${theme}`,
  detail: theme === 'system' ? 'As the system' : `Always ${theme}`,
  action: { kind: 'theme', theme },
}))

/** Entries that hold every word of the query; those whose label begins with it come first. */
export function matchingEntries(entries: readonly PaletteEntry[], query: string): readonly PaletteEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = entries.filter(entry => {
    const text = `${entry.label} ${entry.detail}`.toLowerCase()
    return words.every(word => text.includes(word))
  })
  const starts = (entry: PaletteEntry) => (entry.label.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1)
  return words.length === 0 ? found : found.toSorted((a, b) => starts(a) - starts(b))
}
