import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FIELD_GROUPS } from '#shared/account/field.ts'
import { presetById } from '#shared/account/find-preset.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import type { SecretInput } from '#shared/contract/run.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { api, client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import type { TypedField } from '../form/field-kind.ts'
import { type FieldRemark, hasErrors, remarksOf, remarksOfInput, upToDate } from '../form/remarks.ts'
import { absorbHost, inputOf, readInput, type SettingsInput } from '../form/settings-input.ts'
import { announce } from '../shell/announcer.tsx'
import { notify } from '../shell/offer-undo.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { secretStoreSentence } from '../shell/secret-store-sentence.ts'
import { keysFor, useMainAction } from '../shell/shortcuts.ts'
import { useStore } from '../shell/store.ts'
import { DiscardDialog } from './discard-dialog.tsx'
import { SecretSection } from './secret-section.tsx'
import { changeBetween, settingsDrafts } from './settings-draft.ts'
import { SettingsGroup } from './settings-group.tsx'
import styles from './settings-tab.module.css'

/** How long typing has to rest before a field is judged. */
const REST_MS = 700

type SettingsTabProps = { readonly view: AccountView }

/** Every setting, grouped as msmtp groups them; what is rarely needed folded away. */
export function SettingsTab({ view }: SettingsTabProps) {
  const { account } = view
  const info = useQuery(api.app.info.queryOptions({ staleTime: Infinity }))
  const [refused, setRefused] = useState<ProblemData | null>(null)
  const [notes, setNotes] = useState<readonly string[]>([])
  const [discarding, setDiscarding] = useState(false)
  const [saving, setSaving] = useState(false)
  const draft = useStore(settingsDrafts)[account.id]
  const input = draft ?? inputOf(account)
  const [rested] = useDebouncedValue(input, REST_MS)
  const remarks = upToDate(remarksOfInput(rested, account), rested, input)
  const type = (next: SettingsInput) => settingsDrafts.dispatch({ kind: 'typed', id: account.id, input: next })

  const save = async () => {
    setRefused(null)
    const read = readInput(input, account)
    if (read.faults.length > 0) return setRefused(FAULTY)
    setSaving(true)
    try {
      const change = changeBetween(account, { ...account, ...read.settings })
      await client.accounts.update({ id: account.id, change })
      await refreshAccounts()
      settingsDrafts.dispatch({ kind: 'discarded', id: account.id })
      notify(hasErrors(remarksOf(read)) ? 'Saved, though some settings contradict each other' : 'Settings saved')
    } catch (error) {
      setRefused(problemOf(error))
    } finally {
      setSaving(false)
    }
  }
  useMainAction(draft && !saving ? () => void save() : null)

  const storeSecret = async (secret: SecretInput) => {
    await client.accounts.update({ id: account.id, secret })
    await refreshAccounts()
  }

  const takeHost = (typed: string): boolean => {
    const absorbed = absorbHost(input, typed)
    if (!absorbed || absorbed.input.host === typed) return false
    type(absorbed.input)
    const kept = absorbed.password === null ? [] : ['the password in it was not stored: use “Change” below']
    setNotes([...absorbed.notes, ...kept])
    announce('What you pasted was split into its fields')
    return true
  }
  const accept = (remark: FieldRemark) => {
    if (!remark.change) return
    type({ ...input, ...pick(inputOf({ ...readInput(input, account).settings, ...remark.change }), remark.change) })
  }
  const preset = account.provider === null ? null : presetById(account.provider)

  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        void save()
      }}
      noValidate
    >
      {preset && <p className={styles.provider}>Provider: {preset.name}</p>}
      {FIELD_GROUPS.map(group => (
        <SettingsGroup
          key={group}
          group={group}
          input={input}
          remarks={remarks}
          hostNotes={notes}
          onChange={(field, value) => type({ ...input, [field]: value })}
          onLeave={field => {
            if (field === 'host' && typeof input.host === 'string') takeHost(input.host)
          }}
          onAccept={accept}
          secret={
            group === 'sign-in' ? (
              <SecretSection
                view={view}
                preset={preset}
                storeSentence={info.data ? secretStoreSentence(info.data.secretStore) : ''}
                onStore={storeSecret}
              />
            ) : null
          }
        />
      ))}
      {refused && <ProblemNote what="The settings were not saved" problem={refused} />}
      {draft && (
        <div className={styles.bar}>
          <span className={styles.barWords}>Not saved yet</span>
          <Button variant="default" onClick={() => setDiscarding(true)}>
            Discard
          </Button>
          <Button type="submit" loading={saving} title={keysFor('Enter')}>
            Save
          </Button>
        </div>
      )}
      {discarding && (
        <DiscardDialog
          onDiscard={() => {
            settingsDrafts.dispatch({ kind: 'discarded', id: account.id })
            setNotes([])
          }}
          onClose={() => setDiscarding(false)}
        />
      )}
    </form>
  )
}

const FAULTY: ProblemData = {
  code: 'bad-input',
  message: 'A field cannot be read.',
  field: null,
  remedy: 'Set right what is marked; nothing that you typed is lost.',
}

/** The inputs of the settings that a change names: the others may be half typed. */
function pick(input: SettingsInput, change: object): Partial<Record<TypedField, string | boolean>> {
  return Object.fromEntries(Object.entries(input).filter(([field]) => field in change))
}
