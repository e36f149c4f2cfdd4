import { Tabs } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Loading } from '../shell/loading.tsx'
import { navigate } from '../shell/navigation.ts'
import { Page } from '../shell/page.tsx'
import { DOMAIN_TABS, type DomainTab } from '../shell/route.ts'
import styles from './domain.module.css'
import { LookTab } from './look-tab.tsx'

const MessageTab = lazy(async () => ({ default: (await import('./message-tab.tsx')).MessageTab }))
const KeyTab = lazy(async () => ({ default: (await import('./key-tab.tsx')).KeyTab }))

const TAB_NAMES: Readonly<Record<DomainTab, string>> = {
  look: 'Look at a domain',
  message: 'Check a message',
  key: 'New DKIM key',
}

/** Can mail from this domain be trusted? */
export function DomainPage({ tab }: { readonly tab: DomainTab }) {
  const goTo = (next: string | null) => {
    const known = DOMAIN_TABS.find(candidate => candidate === next)
    if (known) navigate({ page: 'domain', tab: known })
  }
  return (
    <Page
      title="Domain"
      lead="Can mail from this domain be trusted? What is published, what receivers conclude, and the exact records to publish."
    >
      <Tabs value={tab} onChange={goTo} keepMounted={false}>
        <Tabs.List>
          {DOMAIN_TABS.map(name => (
            <Tabs.Tab key={name} value={name}>
              {TAB_NAMES[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={styles.panel}>
          <Suspense fallback={<Loading doing="Opening" />}>
            {tab === 'look' && <LookTab />}
            {tab === 'message' && <MessageTab />}
            {tab === 'key' && <KeyTab />}
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
