import { type AccountChange, AccountSettings } from '#shared/account/account.ts'
import { portOf } from '#shared/account/port-of.ts'
import { api, client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { refreshAccounts } from '../accounts/use-account-actions.ts'
import { startLook } from '../domain/looks.ts'
import { runOf, startRun, stopRun } from '../run/runs.ts'
import { announce } from '../shell/announcer.tsx'
import { createStore } from '../shell/store.ts'
import type { EntranceId } from './entrances.ts'
import { domainOf } from './subject.ts'
import {
  reduceTroubleshoot,
  START,
  type Subject,
  type TroubleshootAction,
  type TroubleshootState,
} from './troubleshoot-state.ts'

/** Looking at another page, and coming back, loses nothing. */
export const troubleshoot = createStore<TroubleshootState, TroubleshootAction>(reduceTroubleshoot, START)

const RUN = 'troubleshoot'
export const troubleshootRun = runOf(RUN)

let locating: AbortController | null = null

/** Does what the entrance promises, and no more. */
export async function answer(entrance: EntranceId, subject: Subject, password: string): Promise<void> {
  troubleshoot.dispatch({ kind: 'ask', subject })
  troubleshootRun.dispatch({ kind: 'clear' })
  switch (entrance) {
    case 'connect':
      await Promise.all([locate(subject, null), testConnection(subject)])
      return
    case 'password':
    case 'refused':
      return test(subject, password)
    case 'nothing':
      return test(subject, password, 'send')
    case 'spam':
      return lookAtDomain(subject)
    case 'text':
      return
  }
}

/** The delivery path of the subject, with or without a message at its end. */
export async function test(subject: Subject, password: string, purpose: 'test' | 'send' = 'test'): Promise<void> {
  const { accountId, settings, recipient: sendTo } = subject
  const typed = password === '' ? null : ({ kind: 'set', value: password } as const)
  const target =
    accountId === null
      ? ({ kind: 'draft', settings, name: 'draft', secret: typed ?? { kind: 'forget' } } as const)
      : ({ kind: 'saved', id: accountId, secret: typed ?? { kind: 'keep' } } as const)
  await startRun(RUN, {
    purpose,
    sendTo,
    open: signal => client.runs.run({ target, purpose, sendTo }, { signal }),
  })
  if (accountId === null) return
  await Promise.all([refreshAccounts(), queryClient.invalidateQueries({ queryKey: api.runs.history.key() })])
}

/** As far as encryption: nobody signs in, nothing is offered, and so no password leaves this machine. */
export async function testConnection({ settings }: Subject): Promise<void> {
  const anonymous: Partial<AccountSettings> = { auth: 'none', user: null, secret: { kind: 'none' }, from: null }
  // Only what is a setting: a stored account holds its id and name as well.
  const draft = AccountSettings.parse({ ...settings, ...anonymous })
  const target = { kind: 'draft', settings: draft, name: 'draft', secret: { kind: 'forget' } } as const
  await startRun(RUN, {
    purpose: 'test',
    sendTo: null,
    open: signal => client.runs.run({ target, purpose: 'test' }, { signal }),
  })
}

/** Who keeps the connection from coming about. The host to compare with is asked only where the person named one. */
export async function locate({ settings }: Subject, controlHost: string | null): Promise<void> {
  locating?.abort()
  const mine = new AbortController()
  locating = mine
  troubleshoot.dispatch({ kind: 'locating', atMs: performance.now() })
  const { host, security } = settings
  try {
    const asked = { host, port: portOf(settings), security, controlHost }
    for await (const event of await client.troubleshoot.locate(asked, { signal: mine.signal })) {
      if (locating !== mine) return
      troubleshoot.dispatch({ kind: 'seen', seen: event.seen, ended: event.kind === 'ended' })
    }
    troubleshoot.dispatch({ kind: 'located', problem: null })
    announce('The look at the connection has ended')
  } catch (error) {
    if (locating === mine)
      troubleshoot.dispatch({ kind: 'located', problem: mine.signal.aborted ? null : problemOf(error) })
  }
}

export function stopAnswering(): void {
  stopRun(RUN, runId => client.runs.stop({ runId }))
  locating?.abort()
  troubleshoot.dispatch({ kind: 'located', problem: null })
}

async function lookAtDomain(subject: Subject): Promise<void> {
  const domain = domainOf(subject)
  if (domain === null) return
  const { accountId, settings } = subject
  const from = settings.from
  await startLook({
    domain,
    from: from?.includes('@') ? from : null,
    ip: null,
    ehlo: null,
    selectors: [],
    accountId,
    signing: null,
    blocklists: false,
    authoritative: false,
    probe: false,
    resolver: null,
  })
}

/** Changes the settings that are looked at: those of the account, or those that were typed here. */
export async function changeSettings(subject: Subject, change: AccountChange): Promise<Subject> {
  const settings = { ...subject.settings, ...change }
  if (subject.accountId !== null) {
    await client.accounts.update({ id: subject.accountId, change })
    await refreshAccounts()
  }
  troubleshoot.dispatch({ kind: 'settings', settings })
  return { ...subject, settings }
}

/** A password that was typed again: stored with the account; kept in memory for a server that was typed. */
export async function saveSecret({ accountId }: Subject, value: string): Promise<void> {
  if (accountId === null) return troubleshoot.dispatch({ kind: 'type', typed: { password: value } })
  await client.accounts.update({ id: accountId, secret: { kind: 'set', value } })
  await refreshAccounts()
}
