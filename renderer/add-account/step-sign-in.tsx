import { Button, Radio } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlugConnected } from '@tabler/icons-react'
import { useState } from 'react'
import { presetById } from '#shared/account/find-preset.ts'
import type { SignInMethod } from '#shared/account/preset.ts'
import type { AppInfo } from '#shared/contract/settings.ts'
import fields from '../form/fields.module.css'
import { remarksOf } from '../form/remarks.ts'
import { readInput } from '../form/settings-input.ts'
import { SettingField } from '../form/setting-field.tsx'
import { announce } from '../shell/announcer.tsx'
import { useMainAction } from '../shell/shortcuts.ts'
import { printDay } from '../shell/time.ts'
import { PasswordChoice } from './password-choice.tsx'
import { Oauth2Choice } from './oauth2-choice.tsx'
import type { SignInChoice } from './sign-in-choice.ts'
import { type WizardAction, type WizardState, wizardSettings } from './wizard-state.ts'
import { sentence } from '../form/words.ts'
import styles from './step.module.css'

type StepSignInProps = {
  readonly state: WizardState
  readonly dispatch: (action: WizardAction) => void
  readonly secretStore: AppInfo['secretStore'] | null
  readonly onTest: () => void
}

const CHOICES: readonly { readonly value: SignInChoice; readonly label: string; readonly help: string }[] = [
  { value: 'password', label: 'Password', help: 'Or an app password, an API key, an SMTP password' },
  { value: 'oauth2', label: 'OAuth2', help: 'An access token in place of a password' },
  { value: 'certificate', label: 'Client certificate', help: 'A certificate and its key, in files' },
  { value: 'none', label: 'Nobody signs in', help: 'The server knows this machine by its address' },
]

export function StepSignIn({ state, dispatch, secretStore, onTest }: StepSignInProps) {
  const preset = state.base.provider === null ? null : presetById(state.base.provider)
  const [tried, setTried] = useState(false)
  const [rested] = useDebouncedValue(state.secret, 700)
  const remarks = remarksOf({ ...readInput(state.input, state.base), settings: wizardSettings(state) })
  const needsUser = state.signIn === 'password' || state.signIn === 'oauth2'
  const needsSecret = needsUser && state.secret === '' && state.created === null
  const noUser = needsUser && String(state.input.user).trim() === ''
  const certificateWrong =
    state.signIn === 'certificate' && (remarks.clientCertFile ?? remarks.clientKeyFile)?.severity === 'error'
  const test = () => {
    setTried(true)
    if (needsSecret || noUser || certificateWrong) return announce('Something is missing: see the marked fields')
    onTest()
  }
  useMainAction(test)

  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault()
        test()
      }}
    >
      <Radio.Group
        label={<h2 className={styles.title}>How do you sign in?</h2>}
        value={state.signIn}
        onChange={value => {
          const choice = CHOICES.find(one => one.value === value)
          if (choice) dispatch({ kind: 'sign-in', choice: choice.value })
        }}
      >
        <div className={styles.choices}>
          {CHOICES.map(({ value, label, help }) => (
            <Radio key={value} value={value} label={label} description={help} />
          ))}
        </div>
      </Radio.Group>
      {preset && <Methods methods={preset.signIn} name={preset.name} />}
      <div className={styles.chosen}>
        {needsUser && (
          <div className={fields.grid}>
            <SettingField
              field="user"
              value={state.input.user}
              remark={tried && noUser ? NO_USER : null}
              onChange={value => dispatch({ kind: 'typed', field: 'user', value })}
            />
          </div>
        )}
        {state.signIn === 'password' && (
          <PasswordChoice
            state={state}
            dispatch={dispatch}
            preset={preset}
            secretStore={secretStore}
            settled={tried || rested === state.secret}
            missing={tried && needsSecret}
          />
        )}
        {state.signIn === 'oauth2' && (
          <Oauth2Choice
            preset={preset}
            value={state.secret}
            missing={tried && needsSecret}
            onChange={secret => dispatch({ kind: 'secret', secret })}
          />
        )}
        {state.signIn === 'certificate' && (
          <div className={fields.grid}>
            {(['clientCertFile', 'clientKeyFile'] as const).map(field => (
              <SettingField
                key={field}
                field={field}
                value={state.input[field]}
                remark={tried ? (remarks[field] ?? null) : null}
                onChange={value => dispatch({ kind: 'typed', field, value })}
              />
            ))}
          </div>
        )}
        {state.signIn === 'none' && (
          <p className={styles.words}>
            No user name and no password are sent. The server has to know this machine by its address, or it refuses to
            relay.
          </p>
        )}
      </div>
      <div className={styles.bar}>
        <Button variant="default" onClick={() => dispatch({ kind: 'go', step: 'details' })}>
          Back
        </Button>
        <Button type="submit" leftSection={<IconPlugConnected size={16} aria-hidden />}>
          Test connection
        </Button>
        <span className={styles.barNote}>Signs in and sends no message.</span>
      </div>
    </form>
  )
}

const NO_USER = { severity: 'error', message: 'Signing in needs a user name.', change: null, remedy: null } as const

const METHOD_NAMES: Readonly<Record<SignInMethod['method'], string>> = {
  password: 'Password',
  'app-password': 'App password',
  key: 'Key',
  oauth2: 'OAuth2',
  'ip-address': 'By address',
}

const STATES: Readonly<Record<SignInMethod['state'], string>> = {
  works: 'works',
  ending: 'ends',
  ended: 'ended',
  unsure: 'not certain',
}

/** Which ways this provider takes, and until when, with who says so. */
function Methods({ methods, name }: { readonly methods: readonly SignInMethod[]; readonly name: string }) {
  if (methods.length === 0) return null
  return (
    <ul className={styles.methods} aria-label={`What ${name} takes`}>
      {methods.map(method => (
        <li key={method.method} data-state={method.state}>
          <strong>
            {METHOD_NAMES[method.method]}: {STATES[method.state]}
            {method.until !== null && ` ${printDay(method.until)}`}
          </strong>
          {method.note !== null && `. ${sentence(method.note)}`}
          {method.source !== null && <span className={styles.source}> (source: {method.source})</span>}
        </li>
      ))}
    </ul>
  )
}
