import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import type { AccountChange, AccountSettings } from '#shared/account/account.ts'
import { describeChange, type SettingsFix } from '#shared/fix/apply-fix.ts'
import { ChangeTable } from './change-table.tsx'
import type { FixActions } from './finding-list.tsx'
import styles from './findings.module.css'

type SettingsFixViewProps = {
  readonly fix: SettingsFix
  readonly settings: AccountSettings
  readonly busy: boolean
  readonly actions: FixActions | null
}

/** A change of settings: shown first, then made and tested with one button. */
export function SettingsFixView({ fix, settings, busy, actions }: SettingsFixViewProps) {
  const changes = describeChange(settings, fix)
  if (changes.length === 0)
    return (
      <>
        <p className={styles.why}>The settings are already so.</p>
        {actions && (
          <Button size="xs" variant="default" disabled={busy} onClick={actions.testAgain}>
            Test again
          </Button>
        )}
      </>
    )
  return (
    <>
      <ChangeTable changes={changes} />
      {actions && (
        <Button
          size="xs"
          variant={lowersProtection(fix.change) ? 'default' : 'filled'}
          disabled={busy}
          leftSection={<IconRefresh size={15} aria-hidden />}
          onClick={() => actions.apply(fix.change)}
        >
          Apply and test again
        </Button>
      )}
    </>
  )
}

/** A last resort must not look like the thing to do. */
function lowersProtection(change: AccountChange): boolean {
  return change.verifyCertificate === false || change.allowPlaintextSignIn === true || change.security === 'none'
}
