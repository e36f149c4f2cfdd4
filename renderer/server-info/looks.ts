import type { ServerInfo } from '#shared/contract/server-info.ts'
import { type ShownCertificate, shownCertificate } from '#shared/diagnosis/shown-certificate.ts'
import { api, client } from '../api/client.ts'
import { problemOf } from '../api/problem.ts'
import { queryClient } from '../api/queries.ts'
import { announce } from '../shell/announcer.tsx'
import { createStore } from '../shell/store.ts'
import { type AskedSecurity, type Look, type LookAction, type LookState, NO_LOOKS, reduceLooks } from './look-state.ts'
import type { RisksAsked } from './risk-dialog.tsx'

/** Looks outlive the page, so that an earlier one is there to compare with. */
export const looks = createStore<LookState, LookAction>(reduceLooks, NO_LOOKS)

const stops = new Map<number, AbortController>()
let count = 0

export type Asked = { readonly host: string; readonly port: number; readonly security: AskedSecurity }

/** Looks at a server, at all its ports beside that, and at its TLS versions once TLS is known to work. */
export async function startLook({ host, port, security }: Asked): Promise<void> {
  const id = ++count
  const stop = new AbortController()
  stops.set(id, stop)
  looks.dispatch({ kind: 'begin', look: { id, host, port, security, beganAt: performance.now() } })
  announce(`Looking at ${host}`)
  await Promise.all([
    look(id, { host, port, security }, stop.signal),
    lookAtPorts(id, { host, port, security }, stop.signal),
  ])
  stops.delete(id)
}

/** Ends everything of a look that is still under way; what is known stays. */
export function stopLook(id: number): void {
  const found = looks.get().looks.find(each => each.id === id)
  looks.dispatch({ kind: 'stopping', id })
  const abort = () => stops.get(id)?.abort()
  // The engine's own stop brings what it knows; the streams are closed behind it.
  if (found?.lookId && found.phase !== 'ended')
    client.serverInfo.stop({ lookId: found.lookId }).then(() => setTimeout(abort, STOP_GRACE_MS), abort)
  else abort()
}

/** The last event of a stopped look is on its way for this long at most. */
const STOP_GRACE_MS = 300

/** Starts the practice server and looks at its door for sending mail. */
export async function lookAtPractice(): Promise<void> {
  const status = await client.practice.start()
  queryClient.setQueryData(api.practice.status.queryKey(), status)
  const door = status.smtp.find(({ security }) => security === 'starttls') ?? status.smtp[0]
  if (!door) return
  looks.dispatch({ kind: 'typed', text: `${door.host}:${door.port}` })
  looks.dispatch({ kind: 'security', security: 'auto' })
  await startLook({ host: door.host, port: door.port, security: 'auto' })
}

async function look(id: number, asked: Asked, signal: AbortSignal): Promise<void> {
  const security = asked.security === 'auto' ? null : asked.security
  try {
    // Nothing secret is sent, so a certificate that is not trusted is reported and the look goes on behind it.
    const input = { host: asked.host, port: asked.port, security, options: { insecure: true } }
    for await (const event of await client.serverInfo.look(input, { signal })) {
      looks.dispatch({ kind: 'event', id, event })
      if (event.kind !== 'ended') continue
      const [first] = event.findings
      announce(first ? `${asked.host}: ${first.title}` : `The look at ${asked.host} has ended`)
      const used = event.info.security
      if (event.info.tls !== null && (used === 'tls' || used === 'starttls'))
        void askVersions(id, { ...asked, security: used, shown: shownIn(event.info) }, signal)
    }
    looks.dispatch({ kind: 'over', id, problem: null })
  } catch (error) {
    looks.dispatch({ kind: 'over', id, problem: signal.aborted ? null : problemOf(error) })
  }
}

async function lookAtPorts(id: number, { host, port }: Asked, signal: AbortSignal): Promise<void> {
  try {
    for await (const event of await client.serverInfo.ports({ host, alsoPort: port }, { signal }))
      looks.dispatch({ kind: 'ports', id, event })
    looks.dispatch({ kind: 'ports-over', id, problem: null })
  } catch (error) {
    looks.dispatch({ kind: 'ports-over', id, problem: signal.aborted ? null : problemOf(error) })
  }
}

/** Tries whether the server of a look is at risk itself, in the ways that are asked for. */
export async function checkRisks(
  look: Pick<Look, 'id' | 'host' | 'port' | 'security'>,
  asked: RisksAsked,
): Promise<void> {
  const { id, host, port, security } = look
  const stop = new AbortController()
  stops.set(id, stop)
  looks.dispatch({ kind: 'checks', id, checks: { kind: 'asking' } })
  try {
    const input = { host, port, security: security === 'auto' ? null : security, ...asked }
    const { checks, findings } = await client.serverInfo.check(input, { signal: stop.signal })
    announce(`${host}: ${findings[0]?.title ?? 'nothing was found that puts the server at risk'}`)
    looks.dispatch({ kind: 'checks', id, checks: { kind: 'known', seen: checks, findings } })
  } catch (error) {
    const checks = stop.signal.aborted
      ? ({ kind: 'none' } as const)
      : ({ kind: 'failed', problem: problemOf(error) } as const)
    looks.dispatch({ kind: 'checks', id, checks })
  } finally {
    stops.delete(id)
  }
}

/** What the look was shown, so that another certificate behind it is noticed. */
function shownIn({ tls }: ServerInfo): ShownCertificate | null {
  const [leaf] = tls?.chain ?? []
  return leaf === undefined ? null : shownCertificate(leaf)
}

async function askVersions(
  id: number,
  asked: Omit<Asked, 'security'> & { readonly security: 'tls' | 'starttls'; readonly shown: ShownCertificate | null },
  signal: AbortSignal,
): Promise<void> {
  looks.dispatch({ kind: 'versions', id, versions: { kind: 'asking' } })
  try {
    const { versions, findings } = await client.serverInfo.tlsVersions(asked, { signal })
    const [first] = findings
    if (first) announce(`${asked.host}: ${first.title}`)
    looks.dispatch({ kind: 'versions', id, versions: { kind: 'known', list: versions, findings } })
  } catch (error) {
    const versions = signal.aborted
      ? ({ kind: 'none' } as const)
      : ({ kind: 'failed', problem: problemOf(error) } as const)
    looks.dispatch({ kind: 'versions', id, versions })
  }
}
