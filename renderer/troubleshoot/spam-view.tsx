import { Button } from '@mantine/core'
import { AccountSettings } from '#shared/account/account.ts'
import { look, stopLook } from '../domain/looks.ts'
import { FindingList } from '../findings/finding-list.tsx'
import { DnsChanges } from '../findings/dns-changes.tsx'
import { Activity } from '../shell/activity.tsx'
import { navigate } from '../shell/navigation.ts'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useStore } from '../shell/store.ts'
import styles from './troubleshoot.module.css'

const NO_SETTINGS = AccountSettings.parse({})

/** What the DNS says about the sending domain, and the question that only the message itself answers. */
export function SpamView() {
  const state = useStore(look)
  const { findings, changes, problem, phase, asked, beganAt } = state
  const running = phase === 'looking'
  const known = findings ?? []
  return (
    <>
      {running && (
        <Activity doing={`Asking the DNS about ${asked?.domain ?? ''}`} startedAt={beganAt} onStop={stopLook} />
      )}
      {problem && <ProblemNote what="The domain was not looked at" problem={problem} />}
      {known.length > 0 && (
        <Section title="What the DNS says about it">
          <FindingList
            findings={known}
            settings={NO_SETTINGS}
            lines={[]}
            busy={running}
            actions={null}
            onShowLine={null}
          />
        </Section>
      )}
      {!running && problem === null && known.every(({ severity }) => severity === 'info') && (
        <p className={styles.does}>
          The records of {asked?.domain ?? 'the domain'} are in order. Then it is the content, the reputation of the
          sending address, or how the message was signed on its way.
        </p>
      )}
      {changes.length > 0 && (
        <Section title="Records to publish" note="Everything together, each record once.">
          <DnsChanges changes={changes} />
        </Section>
      )}
      {!running && (
        <Section
          title="The one test that decides"
          note="Open a message that landed in spam, show its source, and check it: its header says which of SPF, DKIM and DMARC failed, and the receiver often says why."
        >
          <div className={styles.bar}>
            <Button variant="default" onClick={() => navigate({ page: 'domain', tab: 'message' })}>
              Check a message that arrived
            </Button>
            <Button variant="default" onClick={() => navigate({ page: 'domain', tab: 'look' })}>
              Everything about the domain
            </Button>
          </div>
        </Section>
      )}
    </>
  )
}
