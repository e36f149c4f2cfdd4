import { Checkbox } from '@mantine/core'
import { useMemo, useState } from 'react'
import { maskReport } from '#shared/report/mask.ts'
import type { Report } from '#shared/report/report.ts'
import { ReportDownload } from '../account/report-download.tsx'
import styles from './troubleshoot.module.css'

const KINDS = { address: 'address', host: 'host', ip: 'IP address', file: 'file', name: 'name' } as const

/** The run to hand to somebody else, with names left out if the person wants that, and shown beforehand. */
export function ReportSection({ report }: { readonly report: Report }) {
  const [addresses, setAddresses] = useState(false)
  const [hosts, setHosts] = useState(false)
  const { report: shown, masked } = useMemo(
    () => (addresses || hosts ? maskReport(report, { addresses, hosts }) : { report, masked: [] }),
    [report, addresses, hosts],
  )
  return (
    <>
      <ReportDownload report={shown} />
      <fieldset className={styles.masking}>
        <legend>Leave out</legend>
        <Checkbox
          label="Mail addresses and names of people"
          checked={addresses}
          onChange={event => setAddresses(event.currentTarget.checked)}
        />
        <Checkbox
          label="Names and addresses of machines"
          checked={hosts}
          onChange={event => setHosts(event.currentTarget.checked)}
        />
      </fieldset>
      {(addresses || hosts) && (
        <details className={styles.masked} open>
          <summary>{masked.length === 1 ? 'One thing is masked' : `${masked.length} things are masked`}</summary>
          <table className={styles.side}>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">In the report</th>
                <th scope="col">Stands for</th>
              </tr>
            </thead>
            <tbody>
              {masked.map(({ kind, value, becomes }) => (
                <tr key={value}>
                  <td>{KINDS[kind]}</td>
                  <td>
                    <code>{becomes}</code>
                  </td>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  )
}
