import { isAbsolute, join } from 'node:path'
import { Account } from '#shared/account/account.ts'
import type {
  DkimKeyInput,
  DkimKeyMade,
  DomainEvent,
  DomainLookInput,
  MessageCheck,
  MessageCheckInput,
} from '#shared/contract/domain.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { DomainPartKind } from '#shared/domain/part.ts'
import { Problem } from '#shared/problem.ts'
import { EventQueue } from '#engine/diagnosis/event-queue.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { readQuestion } from '#service/domain/question.ts'
import { writePrivateFile } from '#service/private-file.ts'
import type { ResolverFor } from '#service/runs/resolvers.ts'

/** Where looks go in place of the usual ports, and a CA that they trust: for tests. */
export type LookPorts = { readonly https?: number; readonly dns?: number; readonly smtp?: number; readonly ca?: string }

/** The longest chain is MX, its addresses, TLSA and the policy file; a minute is what RFC 8461 section 3.3 gives that file alone. */
const LOOK_MS = 60_000
const MESSAGE_MS = 30_000

const PARTS: readonly DomainPartKind[] = ['mx', 'spf', 'dmarc', 'dkim', 'mtaSts', 'tlsRpt', 'dane', 'bimi', 'caa']

/** Looks at sending domains, makes DKIM keys and checks messages. Keeps nothing but the private keys. */
export class DomainService {
  readonly #resolverFor: ResolverFor
  readonly #settings: () => Settings
  readonly #findAccount: (id: string) => Account
  readonly #home: string
  readonly #now: () => Date
  readonly #ports: LookPorts

  constructor(
    resolverFor: ResolverFor,
    settings: () => Settings,
    findAccount: (id: string) => Account,
    home: string,
    now: () => Date,
    ports: LookPorts = {},
  ) {
    this.#resolverFor = resolverFor
    this.#settings = settings
    this.#findAccount = findAccount
    this.#home = home
    this.#now = now
    this.#ports = ports
  }

  /** @throws Problem `bad-input` for what is no domain, address or resolver; `not-found` for the account */
  async *look(input: DomainLookInput, signal?: AbortSignal): AsyncGenerator<DomainEvent, void, undefined> {
    const account = input.accountId === null ? null : this.#findAccount(input.accountId)
    const question = readQuestion(input, account)
    const chosen = await this.#resolver(input.resolver, account)
    const left = new AbortController()
    const deadline = new Deadline(LOOK_MS, signal ? AbortSignal.any([signal, left.signal]) : left.signal)
    const { domain, ip } = question
    const waitsFor = [
      ...PARTS,
      ...(ip === null ? [] : (['ptr'] as const)),
      ...(input.blocklists ? (['blocklists'] as const) : []),
      ...(input.authoritative ? (['delegation'] as const) : []),
    ]
    const resolver = input.authoritative ? `the name servers of ${domain}` : chosen.label
    yield { kind: 'started', domain, from: question.from ?? `postmaster@${domain}`, ip, resolver, waitsFor }
    const events = new EventQueue<DomainEvent>()
    const startedAt = performance.now()
    const { lookAtDomain } = await import('#engine/domain/look.ts')
    const ended = lookAtDomain({
      ...question,
      blocklists: input.blocklists,
      authoritative: input.authoritative ? { port: this.#ports.dns ?? 53 } : null,
      probe: input.probe ? { port: this.#ports.smtp ?? 25 } : null,
      resolver: chosen.forRecords,
      deadline,
      fetchOptions: {
        ...(this.#ports.https === undefined ? {} : { port: this.#ports.https }),
        ...(this.#ports.ca === undefined ? {} : { ca: this.#ports.ca }),
      },
      onPart: part => events.push({ kind: 'part', part }),
    }).then(
      ({ findings, changes, forecast }) => {
        events.push({ kind: 'findings', findings })
        events.push({ kind: 'changes', changes })
        events.push({ kind: 'forecast', forecast })
        events.push({ kind: 'ended', tookMs: performance.now() - startedAt, outOfTime: deadline.expired })
        events.close()
      },
      (error: unknown) => events.fail(error),
    )
    try {
      yield* events
    } finally {
      left.abort()
      await ended
    }
  }

  /** @throws Problem `bad-input` for what is no name or path, `io` when the file cannot be written */
  async newDkimKey({ selector, domain, kind, path }: DkimKeyInput): Promise<DkimKeyMade> {
    const { normalizeName } = await import('#engine/dns/name.ts')
    const at = normalizeName(domain)
    // RFC 6376 section 3.1: a selector is made of host-name labels. As part of a file name it must be nothing else either.
    if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(selector)) {
      const remedy = 'Use letters, digits and hyphens: s2026.'
      throw new Problem('bad-input', `"${selector}" cannot be a selector`, { field: 'selector', remedy })
    }
    if (at === null || !/^[a-z0-9._-]+\.[a-z0-9-]+$/.test(at)) {
      throw new Problem('bad-input', `"${domain}" is not a domain name`, { field: 'domain' })
    }
    if (path !== null && !isAbsolute(path)) {
      throw new Problem('bad-input', 'the path does not begin at the root', {
        field: 'path',
        remedy: 'Give a whole path.',
      })
    }
    const name = `${selector}._domainkey.${at}`
    const file = path ?? join(this.#home, 'dkim', `${name}.pem`)
    const { createDkimKey } = await import('#engine/dkim/new-key.ts')
    const { privateKeyPem, record } = await createDkimKey(kind)
    const written = await writePrivateFile(file, privateKeyPem, this.#now())
    const why = 'the key that receivers check signatures with'
    const change = { action: 'add' as const, name, type: 'TXT', value: record, replaces: null, why }
    return { kind, selector, domain: at, change, ...written }
  }

  /** @throws Problem `bad-input` for what is no address or resolver */
  async checkMessage(input: MessageCheckInput, signal?: AbortSignal): Promise<MessageCheck> {
    const [{ checkMessage }, { parseIp }] = await Promise.all([
      import('#engine/domain/check-message.ts'),
      import('#engine/dns/ip.ts'),
    ])
    if (input.ip !== null && parseIp(input.ip) === null) {
      throw new Problem('bad-input', `"${input.ip}" is not an IP address`, { field: 'ip' })
    }
    const { forRecords } = await this.#resolver(input.resolver, null)
    return checkMessage({
      message: Buffer.from(input.source, input.encoding === 'base64' ? 'base64' : 'utf8'),
      ip: input.ip,
      mailFrom: input.mailFrom,
      resolver: forRecords,
      deadline: new Deadline(MESSAGE_MS, signal),
      now: this.#now(),
    })
  }

  #resolver(chosen: string | null, account: Account | null) {
    const nobody = account ?? Account.parse({ id: 'draft', name: 'draft' })
    return this.#resolverFor(chosen ?? this.#settings().resolver, nobody, true)
  }
}
