import { randomUUID } from 'node:crypto'
import type {
  Checked,
  CheckInput,
  LookEvent,
  LookInput,
  PortsEvent,
  PortsInput,
  TlsVersions,
  TlsVersionsInput,
} from '#shared/contract/server-info.ts'
import type { DiagnosisEvent } from '#engine/diagnosis/diagnosis.ts'
import { EventQueue } from '#engine/diagnosis/event-queue.ts'
import { checkFindings, findingsOf, versionFindings } from '#service/looks/look-findings.ts'
import type { PrepareLook } from '#service/looks/prepare-look.ts'
import { batchTranscript } from '#service/runs/batch-transcript.ts'

/** Looks at servers without credentials: what one offers, and which of its ports do. */
export class ServerLooks {
  readonly #prepare: PrepareLook
  readonly #active = new Map<string, AbortController>()

  constructor(prepare: PrepareLook) {
    this.#prepare = prepare
  }

  /** `ended` comes last, also after `stop` and when the time is up. @throws Problem when it cannot begin */
  async *look(input: LookInput, signal?: AbortSignal): AsyncGenerator<LookEvent, void, undefined> {
    const stop = new AbortController()
    const { host, options } = await this.#prepare(input, stoppedBy(stop, signal))
    const { serverInfo } = await import('#engine/smtp/server-info.ts')
    const { guessSoftware } = await import('#engine/smtp/software.ts')
    const lookId = randomUUID()
    this.#active.set(lookId, stop)
    const events = new EventQueue<DiagnosisEvent>()
    const security = input.security ?? (input.port === 465 ? 'tls' : 'if-offered')
    const looking = serverInfo({ host, port: input.port, security }, { ...options, onEvent: e => events.push(e) })
    looking.then(
      () => events.close(),
      (error: unknown) => events.fail(error),
    )
    try {
      yield { kind: 'started', lookId, host, port: input.port, startedAt: options.now().toISOString() }
      for await (const event of batchTranscript(events[Symbol.asyncIterator]())) {
        if (event.kind === 'transcript') yield { kind: 'transcript', lines: [...event.lines] }
        else if (event.kind !== 'ended') yield event
      }
      const look = await looking
      const { banner, capabilities } = look.info
      const words = guessSoftware(banner, [...(capabilities.plain?.lines ?? []), ...(capabilities.tls?.lines ?? [])])
      yield {
        kind: 'ended',
        info: look.info,
        softwareRestsOn: words?.because ?? null,
        findings: await findingsOf(look),
        steps: [...look.steps],
      }
    } finally {
      stop.abort()
      this.#active.delete(lookId)
    }
  }

  /** Ends a look that streams elsewhere; one that has ended, or never was, needs no stopping. */
  stop(lookId: string): void {
    this.#active.get(lookId)?.abort()
  }

  /** Rows as they become known; leaving the stream stops what is still under way. */
  async *ports({ host: text, alsoPort, options: asked }: PortsInput, signal?: AbortSignal): AsyncGenerator<PortsEvent> {
    const stop = new AbortController()
    const { host, options } = await this.#prepare(
      { host: text, port: alsoPort, options: asked },
      stoppedBy(stop, signal),
    )
    const { lookAtPorts, MATRIX_PORTS } = await import('#engine/smtp/ports.ts')
    const ports = alsoPort === null || MATRIX_PORTS.includes(alsoPort) ? [...MATRIX_PORTS] : [alsoPort, ...MATRIX_PORTS]
    const events = new EventQueue<PortsEvent>()
    const looking = lookAtPorts(
      host,
      options,
      {
        onAddresses: addresses => events.push({ kind: 'addresses', addresses: [...addresses] }),
        onRow: row => events.push({ kind: 'row', row: { ...row, offersAuth: [...row.offersAuth] } }),
      },
      ports,
    )
    looking.then(
      ({ matrix, resolved }) => {
        const { kind } = resolved.evidence
        const unresolved = kind === 'not-found' || kind === 'resolver-failed' ? kind : null
        const { best, bestIfTrusted } = matrix
        events.push({ kind: 'ended', best, bestIfTrusted, unresolved })
        events.close()
      },
      (error: unknown) => events.fail(error),
    )
    try {
      yield { kind: 'started', ports }
      yield* events
    } finally {
      stop.abort()
    }
  }

  /** Which versions of TLS a server accepts, each tried on a connection of its own. */
  async tlsVersions(input: TlsVersionsInput, signal?: AbortSignal): Promise<TlsVersions> {
    const { host, options } = await this.#prepare(input, signal ?? new AbortController().signal)
    const { tryTlsVersions } = await import('#engine/smtp/tls-versions.ts')
    const { port } = input
    const security = input.security === 'tls' || port === 465 ? 'tls' : 'starttls'
    const versions = await tryTlsVersions({ host, port, security }, options)
    return { versions: [...versions], findings: await versionFindings(versions, input.shown, { host, port, security }) }
  }

  /** Tries whether the server itself is at risk, in the ways that are asked for. */
  async check(input: CheckInput, signal?: AbortSignal): Promise<Checked> {
    const { host, options } = await this.#prepare(input, signal ?? new AbortController().signal)
    const { checkServer } = await import('#engine/smtp/check-server.ts')
    const { port } = input
    const target = { host, port, security: input.security ?? (port === 465 ? 'tls' : 'if-offered') } as const
    const checks = await checkServer(input, target, options)
    return { checks, findings: await checkFindings(checks, { host, port, security: input.security }) }
  }

  close(): void {
    for (const stop of this.#active.values()) stop.abort()
  }
}

function stoppedBy(stop: AbortController, signal: AbortSignal | undefined): AbortSignal {
  return signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
}
