import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  InboxEntry,
  InboxMessage,
  PracticeEvent,
  PracticeFault,
  PracticeStatus,
} from '#shared/contract/practice.ts'
import { ioProblem } from '#service/io-problem.ts'
import { makeFolder } from '#service/make-folder.ts'
import { Problem } from '#shared/problem.ts'
import { Behaviour } from './behaviour.ts'
import { Broadcast } from './broadcast.ts'
import { createCertificates } from './certificates.ts'
import { createDnsServer, type DnsServer } from './dns-server.ts'
import type { Fault } from './fault.ts'
import { findFaults, practiceFaults } from './faults.ts'
import { Inbox } from './inbox.ts'
import { createInboxPage, type InboxPage } from './inbox-page.ts'
import { MAIL_PORTS, MailPort, type MailPortName } from './mail-port.ts'
import { PRACTICE_DOMAIN } from './names.ts'
import { LOOPBACK, Ports } from './ports.ts'
import { practiceZone } from './zone.ts'

/** A mail server, a DNS server and an inbox on this machine, with faults that can be switched on. */
export type Practice = {
  status(): PracticeStatus
  /** Does nothing while it runs. @throws Problem `unavailable`, `io` */
  start(): Promise<PracticeStatus>
  /** Ends every connection and closes every port. What arrived stays in the inbox. */
  stop(): Promise<PracticeStatus>
  /** Replaces the faults that are switched on; works at once. @throws Problem `bad-input` for an unknown id */
  setFaults(ids: readonly string[]): Promise<PracticeStatus>
  inbox(): readonly InboxEntry[]
  /** @throws Problem `not-found` */
  message(id: string): InboxMessage
  clearInbox(): void
  /** Ends, without an error, when the signal aborts. */
  /** The status as it is, then what changes. */
  watch(signal: AbortSignal): AsyncGenerator<PracticeEvent, void, undefined>
  /** Made up when this object was made. */
  password(): string
  close(): Promise<void>
}

export type PracticeOptions = {
  /** Where `practice/ca.pem` and the remembered ports lie. */
  readonly home: string
  readonly now?: () => number
  /** For `slow-greeting`, in milliseconds. */
  readonly slowGreetingMs?: number
}

type Running = {
  readonly ports: ReadonlyMap<MailPortName, MailPort>
  readonly dns: DnsServer
  readonly page: InboxPage
  readonly caFile: string
}

export function createPractice(options: PracticeOptions): Practice {
  return new PracticeServers(options)
}

class PracticeServers implements Practice {
  readonly #home: string
  readonly #now: () => number
  readonly #faults: readonly Fault[]
  readonly #password = randomBytes(12).toString('base64url')
  readonly #inboxToken = randomBytes(12).toString('base64url')
  readonly #inbox = new Inbox()
  readonly #events = new Broadcast<PracticeEvent>()
  #active: readonly Fault[] = []
  #behaviour = new Behaviour([])
  #running: Running | null = null
  /** Starting, stopping and switching faults wait for each other. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: PracticeOptions) {
    this.#home = join(options.home, 'practice')
    this.#now = options.now ?? Date.now
    this.#faults = practiceFaults(options.slowGreetingMs)
  }

  status(): PracticeStatus {
    const running = this.#running
    return {
      running: running !== null,
      smtp: running === null ? [] : [...running.ports.values()].map(port => port.endpoint),
      dns: running === null ? null : { host: LOOPBACK, port: running.dns.port },
      caFile: running?.caFile ?? null,
      inboxUrl: running?.page.url ?? null,
      domain: PRACTICE_DOMAIN,
      faults: this.#faults.map(describe),
      active: this.#active.map(fault => fault.id),
      messageCount: this.#inbox.count,
    }
  }

  start(): Promise<PracticeStatus> {
    return this.#inTurn(async () => {
      if (this.#running === null) this.#running = await this.#open()
      return this.#announce()
    })
  }

  stop(): Promise<PracticeStatus> {
    return this.#inTurn(async () => {
      const running = this.#running
      this.#running = null
      if (running) await closeAll([...running.ports.values(), running.dns, running.page])
      return this.#announce()
    })
  }

  async setFaults(ids: readonly string[]): Promise<PracticeStatus> {
    const active = findFaults(this.#faults, ids)
    return this.#inTurn(async () => {
      this.#active = active
      this.#behaviour = new Behaviour(active)
      for (const port of this.#running?.ports.values() ?? []) await port.behave(this.#behaviour)
      return this.#announce()
    })
  }

  inbox(): readonly InboxEntry[] {
    return this.#inbox.entries()
  }

  message(id: string): InboxMessage {
    return this.#inbox.message(id)
  }

  clearInbox(): void {
    this.#inbox.clear()
    this.#announce()
  }

  watch(signal: AbortSignal): AsyncGenerator<PracticeEvent, void, undefined> {
    return this.#events.watch(signal, () => ({ kind: 'status', status: this.status() }))
  }

  password(): string {
    return this.#password
  }

  async close(): Promise<void> {
    await this.stop()
  }

  async #open(): Promise<Running> {
    const opened: { close(): Promise<void> }[] = []
    try {
      makeFolder(this.#home)
      const certificates = await createCertificates(this.#now)
      const caFile = join(this.#home, 'ca.pem')
      await writeFile(caFile, certificates.ca, { mode: 0o600 })
      const remembered = await Ports.load(join(this.#home, 'ports.json'))
      const deliver = async (arrival: Parameters<Inbox['add']>[0]) => {
        const entry = await this.#inbox.add(arrival, new Date(this.#now()))
        this.#events.send({ kind: 'message', entry })
      }
      const ports = new Map<MailPortName, MailPort>()
      for (const name of MAIL_PORTS) {
        const port = new MailPort(name, remembered.wanted(name), { certificates, password: this.#password, deliver })
        opened.push(port)
        await port.behave(this.#behaviour)
        ports.set(name, port)
      }
      const portOf = (name: MailPortName) => ports.get(name)?.endpoint.port ?? 0
      const records = practiceZone({ starttls: portOf('submission'), tls: portOf('submissions') })
      const dnsState = () => ({ records: this.#behaviour.zone(records), answer: this.#behaviour.dnsAnswer })
      const dns = await createDnsServer(remembered.wanted('dns'), dnsState)
      opened.push(dns)
      const page = await createInboxPage(this.#inbox, remembered.wanted('inbox'), this.#inboxToken)
      opened.push(page)
      for (const name of MAIL_PORTS) remembered.remember(name, portOf(name))
      remembered.remember('dns', dns.port)
      remembered.remember('inbox', page.port)
      await remembered.save()
      return { ports, dns, page, caFile }
    } catch (error) {
      await closeAll(opened)
      throw startProblem(error, this.#home)
    }
  }

  #announce(): PracticeStatus {
    const status = this.status()
    this.#events.send({ kind: 'status', status })
    return status
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}

async function closeAll(open: readonly { close(): Promise<void> }[]): Promise<void> {
  await Promise.all(open.map(one => one.close()))
}

function describe({ id, title, description, group }: Fault): PracticeFault {
  return { id, title, description, group }
}

/** A bug is thrown as it is; what the system refused becomes a problem that says what to do. */
function startProblem(error: unknown, home: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  if (error.syscall === 'listen' || error.syscall === 'bind')
    return new Problem('unavailable', `The practice server cannot open a port on this machine: ${error.message}.`)
  return ioProblem(error, 'write', home)
}
