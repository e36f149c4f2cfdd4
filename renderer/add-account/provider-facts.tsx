import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { Fact, Preset } from '#shared/account/preset.ts'
import { capital } from '../form/words.ts'
import styles from './step.module.css'

type ProviderFactsProps = { readonly preset: Preset }

/** What surprises people at this provider, with where it is known from. */
export function ProviderFacts({ preset }: ProviderFactsProps) {
  if (preset.gotchas.length === 0) return null
  return (
    <aside className={styles.facts} aria-label={`Good to know about ${preset.name}`}>
      <h3 className={styles.factsTitle}>Good to know</h3>
      <ul>
        {preset.gotchas.map(fact => (
          <li key={fact.text}>
            {capital(fact.text)}. <Source fact={fact} />
          </li>
        ))}
      </ul>
      <p className={styles.source}>
        Gathered {preset.verifiedOn}
        {preset.source !== null && (
          <>
            {' '}
            from <Outside href={preset.source}>{new URL(preset.source).hostname}</Outside>
          </>
        )}
      </p>
    </aside>
  )
}

function Source({ fact }: { readonly fact: Fact }) {
  if (fact.url !== null) return <Outside href={fact.url}>source</Outside>
  return fact.evidence === 'general knowledge' ? <span className={styles.source}>(not checked)</span> : null
}

type OutsideProps = { readonly href: string; readonly children: string }

export function Outside({ href, children }: OutsideProps) {
  return (
    <Anchor href={href} target="_blank" rel="noreferrer noopener" inherit className={styles.outside}>
      {children} <IconExternalLink size={13} aria-hidden />
    </Anchor>
  )
}
