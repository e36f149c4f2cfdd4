import { Button } from '@mantine/core'
import { decidingQuestion } from '#shared/explain/deciding.ts'
import type { Explained } from '#shared/explain/explain.ts'
import { entryOf } from '#shared/finding/catalogue.ts'
import type { FailureClass } from '#shared/finding/classes.ts'
import { findingOfClass } from '#shared/finding/of-class.ts'
import { fillWords } from '#shared/finding/words.ts'
import { AccountSettings } from '#shared/account/account.ts'
import { FindingList } from '../findings/finding-list.tsx'
import { Section } from '../shell/page.tsx'
import { Excerpt } from './excerpt.tsx'
import { Sureness } from './sureness.tsx'
import styles from './troubleshoot.module.css'

type ExplainedViewProps = {
  readonly explained: Explained
  readonly onTell: (means: FailureClass | null) => void
  readonly told: FailureClass | null
}

const NO_SETTINGS = AccountSettings.parse({})

/** What a text says: the cause, how sure that is, the words that led to it, and what else it could be. */
export function ExplainedView({ explained, onTell, told }: ExplainedViewProps) {
  const { findings, alternatives, confidence, stage, provider } = explained
  const question = decidingQuestion(
    explained.class,
    alternatives.map(each => each.class),
  )
  if (explained.class === 'unknown') {
    return (
      <Section title="The text does not say">
        <p className={styles.does}>
          Nothing in it is a known reason. The lines around the error help, above all those with a number such as 550,
          and the name of the mail server. If you have none, try the connection itself instead.
        </p>
        {explained.excerpt.trim() !== '' && <Excerpt explained={explained} />}
      </Section>
    )
  }
  return (
    <>
      <Section title="The cause">
        <Sureness confidence={confidence} told={told !== null} />
        <FindingList
          findings={findings}
          settings={NO_SETTINGS}
          lines={[]}
          busy={false}
          actions={null}
          onShowLine={null}
        />
      </Section>
      {question && told === null && (
        <Section title="One question decides">
          <p className={styles.does}>{question.ask}</p>
          <div className={styles.bar}>
            {question.answers.map(({ label, means }) => (
              <Button key={means} variant="default" onClick={() => onTell(means)}>
                {label}
              </Button>
            ))}
          </div>
        </Section>
      )}
      {told !== null && (
        <p className={styles.does}>
          You answered the question that decides.{' '}
          <Button size="compact-sm" variant="default" onClick={() => onTell(null)}>
            Take the answer back
          </Button>
        </p>
      )}
      {alternatives.length > 0 && told === null && (
        <Section title="It could also be">
          <ul className={styles.others}>
            {alternatives.map(each => (
              <li key={each.class}>
                <span className={styles.percent}>{Math.round(each.confidence * 100)} %</span>
                <span>{titleOf(each.class)}</span>
                <Button size="compact-xs" variant="default" onClick={() => onTell(each.class)}>
                  Show what to do then
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section
        title="What led to it"
        note={[
          provider === null ? null : `Said by ${provider}`,
          stage === null ? null : `at ${STAGE_WORDS[stage] ?? stage}`,
        ]
          .filter(each => each !== null)
          .join(', ')}
      >
        <Excerpt explained={explained} />
      </Section>
    </>
  )
}

function titleOf(means: FailureClass): string {
  const id = findingOfClass(means, null)
  return id === null ? means : fillWords(entryOf(id).title, {})
}

const STAGE_WORDS: Readonly<Record<string, string>> = {
  config: 'the settings',
  dns: 'the lookup of a name',
  connect: 'the connection',
  greeting: 'the greeting',
  ehlo: 'the first command (EHLO)',
  starttls: 'STARTTLS',
  tls: 'the TLS handshake',
  auth: 'sign-in',
  mail: 'the sender (MAIL FROM)',
  rcpt: 'the recipient (RCPT TO)',
  data: 'the message (DATA)',
  delivery: 'the delivery by another server',
}
