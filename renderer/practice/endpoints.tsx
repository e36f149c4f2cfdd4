import { Button } from '@mantine/core'
import type { PracticeEndpoint, PracticeStatus } from '#shared/contract/practice.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { Section } from '../shell/page.tsx'
import styles from './practice.module.css'

type EndpointsProps = {
  readonly status: PracticeStatus
  readonly pending: boolean
  readonly onMakeAccount: (endpoint: PracticeEndpoint) => void
}

const SECURITIES = { none: 'none', starttls: 'STARTTLS (upgrade)', tls: 'TLS from the start' } as const

export function Endpoints({ status, pending, onMakeAccount }: EndpointsProps) {
  return (
    <Section
      title="Doors"
      note="Each is a port as a mail server has it. An account made here gets its password by itself."
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Address</th>
            <th scope="col">Encryption</th>
            <th scope="col">User name</th>
            <th scope="col">
              <span className="mw-unseen">Account</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {status.smtp.map(endpoint => {
            const address = `${endpoint.host}:${endpoint.port}`
            return (
              <tr key={`${address} ${endpoint.security}`}>
                <td>
                  <span className={styles.value}>
                    <code>{address}</code>
                    <CopyButton text={address} what="address" />
                  </span>
                </td>
                <td>{SECURITIES[endpoint.security]}</td>
                <td>{endpoint.user === null ? 'nobody signs in' : <code>{endpoint.user}</code>}</td>
                <td className={styles.action}>
                  <Button
                    size="compact-xs"
                    variant="default"
                    disabled={pending}
                    aria-label={`Make an account for ${address}`}
                    onClick={() => onMakeAccount(endpoint)}
                  >
                    Make an account
                  </Button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <dl className={styles.facts}>
        {status.dns && <Fact name="DNS server" value={`${status.dns.host}:${status.dns.port}`} />}
        {status.caFile !== null && <Fact name="CA file" value={status.caFile} />}
        {status.inboxUrl !== null && <Fact name="Inbox page" value={status.inboxUrl} />}
      </dl>
    </Section>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={styles.value}>
        <code>{value}</code>
        <CopyButton text={value} what={name} />
      </dd>
    </>
  )
}
