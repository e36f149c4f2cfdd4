import { existsSync } from 'node:fs'
import type { LocateEvent, LocateInput } from '#shared/contract/troubleshoot.ts'
import { EventQueue } from '#engine/diagnosis/event-queue.ts'
import type { Environment } from '#service/home.ts'
import type { PrepareLook } from '#service/looks/prepare-look.ts'

/** Long enough for two families that drop every packet; a person waits no longer for a comparison. */
const LOCATE_MS = 20_000

export type Locate = (input: LocateInput, signal?: AbortSignal) => AsyncGenerator<LocateEvent, void, undefined>

/** Looks for whatever keeps a connection from coming about. Leaving the stream stops it. */
export function createLocate(prepare: PrepareLook, inContainer: () => boolean): Locate {
  return async function* locate(input, signal) {
    const stop = new AbortController()
    const stopped = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
    const timeoutMs = Math.min(input.options.timeoutMs ?? LOCATE_MS, LOCATE_MS)
    const asked = { host: input.host, port: input.port, options: { ...input.options, timeoutMs } }
    const { host, dns, options } = await prepare(asked, stopped)
    const { observeBlock } = await import('#engine/diagnosis/locate.ts')
    const { port, security, controlHost } = input
    const events = new EventQueue<LocateEvent>()
    observeBlock(
      { host, port, security, controlHost, inContainer: inContainer() },
      { ...options, dns, onSeen: seen => events.push({ kind: 'seen', seen }) },
    ).then(
      seen => {
        events.push({ kind: 'ended', seen })
        events.close()
      },
      (error: unknown) => events.fail(error),
    )
    try {
      yield* events
    } finally {
      stop.abort()
    }
  }
}

/** The marks that container programs leave: Docker, Podman, systemd-nspawn and LXC, Kubernetes. */
export function runsInContainer(env: Environment): boolean {
  return (
    ['/.dockerenv', '/run/.containerenv', '/run/systemd/container'].some(path => existsSync(path)) ||
    'KUBERNETES_SERVICE_HOST' in env
  )
}
