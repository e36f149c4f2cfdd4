import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Settings, SettingsChange } from '#shared/contract/settings.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import fields from '../form/fields.module.css'
import { ProblemNote } from '../shell/problem-note.tsx'
import { Section } from '../shell/page.tsx'
import styles from './settings-page.module.css'
import { ehloFault, pathFault, resolverFault, timeLimitFault } from './setting-faults.ts'

type ProgramSettingsProps = {
  readonly settings: Settings
  readonly problem: ProblemData | null
  readonly onChange: (change: SettingsChange) => void
}

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

export function ProgramSettings({ settings, problem, onChange }: ProgramSettingsProps) {
  return (
    <>
      <Section title="Appearance">
        <SegmentedControl
          aria-label="Theme"
          data={[...THEMES]}
          value={settings.theme}
          onChange={value => onChange({ theme: THEMES.find(theme => theme.value === value)?.value })}
        />
      </Section>
      <Section title="Network" note="For every account that does not say otherwise.">
        <div className={fields.grid}>
          <SavedText
            label="Name server"
            help="HOST or HOST:PORT, tls://HOST or https://HOST/dns-query; empty asks the system's resolver"
            placeholder="the system's"
            saved={settings.resolver ?? ''}
            faultOf={resolverFault}
            problem={problem?.field === 'resolver' ? problem : null}
            onSave={text => onChange({ resolver: text === '' ? null : text })}
          />
          <SavedText
            label="CA file of the name server"
            help="PEM, trusted for tls:// and https:// name servers beside the system's CAs"
            placeholder="/etc/ssl/lab-ca.pem"
            saved={settings.resolverCaFile ?? ''}
            faultOf={pathFault}
            problem={problem?.field === 'resolverCaFile' ? problem : null}
            onSave={text => onChange({ resolverCaFile: text === '' ? null : text })}
          />
          <SavedText
            label="Time limit"
            help="Seconds for one attempt, from the name lookup to the last answer"
            placeholder="60"
            saved={String(settings.timeoutSeconds)}
            faultOf={timeLimitFault}
            problem={problem?.field === 'timeoutSeconds' ? problem : null}
            onSave={text => onChange({ timeoutSeconds: Number(text) })}
          />
          <SavedText
            label="EHLO name"
            help="The full name of this machine, said when greeting a server; empty takes the machine's own"
            placeholder="host.example.org"
            saved={settings.ehlo ?? ''}
            faultOf={ehloFault}
            problem={problem?.field === 'ehlo' ? problem : null}
            onSave={text => onChange({ ehlo: text === '' ? null : text })}
          />
        </div>
        {problem && <ProblemNote what="The setting was not saved" problem={problem} />}
        <p className={styles.hint}>A field is saved when you leave it, or with Enter.</p>
      </Section>
    </>
  )
}

type SavedTextProps = {
  readonly label: string
  readonly help: string
  readonly placeholder: string
  readonly saved: string
  readonly faultOf: (text: string) => string | null
  readonly problem: ProblemData | null
  readonly onSave: (text: string) => void
}

/** Saved when it is left, and only when it can be used; what cannot be used stays as typed, with the reason. */
function SavedText({ label, help, placeholder, saved, faultOf, problem, onSave }: SavedTextProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [judged, setJudged] = useState(false)
  const text = typed ?? saved
  const fault = judged ? faultOf(text.trim()) : null
  const leave = () => {
    setJudged(true)
    const wanted = text.trim()
    if (typed === null || faultOf(wanted) !== null) return
    if (wanted !== saved) onSave(wanted)
    setTyped(null)
  }
  return (
    <TextInput
      label={label}
      description={help}
      placeholder={placeholder}
      value={text}
      spellCheck={false}
      error={fault ?? problem?.message ?? false}
      onChange={event => {
        setJudged(false)
        setTyped(event.currentTarget.value)
      }}
      onBlur={leave}
      onKeyDown={event => {
        if (event.key === 'Enter') leave()
      }}
    />
  )
}
