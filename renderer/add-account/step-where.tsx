import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { addressFaultMessage, parseAddress } from '#shared/account/address.ts'
import type { ConfigureResult } from '#shared/contract/discover.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { problemOf } from '../api/problem.ts'
import { sentence } from '../form/words.ts'
import { Activity } from '../shell/activity.tsx'
import { announce } from '../shell/announcer.tsx'
import { Section } from '../shell/page.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useMainAction, useStop } from '../shell/shortcuts.ts'
import { LookupResults } from './lookup-results.tsx'
import { ProviderCards } from './provider-cards.tsx'
import type { WizardAction, WizardState } from './wizard-state.ts'
import styles from './where.module.css'

type StepWhereProps = {
  readonly state: WizardState
  readonly dispatch: (action: WizardAction) => void
  readonly lookUp: (address: string, onlineLookup: boolean, signal: AbortSignal) => Promise<ConfigureResult>
  readonly onPractice: () => Promise<void>
}

type Lookup =
  | { readonly kind: 'none' }
  | { readonly kind: 'looking'; readonly startedAt: number; readonly abort: AbortController }
  | { readonly kind: 'failed'; readonly problem: ProblemData }

/** Where does the mail go: looked up from the address, or chosen. */
export function StepWhere({ state, dispatch, lookUp, onPractice }: StepWhereProps) {
  const [lookup, setLookup] = useState<Lookup>({ kind: 'none' })
  const [fault, setFault] = useState<string | null>(null)
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])

  const look = async () => {
    const parsed = parseAddress(state.address)
    if (!parsed.ok) return setFault(sentence(addressFaultMessage(parsed.error), null))
    abort.current?.abort()
    const mine = new AbortController()
    abort.current = mine
    dispatch({ kind: 'found', result: null })
    setLookup({ kind: 'looking', startedAt: performance.now(), abort: mine })
    try {
      const result = await lookUp(parsed.value.address, state.onlineLookup, mine.signal)
      setLookup({ kind: 'none' })
      dispatch({ kind: 'found', result })
      announce(`${result.candidates.length} ${result.candidates.length === 1 ? 'setting' : 'settings'} found`)
    } catch (error) {
      if (abort.current !== mine) return
      setLookup(mine.signal.aborted ? { kind: 'none' } : { kind: 'failed', problem: problemOf(error) })
    }
  }
  const stop = lookup.kind === 'looking' ? () => lookup.abort.abort() : null
  useMainAction(() => void look())
  useStop(stop)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void look()
  }

  return (
    <>
      <Section
        title="Your mail address"
        note="Its domain is looked up in the list of providers and in the DNS. The address itself is sent nowhere."
      >
        <form onSubmit={submit} noValidate className={styles.lookup}>
          <TextInput
            aria-label="Mail address"
            placeholder="you@example.org"
            type="email"
            className={styles.address}
            value={state.address}
            error={fault}
            onChange={event => {
              setFault(null)
              dispatch({ kind: 'address', address: event.currentTarget.value })
            }}
          />
          <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />} disabled={lookup.kind === 'looking'}>
            Look up
          </Button>
        </form>
        <Checkbox
          size="xs"
          className={styles.online}
          label="Also ask autoconfig.thunderbird.net, which learns the domain"
          checked={state.onlineLookup}
          onChange={event => dispatch({ kind: 'online-lookup', on: event.currentTarget.checked })}
        />
        {lookup.kind === 'looking' && (
          <Activity doing="Looking the provider up" startedAt={lookup.startedAt} {...(stop && { onStop: stop })} />
        )}
        {lookup.kind === 'failed' && <ProblemNote what="The address could not be looked up" problem={lookup.problem} />}
        {state.found && (
          <LookupResults
            result={state.found}
            onUse={candidate => dispatch({ kind: 'candidate', candidate })}
            onByHand={() => dispatch({ kind: 'by-hand' })}
          />
        )}
      </Section>
      <Section title="Or choose">
        <ProviderCards
          chosen={state.reached === 'where' ? null : state.base.provider}
          onProvider={presetId => dispatch({ kind: 'provider', presetId })}
          onByHand={() => dispatch({ kind: 'by-hand' })}
          onPractice={onPractice}
        />
      </Section>
    </>
  )
}
