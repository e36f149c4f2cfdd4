import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { Forecast, ForecastLeg, ReceiverForecast, Sure } from '#shared/domain/forecast.ts'
import styles from './domain.module.css'
import own from './forecast.module.css'
import { StateMark, type Tone } from './state-mark.tsx'

const SURE: Readonly<Record<Sure, { readonly tone: Tone; readonly word: string }>> = {
  yes: { tone: 'ok', word: 'Yes' },
  no: { tone: 'bad', word: 'No' },
  unknown: { tone: 'idle', word: 'Not known' },
}
const TONE: Readonly<Record<Sure, string>> = { yes: 'ok', no: 'bad', unknown: 'idle' }

/** Before a message is sent: which of SPF and DKIM will carry DMARC, and whether that is enough for the large receivers. */
export function ForecastView({ forecast }: { readonly forecast: Forecast }) {
  const { spf, dkim, passes, summary, source, receivers } = forecast
  const changes = [...spf.change, ...dkim.change]
  return (
    <div className={own.forecast} data-tone={TONE[passes]}>
      <p className={own.summary}>{summary}</p>
      <div className={own.legs}>
        <Leg name="SPF" leg={spf} />
        <Leg name="DKIM" leg={dkim} />
      </div>
      {passes !== 'yes' && changes.length > 0 && (
        <>
          <h4 className={own.small}>What to change</h4>
          <ul className={styles.bullets}>
            {changes.map(change => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      )}
      <h4 className={own.small}>What large receivers ask for</h4>
      <ul className={own.receivers}>
        {receivers.map(receiver => (
          <Receiver key={receiver.id} receiver={receiver} />
        ))}
      </ul>
      {source !== null && (
        <p className={styles.quiet}>
          About {forecast.provider}: {source.text} ({source.evidence}
          {source.url !== null && (
            <>
              , <Source url={source.url} />
            </>
          )}
          ).
        </p>
      )}
    </div>
  )
}

function Leg({ name, leg }: { readonly name: string; readonly leg: ForecastLeg }) {
  return (
    <section className={own.leg} aria-label={`${name} forecast`}>
      <h4 className={own.legName}>
        {name} {leg.domain !== null && <span className={styles.quiet}>for {leg.domain}</span>}
      </h4>
      <dl className={own.sure}>
        <dt>Passes</dt>
        <dd>
          <StateMark {...SURE[leg.passes]} />
        </dd>
        <dt>Aligned</dt>
        <dd>
          <StateMark {...SURE[leg.aligned]} />
        </dd>
        <dt>Carries DMARC</dt>
        <dd>
          <StateMark {...SURE[leg.carries]} />
        </dd>
      </dl>
      {leg.why.map(why => (
        <p key={why} className={styles.words}>
          {why}
        </p>
      ))}
    </section>
  )
}

const MET = {
  yes: { tone: 'ok', word: 'Met' },
  no: { tone: 'bad', word: 'Not met' },
  unknown: { tone: 'idle', word: 'Not known' },
  unseen: { tone: 'idle', word: 'Not in the DNS' },
} as const

function Receiver({ receiver }: { readonly receiver: ReceiverForecast }) {
  const { name, everybody, bulk, since, evidence, url } = receiver
  return (
    <li className={own.receiver}>
      <h5 className={own.legName}>{name}</h5>
      {everybody.length > 0 && <Rules title="From everybody" rules={everybody} />}
      <Rules title={`From about ${bulk.perDay.toLocaleString('en')} messages a day`} rules={bulk.rules} />
      <p className={styles.quiet}>
        {since} ({evidence}
        {url !== null && (
          <>
            , <Source url={url} />
          </>
        )}
        )
      </p>
    </li>
  )
}

function Rules({ title, rules }: { readonly title: string; readonly rules: ReceiverForecast['everybody'] }) {
  return (
    <>
      <p className={own.rulesTitle}>{title}</p>
      <ul className={own.rules}>
        {rules.map(({ text, met }) => (
          <li key={text}>
            <span>{text}</span> <StateMark {...MET[met]} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Source({ url }: { readonly url: string }) {
  return (
    <Anchor href={url} target="_blank" rel="noreferrer noopener" inherit className={own.source}>
      {new URL(url).hostname} <IconExternalLink size={12} aria-hidden />
    </Anchor>
  )
}
