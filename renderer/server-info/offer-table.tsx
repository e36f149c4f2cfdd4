import type { ServerInfo } from '#shared/contract/server-info.ts'
import { Section } from '../shell/page.tsx'
import { CHANGE_WORDS, type Offer, offersOf } from './offers.ts'
import styles from './server-info.module.css'

type OfferTableProps = { readonly capabilities: ServerInfo['capabilities'] }

/** Each extension of EHLO, what it means, and what changes behind TLS. */
export function OfferTable({ capabilities }: OfferTableProps) {
  const { plain, tls } = capabilities
  if (plain === null && tls === null) return null
  const offers = offersOf(capabilities)
  const both = plain !== null && tls !== null
  return (
    <Section
      title="What it offers"
      note={
        both
          ? 'Before TLS and behind it. What counts is the list behind TLS: the other can be changed on the way.'
          : tls === null
            ? 'In the clear.'
            : 'Behind TLS.'
      }
    >
      {offers.length === 0 ? (
        <p className={styles.muted}>Nothing: the server knows HELO only, or EHLO without extensions.</p>
      ) : (
        <div className={styles.scroll} role="region" aria-label="Extensions" tabIndex={0}>
          <table className={`${styles.table} ${styles.offers}`}>
            <thead>
              <tr>
                <th scope="col">Extension</th>
                {plain !== null && <th scope="col">{both ? 'Before TLS' : 'Offered'}</th>}
                {tls !== null && <th scope="col">{both ? 'Behind TLS' : 'Offered'}</th>}
                <th scope="col">What it means</th>
              </tr>
            </thead>
            <tbody>
              {offers.map(offer => (
                <Row key={offer.keyword} offer={offer} plain={plain !== null} tls={tls !== null} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}

function Row({ offer, plain, tls }: { readonly offer: Offer; readonly plain: boolean; readonly tls: boolean }) {
  const { keyword, known, change } = offer
  const changed = change !== null && change !== 'same'
  return (
    <tr data-changed={changed || undefined}>
      <th scope="row">
        <code>{keyword}</code>
        {changed && <span className={styles.differs}>{CHANGE_WORDS[change]}</span>}
      </th>
      {plain && <td className={styles.value}>{printOffer(offer.plain)}</td>}
      {tls && <td className={styles.value}>{printOffer(offer.tls)}</td>}
      <td>
        {known === null ? (
          <span className={styles.muted}>Not known here; only this server knows what it means</span>
        ) : (
          <>
            {known.meaning} {known.source !== null && <span className={styles.source}>{known.source}</span>}
          </>
        )}
      </td>
    </tr>
  )
}

function printOffer(parameters: string | null) {
  if (parameters === null) return <span className={styles.muted}>–</span>
  return parameters === '' ? 'yes' : <code>{parameters}</code>
}
