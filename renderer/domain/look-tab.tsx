import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconServer } from '@tabler/icons-react'
import { api } from '../api/client.ts'
import { Activity } from '../shell/activity.tsx'
import { ProblemNote } from '../shell/problem-note.tsx'
import { useMainAction, useStop } from '../shell/shortcuts.ts'
import { useStore } from '../shell/store.ts'
import styles from './domain.module.css'
import { EmptyLook } from './empty-look.tsx'
import { lookForm } from './form-store.ts'
import { LookFormView } from './look-form.tsx'
import { inputOf } from './look-input.ts'
import { LookResult } from './look-result.tsx'
import { missingParts } from './look-state.ts'
import { look as looks, startLook, stopLook } from './looks.ts'
import { PART_NAMES } from './part-verdict.ts'

/** Can mail from this domain be trusted: the question, and everything that answers it. */
export function LookTab() {
  const form = useStore(lookForm)
  const look = useStore(looks)
  const accounts = useQuery(api.accounts.list.queryOptions())
  const looking = look.phase === 'looking'
  const start = (authoritative: boolean) => {
    const input = inputOf(form, authoritative)
    if (input) void startLook(input)
  }
  useMainAction(looking || form.domain.trim() === '' ? null : () => start(false))
  useStop(looking ? stopLook : null)
  const inForm = look.problem?.code === 'bad-input' && look.problem.field !== null
  return (
    <>
      <LookFormView
        form={form}
        accounts={accounts.data ?? []}
        busy={looking}
        problem={look.problem}
        onChange={lookForm.dispatch}
        onLook={() => start(false)}
      />
      {looking && (
        <div ref={bringIntoView} className={styles.working}>
          <Activity doing={doingWords(missingParts(look))} startedAt={look.beganAt} onStop={stopLook} />
        </div>
      )}
      {look.problem && !inForm && <ProblemNote what="The domain was not looked at" problem={look.problem} />}
      {look.phase === 'none' && <EmptyLook />}
      {look.phase === 'stopped' && look.waitsFor.length === 0 && (
        <p className={styles.words}>Stopped before anything was asked.</p>
      )}
      {look.waitsFor.length > 0 && (
        <LookResult
          look={look}
          actions={
            !looking && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconServer size={14} aria-hidden />}
                onClick={() => start(true)}
              >
                Ask the authoritative servers
              </Button>
            )
          }
        />
      )}
    </>
  )
}

/** With its settings open the form fills a small window: what begins then would begin out of sight. */
function bringIntoView(element: HTMLElement | null): void {
  if (element !== null && element.getBoundingClientRect().bottom > window.innerHeight)
    element.scrollIntoView({ block: 'start' })
}

function doingWords(missing: readonly string[]): string {
  const names = Object.entries(PART_NAMES).flatMap(([kind, name]) => (missing.includes(kind) ? [name] : []))
  if (names.length === 0) return 'Judging what was answered'
  return `Asking the DNS about ${names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')}`
}
