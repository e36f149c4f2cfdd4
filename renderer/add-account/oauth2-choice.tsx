import type { Preset } from '#shared/account/preset.ts'
import { SecretField } from '../form/secret-field.tsx'
import styles from './step.module.css'

type Oauth2ChoiceProps = {
  readonly preset: Preset | null
  readonly value: string
  readonly missing: boolean
  readonly onChange: (value: string) => void
}

/** The scope that a token needs to send mail, by provider. */
const SCOPES: Readonly<Record<string, string>> = {
  gmail: 'https://mail.google.com/',
  'google-workspace-relay': 'https://mail.google.com/',
  'microsoft-365': 'https://outlook.office.com/SMTP.Send',
  'outlook-com': 'https://outlook.office.com/SMTP.Send',
}

export function Oauth2Choice({ preset, value, missing, onChange }: Oauth2ChoiceProps) {
  const scope = preset ? SCOPES[preset.id] : undefined
  return (
    <div className={styles.password}>
      <div className={styles.secret}>
        <SecretField
          label="Access token"
          help="Paste the token itself, without the word Bearer"
          value={value}
          preset={null}
          settled
          onChange={onChange}
        />
        {missing && (
          <p className={styles.error} role="alert">
            There is no token yet.
          </p>
        )}
      </div>
      <p className={styles.words}>
        An application that is registered at the provider gets the token on your behalf
        {scope !== undefined && (
          <>
            , with the scope <code>{scope}</code>
          </>
        )}
        . It usually lasts about an hour: enough to test, while a program that sends for longer has to renew it.
      </p>
    </div>
  )
}
