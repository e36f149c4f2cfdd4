import type { DmarcReport } from '#shared/domain/dmarc.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import { explainTags, whereWords } from './dmarc-words.ts'
import styles from './domain.module.css'
import { RecordLine } from './part-card.tsx'

const STATE_WORDS = { set: '', default: 'default', old: 'removed', unknown: 'unknown', faulty: 'faulty' } as const

/** The DMARC record that applies, tag by tag. */
export function DmarcView({ dmarc, domain }: { readonly dmarc: DmarcReport; readonly domain: string }) {
  if (dmarc.state === 'unknown') return <p className={styles.words}>Nobody answered about _dmarc.{domain}.</p>
  const { tags } = dmarc
  if (tags === null) {
    return (
      <>
        <p className={styles.words}>
          {dmarc.state === 'several'
            ? 'There are several records, so none applies.'
            : `No record applies to ${domain}, so receivers decide for themselves and report to nobody.`}
        </p>
        {dmarc.state === 'several' &&
          (dmarc.record ?? '')
            .split('\n')
            .map(record => <RecordLine key={record} name={`_dmarc.${dmarc.at ?? domain}`} type="TXT" value={record} />)}
        {dmarc.asked.length > 0 && <p className={styles.quiet}>Asked: {dmarc.asked.join(', ')}</p>}
      </>
    )
  }
  return (
    <>
      <div className={styles.withCopy}>
        <RecordLine name={`_dmarc.${dmarc.at ?? domain}`} type="TXT" value={tags.text} />
        <CopyButton text={tags.text} what="DMARC record" />
      </div>
      <p className={styles.words}>{whereWords(dmarc, domain)}</p>
      <table className={styles.tags}>
        <thead>
          <tr>
            <th scope="col">Tag</th>
            <th scope="col">Value</th>
            <th scope="col">What it says</th>
          </tr>
        </thead>
        <tbody>
          {explainTags(tags).map(({ tag, value, meaning, state }) => (
            <tr key={`${tag} ${state}`} data-state={state}>
              <th scope="row">
                <code>{tag}</code>
              </th>
              <td>
                <code>{value}</code>
                {STATE_WORDS[state] !== '' && <span className={styles.tagState}>{STATE_WORDS[state]}</span>}
              </td>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {dmarc.destinations.length > 0 && (
        <ul className={styles.lines} aria-label="Report addresses elsewhere">
          {dmarc.destinations.map(({ uri, domain: theirs, authorized }) => (
            <li key={uri}>
              <code>{uri}</code>{' '}
              {authorized === null
                ? `– ${theirs} did not answer`
                : authorized
                  ? `– ${theirs} takes these reports`
                  : `– ${theirs} has not agreed, so nothing is sent there`}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
