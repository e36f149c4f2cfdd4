import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowRight } from '@tabler/icons-react'
import { useState } from 'react'
import { presetById } from '#shared/account/find-preset.ts'
import { nameFault } from '../accounts/name-fault.ts'
import type { TypedField } from '../form/field-kind.ts'
import fields from '../form/fields.module.css'
import { type FieldRemark, type FieldRemarks, remarksOf, upToDate } from '../form/remarks.ts'
import { readInput } from '../form/settings-input.ts'
import { SettingField } from '../form/setting-field.tsx'
import { announce } from '../shell/announcer.tsx'
import { useMainAction } from '../shell/shortcuts.ts'
import { type DetailField, detailFields } from './detail-fields.ts'
import { MoreDetails } from './more-details.tsx'
import { ProviderFacts } from './provider-facts.tsx'
import type { WizardAction, WizardState } from './wizard-state.ts'
import { wizardSettings } from './wizard-state.ts'
import styles from './step.module.css'

const REST_MS = 700

type StepDetailsProps = {
  readonly state: WizardState
  readonly dispatch: (action: WizardAction) => void
  readonly taken: readonly string[]
}

/** Only what this provider asks for, in its words. */
export function StepDetails({ state, dispatch, taken }: StepDetailsProps) {
  const preset = state.base.provider === null ? null : presetById(state.base.provider)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState(false)
  const [rested] = useDebouncedValue(state, REST_MS)
  const judged = tried ? state : rested
  const remarks = upToDate(judge(judged), judged.input, state.input)
  const shown = detailFields(preset)
  const wrongName = nameFault(state.name, taken)

  const isMissing = ({ field, needed }: DetailField) =>
    needed && String(state.input[field]).trim() === '' && (field !== 'host' || state.input.socket === '')

  const next = () => {
    setTried(true)
    const now = judge(state)
    const wrong = shown.find(({ field }) => now[field]?.severity === 'error')
    if (wrong || wrongName !== null || shown.some(isMissing))
      return announce('Something is missing: see the marked fields')
    dispatch({ kind: 'go', step: 'sign-in' })
  }
  useMainAction(next)
  const leave = (field: TypedField) => {
    setTouched(new Set([...touched, field]))
    if (field === 'host') dispatch({ kind: 'host-left' })
  }
  const remarkFor = (field: TypedField): FieldRemark | null => {
    if (!tried && !touched.has(field) && state.input[field] === judged.base[field]) return null
    if (tried && shown.some(one => one.field === field && isMissing(one))) return MISSING
    return tried || touched.has(field) || state.input[field] !== '' ? (remarks[field] ?? null) : null
  }
  const accept = (remark: FieldRemark) => remark.change && dispatch({ kind: 'change', change: remark.change })

  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault()
        next()
      }}
    >
      <h2 className={styles.title}>{preset?.name ?? 'Your mail server'}</h2>
      <div className={fields.grid}>
        {preset && preset.hosts.length > 1 && (
          <Select
            label={preset.id === 'amazon-ses' ? 'Region' : 'Which server'}
            description={
              preset.id === 'amazon-ses' ? 'Where your sender identities are verified' : 'Where your account lives'
            }
            searchable
            allowDeselect={false}
            data={preset.hosts.map(host => ({ value: host.region ?? host.host, label: hostLabel(host) }))}
            value={state.region}
            onChange={region => region !== null && dispatch({ kind: 'region', region })}
          />
        )}
        {shown.map(({ field, help }) => (
          <SettingField
            key={field}
            field={field}
            value={state.input[field]}
            remark={remarkFor(field)}
            {...(help !== null && { help })}
            onChange={value => dispatch({ kind: 'typed', field, value })}
            onLeave={() => leave(field)}
            onAccept={accept}
          />
        ))}
        <TextInput
          label="Account name"
          description="For you, and in the msmtprc"
          value={state.name}
          error={(tried || touched.has('name')) && wrongName}
          onChange={event => dispatch({ kind: 'name', name: event.currentTarget.value })}
          onBlur={() => setTouched(new Set([...touched, 'name']))}
        />
      </div>
      {state.hostNotes.length > 0 && (
        <p className={styles.notes} role="status">
          Understood: {state.hostNotes.join('; ')}.
        </p>
      )}
      {preset && <ProviderFacts preset={preset} />}
      <MoreDetails
        hidden={shown.map(({ field }) => field)}
        input={state.input}
        remarks={remarks}
        onChange={(field, value) => dispatch({ kind: 'typed', field, value })}
        onLeave={leave}
        onAccept={accept}
      />
      <div className={styles.bar}>
        <Button variant="default" onClick={() => dispatch({ kind: 'go', step: 'where' })}>
          Back
        </Button>
        <Button type="submit" rightSection={<IconArrowRight size={16} aria-hidden />}>
          Next: sign-in
        </Button>
      </div>
    </form>
  )
}

const MISSING: FieldRemark = { severity: 'error', message: 'This is needed.', change: null, remedy: null }

/** The password comes in the next step: nothing here is measured against it. */
function judge(state: WizardState): FieldRemarks {
  const settings = { ...wizardSettings(state), secret: { kind: 'none' } as const }
  return remarksOf({ ...readInput(state.input, state.base), settings })
}

function hostLabel(host: { readonly region: string | null; readonly label: string; readonly host: string }): string {
  return host.region === null || host.region === host.label
    ? `${host.label} (${host.host})`
    : `${host.label} (${host.region})`
}
