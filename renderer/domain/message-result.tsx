import type { MessageCheck } from '#shared/contract/domain.ts'
import type { SignatureReport } from '#shared/domain/dkim-signature.ts'
import { Section } from '../shell/page.tsx'
import { sentence } from '../form/words.ts'
import styles from './domain.module.css'
import { RecordLine } from './part-card.tsx'
import { StateMark, type Tone } from './state-mark.tsx'

const PASSES = {
  yes: { tone: 'ok', word: 'Passes DMARC' },
  no: { tone: 'bad', word: 'Fails DMARC' },
  unknown: { tone: 'idle', word: 'Cannot tell' },
} as const

/** What a receiver concludes from the message, and why. */
export function MessageResult({ check }: { readonly check: MessageCheck }) {
  const { from, passes, by, spf, dkim, dmarc } = check
  const policy = dmarc === null || dmarc.policy === null ? 'there is no DMARC policy' : `the policy is ${dmarc.policy}`
  return (
    <>
      <Section title="What a receiver concludes">
        <p className={styles.keyHead}>
          <StateMark {...PASSES[passes]} />
          <span>
            {from === null ? 'Nobody is named in From' : `From ${from}`}; {policy}
            {by.length > 0 && `; carried by ${by.map(leg => leg.toUpperCase()).join(' and ')}`}.
          </span>
        </p>
        {check.notes.map(note => (
          <p key={note} className={styles.words}>
            {note}
          </p>
        ))}
      </Section>
      <Section title="DKIM">
        {dkim.length === 0 && <p className={styles.words}>There is no signature.</p>}
        <ul className={styles.keys} aria-label="Signatures">
          {dkim.map((one, index) => (
            <Signature key={`${index} ${one.domain ?? ''} ${one.selector ?? ''}`} one={one} />
          ))}
        </ul>
      </Section>
      <Section title="SPF">
        {spf === null ? (
          <p className={styles.words}>It was not checked: the message does not say who sent it, and as whom.</p>
        ) : (
          <>
            <p className={styles.keyHead}>
              <StateMark tone={spf.verdict.result === 'pass' ? 'ok' : 'bad'} word={spf.verdict.result} />
              <span>
                {spf.verdict.reason}. MAIL FROM {check.mailFrom === '' ? 'is empty' : check.mailFrom}, sent from{' '}
                {check.ip}.
              </span>
            </p>
            <p className={styles.words}>
              {alignedWords(spf.verdict.domain, spf.aligned, spf.verdict.result === 'pass')}
            </p>
            {check.ipFrom !== null && <p className={styles.record}>{check.ipFrom}</p>}
          </>
        )}
      </Section>
      {check.receiverSaid.length > 0 && (
        <Section title="What the receiver wrote">
          {check.receiverSaid.map(line => (
            <p key={line} className={styles.record}>
              <code>{line}</code>
            </p>
          ))}
        </Section>
      )}
    </>
  )
}

const TONES: Readonly<Record<SignatureReport['result'], Tone>> = {
  pass: 'ok',
  fail: 'bad',
  permerror: 'bad',
  neutral: 'warn',
  temperror: 'idle',
}

function Signature({ one }: { readonly one: SignatureReport }) {
  return (
    <li>
      <div className={styles.keyHead}>
        <StateMark tone={TONES[one.result]} word={one.result} />
        <strong>{one.domain ?? 'unreadable'}</strong>
        <span className={styles.quiet}>
          {[one.selector === null ? null : `selector ${one.selector}`, one.algorithm].filter(Boolean).join(', ')}
        </span>
      </div>
      <p className={styles.words}>{sentence(one.why)}</p>
      {one.domain !== null && (
        <p className={styles.words}>{alignedWords(one.domain, one.aligned, one.result === 'pass')}</p>
      )}
      {one.covers.length > 0 && <p className={styles.quiet}>Signed fields: {one.covers.join(', ')}</p>}
      {one.uncovered.length > 0 && (
        <p className={styles.quiet}>Not signed, so open to change: {one.uncovered.join(', ')}</p>
      )}
      {one.key?.record != null && <RecordLine name={one.key.name} type="TXT" value={one.key.record} />}
    </li>
  )
}

function alignedWords(domain: string, aligned: 'yes' | 'no' | 'unknown', passed: boolean): string {
  if (aligned === 'yes')
    return `${domain} belongs to the From domain, so this ${passed ? 'counts' : 'would count'} for DMARC.`
  return aligned === 'no'
    ? `${domain} does not belong to the From domain, so this does not count for DMARC.`
    : `Whether ${domain} belongs to the From domain is not known.`
}
