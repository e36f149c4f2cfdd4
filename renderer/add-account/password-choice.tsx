import { SegmentedControl } from '@mantine/core'
import type { Preset } from '#shared/account/preset.ts'
import type { AppInfo } from '#shared/contract/settings.ts'
import { capital } from '../form/words.ts'
import { SecretField } from '../form/secret-field.tsx'
import { secretStoreSentence } from '../shell/secret-store-sentence.ts'
import { Outside } from './provider-facts.tsx'
import type { WizardAction, WizardState } from './wizard-state.ts'
import styles from './step.module.css'

type PasswordChoiceProps = {
  readonly state: WizardState
  readonly dispatch: (action: WizardAction) => void
  readonly preset: Preset | null
  readonly secretStore: AppInfo['secretStore'] | null
  readonly settled: boolean
  readonly missing: boolean
}

export function PasswordChoice({ state, dispatch, preset, secretStore, settled, missing }: PasswordChoiceProps) {
  const ses = preset?.id === 'amazon-ses'
  const kept = state.created !== null && state.created.secret !== 'none'
  return (
    <div className={styles.password}>
      {ses && (
        <SegmentedControl
          aria-label="What you have"
          data={[
            { value: 'password', label: 'SES SMTP password' },
            { value: 'derive', label: 'IAM secret key: derive it' },
          ]}
          value={state.deriving ? 'derive' : 'password'}
          onChange={value => dispatch({ kind: 'deriving', deriving: value === 'derive' })}
        />
      )}
      <div className={styles.secret}>
        <SecretField
          label={state.deriving ? 'IAM secret access key' : 'Password'}
          help={
            state.deriving
              ? `The SMTP password for ${state.region ?? 'the region'} is computed from it on this machine; the key itself is never stored.`
              : capital(preset?.secret.hint ?? 'as the mail server knows it')
          }
          value={state.secret}
          preset={state.deriving ? null : preset}
          settled={settled}
          onChange={secret => dispatch({ kind: 'secret', secret })}
        />
        {missing && (
          <p className={styles.error} role="alert">
            There is no password yet.
          </p>
        )}
      </div>
      {preset?.secret.url != null && !state.deriving && (
        <p className={styles.words}>
          <Outside href={preset.secret.url}>Where to get it</Outside>
        </p>
      )}
      {kept && state.secret === '' && (
        <p className={styles.words}>A password is kept already; leave the field empty to go on with it.</p>
      )}
      {secretStore && <p className={styles.words}>{secretStoreSentence(secretStore)}</p>}
    </div>
  )
}
