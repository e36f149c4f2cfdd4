import type { Security } from '#shared/account/account.ts'
import { presetForHost } from '#shared/account/find-preset.ts'
import { isLoopback } from '#shared/finding/loopback.ts'
import { wizard } from './wizard-store.ts'

/** Whether the wizard holds something typed that prefilling it would take away. */
export function wizardHoldsWork(): boolean {
  const { step, reached, created, secret } = wizard.get()
  return created === null && (secret !== '' || step !== 'where' || reached !== 'where')
}

/** Begins the wizard anew with a server that was found to work. */
export function prefillWizard({
  host,
  port,
  security,
}: {
  readonly host: string
  readonly port: number
  readonly security: Security
}): void {
  // Anew, so that a password typed for another server does not stay in the form of this one.
  wizard.dispatch({ kind: 'restart' })
  wizard.dispatch({
    kind: 'candidate',
    candidate: {
      source: 'guess',
      host,
      port,
      security,
      user: null,
      // A program on this machine, such as a bridge, cannot be told by its address.
      preset: isLoopback(host) ? null : (presetForHost(host)?.preset.id ?? null),
      confidence: 1,
      note: 'looked at before',
      warning: null,
    },
  })
}
