import type { Security } from '#shared/account/account.ts'
import type { ConnectAttempt, EncryptEvidence, Family, Greeting } from '#shared/diagnosis/evidence.ts'
import { runResolve } from '#engine/diagnosis/steps/resolve.ts'
import type { StepOutcome } from '#engine/diagnosis/step-outcome.ts'
import type { ResolveEvidence } from '#shared/diagnosis/evidence.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { lookAtServer, type Look, type LookOptions } from '#engine/smtp/look.ts'

export type PortOutcome =
  | 'ok'
  | 'untrusted'
  | 'not-offered'
  | 'not-smtp'
  | 'rejected'
  | 'silent'
  | 'handshake-failed'
  | 'failed'
  | 'stopped'
  | Exclude<ConnectAttempt['outcome'], 'connected' | 'abandoned'>

export type PortRow = {
  readonly port: number
  readonly security: Security
  readonly family: Family
  readonly address: string
  readonly outcome: PortOutcome
  readonly ms: number
  readonly offersAuth: readonly string[]
  /** Null where there was no certificate to look at. */
  readonly trusted: boolean | null
}

export type PortMatrix = {
  readonly host: string
  readonly rows: readonly PortRow[]
  readonly best: { readonly port: number; readonly security: Security } | null
}

/** Submission and relay ports in use, in the order of preference (RFC 8314 section 3: TLS from the start first). */
export const MATRIX_PORTS: readonly number[] = [465, 587, 2465, 2587, 2525, 25]

/** A filtered port answers nothing: waiting longer than this tells no more about it. */
const LIMITS = { connectMs: 8000, greetingMs: 12_000, handshakeMs: 8000, replyMs: 12_000 }

/**
 * Looks at every port with every kind of encryption over both families, all at the same time and without credentials.
 *
 * @param onRow is called as each row becomes known
 */
export async function lookAtPorts(
  host: string,
  options: LookOptions,
  onRow: (row: PortRow) => void = () => {},
  ports: readonly number[] = MATRIX_PORTS,
): Promise<{ readonly matrix: PortMatrix; readonly resolved: StepOutcome<ResolveEvidence> }> {
  const place = { kind: 'host', host, port: 0, sourceIp: null } as const
  const resolved = await runResolve({ place, family: options.family ?? null }, options.resolver, options.deadline)
  const places = firstOfEachFamily(resolved.evidence)
  const tell = (row: PortRow) => {
    onRow(row)
    return row
  }
  const looks = ports.flatMap(port =>
    places.map(async ({ address, family }) => {
      const place = { host, port, address, family }
      // A port that begins with TLS says nothing in plain text, and waiting for that would tell nothing more.
      const beginsWithTls = new AbortController()
      const [plain, tls] = await Promise.all([
        lookAtPlain(place, options, beginsWithTls.signal),
        lookAtTls(place, options).then(row => {
          if (row.trusted !== null) beginsWithTls.abort()
          return [row]
        }),
      ])
      return [...plain, ...tls].map(tell)
    }),
  )
  const rows = (await Promise.all(looks)).flat()
  return { matrix: { host, rows, best: bestOf(rows) }, resolved }
}

type At = { readonly host: string; readonly port: number; readonly address: string; readonly family: Family }

/** One connection tells both rows of a port that begins in plain text. */
async function lookAtPlain(place: At, options: LookOptions, beginsWithTls: AbortSignal): Promise<readonly PortRow[]> {
  const { host, port } = place
  const stop = AbortSignal.any([options.deadline.signal, beginsWithTls])
  const deadline = new Deadline(options.deadline.remainingMs(), stop)
  const look = await lookAtServer({ host, port, security: 'if-offered' }, at(place, { ...options, deadline }))
  const rows = [rowOf(place, 'none', look), rowOf(place, 'starttls', look)]
  const silent = beginsWithTls.aborted && look.seen.greeting?.kind !== 'ready'
  return silent ? rows.map(row => ({ ...row, outcome: 'not-smtp' })) : rows
}

async function lookAtTls(place: At, options: LookOptions): Promise<PortRow> {
  const { host, port } = place
  return rowOf(place, 'tls', await lookAtServer({ host, port, security: 'tls' }, at(place, options)))
}

// The name was looked up once; each look dials one of its addresses. The certificate is still checked for the name.
function at({ host, address, family }: At, options: LookOptions): LookOptions {
  return { ...options, limits: LIMITS, resolved: { host, address, family } }
}

function rowOf(place: At, security: Security, look: Look): PortRow {
  const { port, family, address } = place
  const { encrypt, seen, timings } = look
  const offered = security === 'none' ? seen.plain : encrypt?.kind === 'encrypted' ? encrypt.after : null
  const plainMs = (timings.connectMs ?? 0) + (timings.greetingMs ?? 0) + (timings.ehloMs ?? 0)
  return {
    port,
    security,
    family,
    address,
    outcome: outcomeOf(security, look),
    ms: security === 'none' && seen.plain !== null ? Math.round(plainMs * 10) / 10 : timings.totalMs,
    offersAuth: offered?.auth ?? [],
    trusted: security === 'none' ? null : (seen.tls?.trusted ?? null),
  }
}

function outcomeOf(security: Security, { connect, encrypt, seen, steps }: Look): PortOutcome {
  if (connect === null) return steps.some(step => step.state === 'cancelled') ? 'stopped' : 'failed'
  if (connect.kind === 'failed') return ofAttempt(connect.attempts.at(-1)?.outcome)
  if (connect.greeting !== null && connect.greeting.kind !== 'ready') return ofGreeting(connect.greeting)
  if (security === 'none' && seen.plain !== null) return 'ok'
  return encrypt === null ? 'stopped' : ofEncrypt(security, encrypt)
}

function ofAttempt(outcome: ConnectAttempt['outcome'] | undefined): PortOutcome {
  return outcome === undefined || outcome === 'connected' ? 'failed' : outcome === 'abandoned' ? 'stopped' : outcome
}

function ofGreeting(greeting: Greeting): PortOutcome {
  switch (greeting.kind) {
    case 'ready':
      return 'ok'
    case 'rejected':
      return 'rejected'
    case 'silent':
      return 'silent'
    case 'not-smtp':
      return 'not-smtp'
    case 'closed':
      return greeting.reset ? 'reset' : 'failed'
  }
}

function ofEncrypt(security: Security, encrypt: EncryptEvidence): PortOutcome {
  switch (encrypt.kind) {
    case 'plain':
      return security === 'none' ? 'ok' : 'not-offered'
    case 'encrypted':
      return encrypt.tls.trusted ? 'ok' : 'untrusted'
    case 'untrusted':
      return 'untrusted'
    case 'starttls-not-offered':
      return 'not-offered'
    case 'starttls-refused':
    case 'ehlo-refused':
      return 'rejected'
    case 'handshake-failed':
      return encrypt.fault.kind === 'timed-out' ? 'timed-out' : 'handshake-failed'
    case 'greeting-failed':
      return ofGreeting(encrypt.greeting)
    case 'no-reply':
      return encrypt.fault.cause === 'timed-out' ? 'timed-out' : 'failed'
  }
}

/** Where to send from: an encrypted and trusted way that offers sign-in, else one that does not, else plain text. */
function bestOf(rows: readonly PortRow[]): PortMatrix['best'] {
  const works = rows.filter(row => row.outcome === 'ok')
  const best =
    works.find(row => row.security !== 'none' && row.offersAuth.length > 0) ??
    works.find(row => row.security !== 'none') ??
    works[0]
  return best === undefined ? null : { port: best.port, security: best.security }
}

function firstOfEachFamily(
  evidence: ResolveEvidence,
): readonly { readonly address: string; readonly family: Family }[] {
  const all =
    evidence.kind === 'resolved'
      ? evidence.addresses
      : evidence.kind === 'literal' && evidence.address !== null
        ? [evidence.address]
        : []
  return ([4, 6] as const).flatMap(family => all.find(each => each.family === family) ?? [])
}
