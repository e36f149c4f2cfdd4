import { IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Section } from '../shell/page.tsx'
import { printDuration } from '../shell/time.ts'
import styles from './domain.module.css'
import { FindingsView } from './findings-view.tsx'
import { ForecastView } from './forecast-view.tsx'
import type { LookState } from './look-state.ts'
import { Overview } from './overview.tsx'
import { PartSections } from './part-sections.tsx'
import { PlanView } from './plan-view.tsx'
import { notVisibleYet } from './published.ts'

/** What is known of the domain, filling in while it arrives. */
export function LookResult({ look, actions }: { readonly look: LookState; readonly actions: ReactNode }) {
  const { findings, changes, forecast, phase } = look
  return (
    <div aria-busy={phase === 'looking'}>
      <Section title={look.domain} note={noteOf(look)} actions={actions}>
        <Overview look={look} />
        <VisibleYet look={look} />
      </Section>
      {forecast !== null && (
        <Section title={`Alignment forecast for ${forecast.from}`}>
          <ForecastView forecast={forecast} />
        </Section>
      )}
      {findings !== null && (
        <Section title="Findings">
          {findings.length === 0 ? (
            <p className={styles.good}>
              <IconCircleCheck size={18} aria-hidden />
              <span>
                {phase === 'ended'
                  ? 'Nothing is wrong with what was looked at.'
                  : 'Nothing is wrong with what was answered until then.'}
              </span>
            </p>
          ) : (
            <FindingsView findings={findings} />
          )}
        </Section>
      )}
      {changes.length > 0 && (
        <Section
          title="Repair plan"
          note="All records to change, each once. Lower the TTL first if you can, and look again afterwards."
        >
          <PlanView changes={changes} />
        </Section>
      )}
      <PartSections look={look} />
    </div>
  )
}

function noteOf({ phase, tookMs, outOfTime, resolver, from, domain }: LookState): string {
  const whom = resolver === 'system' ? 'the system’s resolver' : resolver
  const author = from.endsWith(`@${domain}`) ? '' : `, From ${from}`
  const time = tookMs === null ? '' : ` in ${printDuration(tookMs)}`
  if (phase === 'looking') return `Asking ${whom}${author}`
  if (phase === 'stopped') return `Stopped; ${whom} was asked${author}`
  return `Answered by ${whom}${time}${author}${outOfTime ? '; the time ran out before everything was answered' : ''}`
}

/** What is published already, where an earlier look through a resolver saw something else. */
function VisibleYet({ look }: { readonly look: LookState }) {
  if (look.seenBefore === null || look.phase !== 'ended') return null
  const names = notVisibleYet(look.seenBefore, look.parts)
  return (
    <p className={styles.words}>
      {names.length === 0
        ? 'The name servers publish what the resolver showed before: nothing is on its way.'
        : `Published but not visible yet: ${names.join(', ')}. Resolvers show the old records until their time to live ends.`}
    </p>
  )
}
