import { z } from 'zod'
import { RunOptions, SECRET_LIMIT } from '#shared/contract/run.ts'
import { SignInEvidence } from '#shared/diagnosis/evidence.ts'
import { Step } from '#shared/diagnosis/step.ts'
import { TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import { LONGEST_TYPED_LINE } from '#shared/smtp/console-line.ts'
import { LONGEST_SCRIPT } from '#shared/smtp/console-script.ts'
import { Reply } from '#shared/smtp/reply.ts'

/** A line of the session; the last line of a reply carries the whole of it. */
export const ConsoleLine = TranscriptLine.extend({
  answer: z
    .object({
      /** Null for a line of a server that speaks something else. */
      reply: Reply.nullable(),
      /** The command that it answers, upper case; null for the greeting and for what nobody asked for. */
      verb: z.string().nullable(),
      /** From the command to the end of its reply; null where nothing was asked. */
      tookMs: z.number().nullable(),
    })
    .nullable(),
})
export type ConsoleLine = z.infer<typeof ConsoleLine>

/** What the session is in now. */
export const ConsoleState = z.object({
  address: z.string(),
  /** Whether the server has said anything yet. */
  greeted: z.boolean(),
  encrypted: z.boolean(),
  tls: TlsFacts.nullable(),
  /** Keywords of the last EHLO reply with their parameters; empty before it, and again behind STARTTLS. */
  offers: z.array(z.string()),
  /** How many replies are still to come. */
  waiting: z.int(),
  /** `message`: lines are content, until one that holds a single dot. */
  mode: z.enum(['commands', 'message', 'sign-in', 'busy']),
  safe: z.boolean(),
})
export type ConsoleState = z.infer<typeof ConsoleState>

export const ConsoleEnd = z.object({
  because: z.enum([
    'not-connected', // `steps` say why
    'closed-by-server',
    'closed',
    'idle',
    'too-much', // more lines than a session may have
    'handshake-failed', // nothing can be said on a connection whose TLS broke
  ]),
  detail: z.string().nullable(),
  /** Resolve, connect and, where TLS comes first, encrypt. */
  steps: z.array(Step),
})
export type ConsoleEnd = z.infer<typeof ConsoleEnd>

export const ConsoleTarget = z.object({
  host: z.string().min(1).max(4096),
  port: z.int().min(1).max(65_535),
  /** Whether the connection begins with TLS; STARTTLS can be typed later. */
  tls: z.boolean(),
  /** Refuses what could send a message. */
  safe: z.boolean().default(true),
  options: RunOptions.prefault({}),
})
export type ConsoleTarget = z.infer<typeof ConsoleTarget>

const ofSession = { sessionId: z.string().min(1).max(64) }

export const ConsoleSend = z.object({ ...ofSession, line: z.string().max(LONGEST_TYPED_LINE) })

export const ConsoleStartTls = z.object({
  ...ofSession,
  /** Says STARTTLS first; without, the handshake begins at once, as other protocols want it behind a word of their own. */
  announce: z.boolean().default(true),
})

export const ConsoleSignIn = z.object({
  ...ofSession,
  /** Upper case; null takes the best of the offer. */
  mechanism: z.string().max(64).nullable().default(null),
  user: z.string().max(320),
  secret: z.string().max(SECRET_LIMIT),
  /** Also where others could read the password, or the certificate is not trusted. */
  anyway: z.boolean().default(false),
})
export type ConsoleSignIn = z.infer<typeof ConsoleSignIn>

export const ConsoleSignedIn = z.object({ evidence: SignInEvidence })

export const ConsoleSafe = z.object({ ...ofSession, safe: z.boolean() })

export const ConsoleClose = z.object(ofSession)

/** One step of a script that was replayed. */
export const ReplayedStep = z.object({
  /** Of the script, from 1. */
  line: z.int(),
  outcome: z.enum(['passed', 'failed', 'not-reached']),
  /** What came in place of what was expected. */
  detail: z.string().nullable(),
})
export type ReplayedStep = z.infer<typeof ReplayedStep>

export const ConsoleEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opening'), sessionId: z.string(), startedAt: z.string() }),
  /** In batches. */
  z.object({ kind: z.literal('lines'), lines: z.array(ConsoleLine) }),
  z.object({ kind: z.literal('state'), state: ConsoleState }),
  z.object({ kind: z.literal('replayed'), step: ReplayedStep }),
  /** Always last. */
  z.object({ kind: z.literal('ended'), end: ConsoleEnd }),
])
export type ConsoleEvent = z.infer<typeof ConsoleEvent>

export const ConsoleReplay = z.object({
  target: ConsoleTarget,
  script: z.string().max(LONGEST_SCRIPT),
  /** For its `A:` lines. */
  secret: z.string().max(SECRET_LIMIT).nullable().default(null),
})
export type ConsoleReplay = z.infer<typeof ConsoleReplay>
