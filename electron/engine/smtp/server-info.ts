import { lookupService } from 'node:dns'
import { isIP } from 'node:net'
import type { Security } from '#shared/account/account.ts'
import type { ConnectAttempt, Greeting } from '#shared/diagnosis/evidence.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import type { TlsLimits } from '#shared/account/tls-limits.ts'
import type { ServerDane, TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import { escapeControls } from '#shared/escape.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { recordsOf } from '#engine/dns/answer.ts'
import { parseIp, reverseName as printReverseName } from '#engine/dns/ip.ts'
import { nothingAfter } from '#engine/net/nothing-after.ts'
import { roundMs } from '#engine/net/round-ms.ts'
import { spareTime } from '#engine/net/spare-time.ts'
import { lookAtServer, type Look, type LookOptions, type LookTarget } from '#engine/smtp/look.ts'
import { guessSoftware } from '#engine/smtp/software.ts'

/** What `mailwright serverinfo --json` prints, without its error. Filled as far as the look got. */
export type ServerInfo = {
  readonly host: string
  readonly port: number
  /** What was spoken; null where that was not decided yet. */
  readonly security: Security | null
  readonly address: string | null
  readonly canonicalName: string | null
  /** Each address that was tried, in the order of the race (RFC 8305). */
  readonly attempts: readonly ConnectAttempt[]
  readonly banner: string | null
  readonly software: string | null
  readonly capabilities: { readonly plain: Capabilities | null; readonly tls: Capabilities | null }
  readonly tls: Omit<TlsFacts, 'distrust' | 'dane' | 'limits'> | null
  /** What the handshake was limited to; null where none was begun. */
  readonly tlsLimits: TlsLimits | null
  /** That came in plain text behind the reply to STARTTLS, and were thrown away. */
  readonly injectedOctets: number
  /** Null where there is no name to ask for, or no certificate to compare. */
  readonly dane: ServerDane | null
  readonly timings: Look['timings']
}

export type ServerLook = {
  readonly info: ServerInfo
  /** For the exit code and the words of a failure. */
  readonly steps: readonly Step[]
}

/** How long the result waits for what DNS says about the certificate, which is asked for beside everything else. */
const DANE_GRACE_MS = 50

/** How long the name behind the server's address may take from when it is asked for: of a server that is far no longer than the session. */
const NAME_GRACE_MS = 200

/** What msmtp's --serverinfo tells and more, in one connection: both capability lists, the whole chain, where the time went. */
export async function serverInfo(target: LookTarget, options: LookOptions): Promise<ServerLook> {
  let reverse: Promise<string | null> = Promise.resolve(null)
  const { promise: connected, resolve: connectionEnded } = Promise.withResolvers<boolean>()
  const look = await lookAtServer(target, {
    ...options,
    dane: askForDane(target, options, connected),
    onEvent: event => {
      if (event.kind === 'step-ended' && event.step.id === 'connect') {
        reverse = Promise.race([reverseName(event.step, options), nothingAfter(NAME_GRACE_MS)])
        connectionEnded(event.step.state === 'done')
      }
      options.onEvent?.(event)
    },
  })
  const named = look.resolve?.kind === 'resolved' ? look.resolve.canonicalName : null
  const canonicalName = named ?? (await reverse)
  return { info: infoOf(target, look, canonicalName), steps: look.steps }
}

async function askForDane(target: LookTarget, { resolver, deadline }: LookOptions, connected: Promise<boolean>) {
  const { host, port, security } = target
  if (security === 'none' || isIP(host) !== 0 || !(await spareTime(connected))) return null
  const { lookupServerDane } = await import('#engine/smtp/server-dane.ts')
  return lookupServerDane({ host, port, resolver, deadline, graceMs: DANE_GRACE_MS })
}

function infoOf(target: LookTarget, look: Look, canonicalName: string | null): ServerInfo {
  const { connect, encrypt, seen, timings } = look
  const banner = seen.greeting === null ? null : textOf(seen.greeting)
  const capabilities = { plain: seen.plain, tls: encrypt?.kind === 'encrypted' ? encrypt.after : null }
  const { tls } = seen
  const ehloLines = [...(capabilities.plain?.lines ?? []), ...(capabilities.tls?.lines ?? [])]
  return {
    host: target.host,
    port: target.port,
    security: securityOf(target, look),
    address: connect?.kind === 'connected' ? connect.address : null,
    canonicalName,
    attempts: (connect?.attempts ?? []).map(each => ({ ...each, ms: roundMs(each.ms) })),
    banner,
    software: guessSoftware(banner, ehloLines)?.name ?? null,
    capabilities,
    tls:
      tls === null
        ? null
        : {
            protocol: tls.protocol,
            cipher: tls.cipher,
            trusted: tls.trusted,
            reason: tls.reason,
            chain: tls.chain,
            ocsp: tls.ocsp ?? null,
          },
    tlsLimits: tls?.limits ?? (encrypt?.kind === 'handshake-failed' ? (encrypt.limits ?? null) : null),
    dane: tls?.dane ?? null,
    injectedOctets: encrypt?.kind === 'encrypted' ? encrypt.injectedOctets : 0,
    timings: {
      resolveMs: timings.resolveMs,
      connectMs: timings.connectMs,
      greetingMs: timings.greetingMs,
      ehloMs: timings.ehloMs,
      starttlsMs: timings.starttlsMs,
      tlsMs: timings.tlsMs,
      secondEhloMs: timings.secondEhloMs,
      totalMs: timings.totalMs,
    },
  }
}

function securityOf({ security }: LookTarget, { encrypt, seen }: Look): Security | null {
  if (security !== 'if-offered') return security
  if (encrypt === null) return null
  if (encrypt.kind === 'plain') return 'none'
  const { kind } = encrypt
  return seen.tls !== null || kind === 'handshake-failed' || kind === 'starttls-refused' ? 'starttls' : null
}

function textOf(greeting: Greeting): string | null {
  switch (greeting.kind) {
    case 'ready':
    case 'rejected':
      return greeting.reply.text.join('\n')
    case 'not-smtp':
      return greeting.preview === '' ? null : greeting.preview
    case 'silent':
    case 'closed':
      return null
  }
}

/** The name behind the address, through the resolver that was chosen. */
async function reverseName(step: Step, { resolver, deadline }: LookOptions): Promise<string | null> {
  if (step.id !== 'connect' || step.evidence?.kind !== 'connected') return null
  const { address, port } = step.evidence
  if (resolver === 'system') {
    return new Promise(resolve => {
      lookupService(address, port, (error, name) => resolve(error ? null : escapeControls(name)))
    })
  }
  const ip = parseIp(address)
  if (ip === null) return null
  const [record] = recordsOf(await resolver.lookup(printReverseName(ip), 'PTR', deadline))
  return record === undefined ? null : escapeControls(record.data.target)
}
