import type { Forecast, ForecastLeg, Sure } from '#shared/domain/forecast.ts'
import styles from './domain.module.css'
import own from './forecast.module.css'
import { ReceiversTable, Source } from './receivers-table.tsx'
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
          <h3 className={own.small}>What to change</h3>
          <ul className={styles.bullets}>
            {changes.map(change => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      )}
      <h3 className={own.small}>What large receivers ask for</h3>
      <ReceiversTable receivers={receivers} />
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
      <h3 className={own.legName}>
        {name} {leg.domain !== null && <span className={styles.quiet}>for {leg.domain}</span>}
      </h3>
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
