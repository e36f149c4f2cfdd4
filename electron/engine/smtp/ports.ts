import type { Security } from '#shared/account/account.ts'
import type {
  Address,
  ConnectAttempt,
  EncryptEvidence,
  Family,
  Greeting,
  ResolveEvidence,
} from '#shared/diagnosis/evidence.ts'
import { runResolve } from '#engine/diagnosis/steps/resolve.ts'
import type { StepOutcome } from '#engine/diagnosis/step-outcome.ts'
import type { Capabilities } from '#shared/smtp/capabilities.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { roundMs } from '#engine/net/round-ms.ts'
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
  /** `TLSv1.3`; where the handshake failed by its limits alone, what the server spoke without them. Null without TLS. */
  readonly protocol: string | null
}

export type PortMatrix = {
  readonly host: string
  readonly rows: readonly PortRow[]
  /** Null where no way works, and where the only ways that are encrypted show a certificate that is not trusted. */
  readonly best: Way | null
  /** What would be the best if its certificate were trusted, where that keeps `best` from being it. */
  readonly bestIfTrusted: Way | null
}

type Way = { readonly port: number; readonly security: Security }

export type PortsWatch = {
  /** Called once, before the first row: the addresses that are looked at, one of each family. */
  readonly onAddresses?: (addresses: readonly Address[]) => void
  /** Called as each row becomes known. */
  readonly onRow?: (row: PortRow) => void
}

/** Submission and relay ports in use, in the order of preference (RFC 8314 section 3: TLS from the start first). */
export const MATRIX_PORTS: readonly number[] = [465, 587, 2465, 2587, 2525, 25]

/** A filtered port answers nothing: waiting longer than this tells no more about it. */
const LIMITS = { connectMs: 8000, greetingMs: 12_000, handshakeMs: 8000, replyMs: 12_000 }

/** Looks at every port with every kind of encryption over both families, all at the same time and without credentials. */
export async function lookAtPorts(
  host: string,
  options: LookOptions,
  { onAddresses, onRow }: PortsWatch = {},
  ports: readonly number[] = MATRIX_PORTS,
): Promise<{ readonly matrix: PortMatrix; readonly resolved: StepOutcome<ResolveEvidence> }> {
  const place = { kind: 'host', host, port: 0, sourceIp: null } as const
  const resolved = await runResolve({ place, family: options.family ?? null }, options.resolver, options.deadline)
  const places = firstOfEachFamily(resolved.evidence)
  onAddresses?.(places)
  const tell = (row: PortRow) => {
    onRow?.(row)
    return row
  }
  const looks = ports.flatMap(port =>
    places.map(async ({ address, family }) => {
      const place = { host, port, address, family }
      // A port that begins with TLS says nothing in plain text, and waiting for that would tell nothing more.
      const beginsWithTls = new AbortController()
      const [plain, tls] = await Promise.all([
        lookAtPlain(place, options, beginsWithTls.signal, tell),
        lookAtTls(place, options).then(row => {
          if (row.trusted !== null) beginsWithTls.abort()
          return tell(row)
        }),
      ])
      return [...plain, tls]
    }),
  )
  const rows = (await Promise.all(looks)).flat()
  return { matrix: { host, rows, ...bestOf(rows, options.insecure === true) }, resolved }
}

type At = { readonly host: string; readonly port: number; readonly address: string; readonly family: Family }
type Tell = (row: PortRow) => PortRow

/** One connection tells both rows of a port that begins in plain text: the first as soon as EHLO is answered. */
async function lookAtPlain(
  place: At,
  options: LookOptions,
  beginsWithTls: AbortSignal,
  tell: Tell,
): Promise<readonly PortRow[]> {
  const { host, port, family, address } = place
  const stop = AbortSignal.any([options.deadline.signal, beginsWithTls])
  const deadline = new Deadline(options.deadline.remainingMs(), stop)
  const began = performance.now()
  const told: PortRow[] = []
  const onPlain = ({ auth: offersAuth }: Capabilities) => {
    const ms = roundMs(performance.now() - began)
    told.push(
      tell({ port, security: 'none', family, address, outcome: 'ok', ms, offersAuth, trusted: null, protocol: null }),
    )
  }
  const look = await lookAtServer({ host, port, security: 'if-offered' }, at(place, { ...options, deadline, onPlain }))
  const silent = beginsWithTls.aborted && look.seen.greeting?.kind !== 'ready'
  const left = told.length === 0 ? (['none', 'starttls'] as const) : (['starttls'] as const)
  const rows = left.map(security => rowOf(place, security, look))
  return [...told, ...rows.map(row => tell(silent ? { ...row, outcome: 'not-smtp' } : row))]
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
  return {
    port,
    security,
    family,
    address,
    outcome: outcomeOf(security, look),
    ms: timings.totalMs,
    offersAuth: encrypt?.kind === 'encrypted' ? encrypt.after.auth : [],
    trusted: security === 'none' ? null : (seen.tls?.trusted ?? null),
    protocol: security === 'none' ? null : (seen.tls?.protocol ?? spokenWithoutLimits(encrypt)),
  }
}

function spokenWithoutLimits(encrypt: EncryptEvidence | null): string | null {
  return encrypt?.kind === 'handshake-failed' ? (encrypt.withoutLimits?.protocol ?? null) : null
}

function outcomeOf(security: Security, { connect, encrypt, steps }: Look): PortOutcome {
  if (connect === null) return steps.some(step => step.state === 'cancelled') ? 'stopped' : 'failed'
  if (connect.kind === 'failed') return ofAttempt(connect.attempts.at(-1)?.outcome)
  if (connect.greeting !== null && connect.greeting.kind !== 'ready') return ofGreeting(connect.greeting)
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

/**
 * Where to send from: an encrypted and trusted way that offers sign-in, else one that does not. Plain text only where
 * nothing encrypts: beside a certificate that is not trusted it would be no better, only less honest.
 */
function bestOf(rows: readonly PortRow[], insecure: boolean): Pick<PortMatrix, 'best' | 'bestIfTrusted'> {
  const works = rows.filter(row => row.outcome === 'ok')
  const trusted = preferred(works.filter(row => row.security !== 'none'))
  if (trusted !== null) return { best: trusted, bestIfTrusted: null }
  const untrusted = preferred(rows.filter(row => row.outcome === 'untrusted'))
  if (untrusted === null || insecure) return { best: untrusted ?? preferred(works), bestIfTrusted: null }
  return { best: null, bestIfTrusted: untrusted }
}

function preferred(rows: readonly PortRow[]): Way | null {
  const row = rows.find(({ offersAuth }) => offersAuth.length > 0) ?? rows[0]
  return row === undefined ? null : { port: row.port, security: row.security }
}

function firstOfEachFamily(evidence: ResolveEvidence): readonly Address[] {
  const all =
    evidence.kind === 'resolved'
      ? evidence.addresses
      : evidence.kind === 'literal' && evidence.address !== null
        ? [evidence.address]
        : []
  return ([4, 6] as const).flatMap(family => all.find(each => each.family === family) ?? [])
}
