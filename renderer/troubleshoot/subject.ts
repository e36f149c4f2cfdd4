import { AccountSettings, type Security } from '#shared/account/account.ts'
import { portOf } from '#shared/account/port-of.ts'
import { understandHost } from '#shared/account/host-input.ts'
import type { AccountView } from '#shared/contract/account-view.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { EntranceId } from './entrances.ts'
import type { Subject, Typed } from './troubleshoot-state.ts'

export type Fault = { readonly field: 'accountId' | 'server' | 'recipient' | 'user' | 'from'; readonly message: string }

/** What is to be looked at, from what was typed; or what is still missing. */
export function subjectOf(
  entrance: EntranceId,
  typed: Typed,
  accounts: readonly AccountView[],
): Result<Subject, Fault> {
  const recipient = typed.recipient.trim() === '' ? null : typed.recipient.trim()
  if (entrance === 'nothing' && recipient === null) {
    return err({ field: 'recipient', message: 'Type the address that the test message should go to.' })
  }
  if (typed.accountId !== null) {
    const view = accounts.find(({ account }) => account.id === typed.accountId)
    if (!view) return err({ field: 'accountId', message: 'Choose an account.' })
    const { account } = view
    return ok({ accountId: account.id, settings: account, name: account.name, recipient })
  }
  if (entrance === 'spam') return domainSubject(typed)
  const server = serverOf(typed)
  if (!server.ok) return server
  const { host, port, security } = server.value
  const user = typed.user.trim()
  if (entrance === 'password' && user === '') return err({ field: 'user', message: 'Type the user name.' })
  const from = typed.from.trim() === '' ? (user.includes('@') ? user : null) : typed.from.trim()
  if ((entrance === 'refused' || entrance === 'nothing') && from === null) {
    return err({ field: 'from', message: 'Type the address that the message comes from.' })
  }
  const signsIn = entrance !== 'connect' && user !== ''
  const settings = AccountSettings.safeParse({
    host,
    port,
    security,
    auth: signsIn ? 'auto' : 'none',
    user: signsIn ? user : null,
    secret: { kind: signsIn ? 'prompt' : 'none' },
    from,
  })
  if (!settings.success)
    return err({ field: 'server', message: 'One of the values holds a character that it must not.' })
  return ok({ accountId: null, settings: settings.data, name: `${host}, port ${port}`, recipient })
}

function domainSubject({ from }: Typed): Result<Subject, Fault> {
  const typed = from.trim()
  if (typed === '') return err({ field: 'from', message: 'Type the address or the domain that the mail comes from.' })
  const settings = AccountSettings.safeParse({
    from: typed.includes('@') ? typed : `postmaster@${typed}`,
    auth: 'none',
  })
  if (!settings.success) return err({ field: 'from', message: 'This is neither a mail address nor a domain.' })
  return ok({ accountId: null, settings: settings.data, name: typed, recipient: null })
}

type Server = { readonly host: string; readonly port: number; readonly security: Security }

function serverOf({ server, security }: Typed): Result<Server, Fault> {
  if (server.trim() === '')
    return err({ field: 'server', message: 'Choose an account, or type the name of the server.' })
  const understood = understandHost(server)
  if (!understood.ok)
    return err({ field: 'server', message: `${understood.error.message}. ${understood.error.remedy}.` })
  const { host, port: named, security: said } = understood.value
  if (security !== 'auto') return ok({ host, port: named ?? portOf({ port: null, security }), security })
  const port = named ?? (said === 'tls' ? 465 : 587)
  return ok({ host, port, security: said ?? usualSecurity(port) })
}

/** RFC 8314 section 3.3: TLS from the start on 465; on 25 mail travels between servers, encrypted where they can. */
function usualSecurity(port: number): Security {
  if (port === 465 || port === 2465) return 'tls'
  return port === 25 ? 'none' : 'starttls'
}

/** The domain that receivers look at. */
export function domainOf({ settings }: Subject): string | null {
  const address = settings.from ?? settings.user
  return address?.includes('@') ? address.slice(address.lastIndexOf('@') + 1) : null
}
