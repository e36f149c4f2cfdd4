import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { ReceiverForecast } from '#shared/domain/forecast.ts'
import styles from './domain.module.css'
import own from './forecast.module.css'
import { StateMark } from './state-mark.tsx'

const MET = {
  yes: { tone: 'ok', word: 'Met' },
  no: { tone: 'bad', word: 'Not met' },
  unknown: { tone: 'idle', word: 'Not known' },
  unseen: { tone: 'idle', word: 'Not in the DNS' },
  provider: { tone: 'idle', word: 'The provider’s task' },
} as const

type ReceiversTableProps = { readonly receivers: readonly ReceiverForecast[] }

/** Each rule of the large receivers and whether it is met, with the date and the source of the rules. */
export function ReceiversTable({ receivers }: ReceiversTableProps) {
  const rules = [
    ...new Set(receivers.flatMap(({ everybody, bulk }) => [...everybody, ...bulk.rules].map(rule => rule.text))),
  ]
  return (
    <>
      <table className={own.receivers}>
        <thead>
          <tr>
            <th scope="col">
              <span className="mw-unseen">Rule</span>
            </th>
            {receivers.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rules.map(text => (
            <tr key={text}>
              <th scope="row">{text}</th>
              {receivers.map(receiver => (
                <Cell key={receiver.id} receiver={receiver} text={text} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {receivers.map(({ id, name, bulk, since, evidence, url }) => (
        <p key={id} className={styles.quiet}>
          {name}: bulk begins at about {bulk.perDay.toLocaleString('en')} messages a day; {since} ({evidence}
          {url !== null && (
            <>
              , <Source url={url} />
            </>
          )}
          ).
        </p>
      ))}
    </>
  )
}

function Cell({ receiver, text }: { readonly receiver: ReceiverForecast; readonly text: string }) {
  const always = receiver.everybody.find(rule => rule.text === text)
  const rule = always ?? receiver.bulk.rules.find(one => one.text === text)
  if (rule === undefined) {
    return (
      <td>
        <span className={styles.quiet}>not asked for</span>
      </td>
    )
  }
  return (
    <td>
      <StateMark {...MET[rule.met]} />
      <span className={own.whom}>{always ? 'everybody' : 'bulk'}</span>
    </td>
  )
}

export function Source({ url }: { readonly url: string }) {
  return (
    <Anchor href={url} target="_blank" rel="noreferrer noopener" inherit className={own.source ?? ''}>
      {new URL(url).hostname} <IconExternalLink size={12} aria-hidden />
    </Anchor>
  )
}
