import type { RelaySeen } from '#shared/diagnosis/server-checks.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { composeEnvelope, speakEnvelope, type Commands, type Envelope } from '#engine/smtp/envelope.ts'
import { lookAtServer, type LookOptions, type LookTarget } from '#engine/smtp/look.ts'
import type { SmtpSession } from '#engine/smtp/session.ts'

export type Strangers = {
  /** Empty: the null reverse-path, which names nobody. */
  readonly mailFrom: string
  /** Of a domain that the server has nothing to do with. */
  readonly rcptTo: string
}

/**
 * Says MAIL, RCPT and RSET without signing in: whether the server would pass on mail of a stranger to a stranger. There
 * is never a DATA, so nothing is sent.
 *
 * @throws Problem `bad-input` for what is no address
 */
export async function checkRelay(target: LookTarget, strangers: Strangers, options: LookOptions): Promise<RelaySeen> {
  const seen = await askOnce(target, strangers, options)
  // TLS that is offered and does not work keeps nobody from sending in plain text.
  if (seen.kind !== 'not-tested' || target.security !== 'if-offered') return seen
  return askOnce({ ...target, security: 'none' }, strangers, options)
}

async function askOnce(target: LookTarget, { mailFrom, rcptTo }: Strangers, options: LookOptions): Promise<RelaySeen> {
  const envelope = { ...BARE, mailFrom, rcptTo: [rcptTo] }
  let seen: RelaySeen = notTested('the server was not reached')
  const look = await lookAtServer(target, {
    ...options,
    // Nothing secret is said, so a certificate that is not trusted does not matter here.
    insecure: true,
    converse: async (session, offered) => {
      const commands = composeEnvelope(envelope, offered)
      seen = commands.ok
        ? await askAsStranger(session, envelope, commands.value, options.deadline)
        : notTested('an address outside ASCII needs SMTPUTF8, which the server does not offer')
    },
  })
  const failed = look.steps.find(({ state }) => state === 'failed' || state === 'cancelled')
  return failed === undefined ? seen : notTested(`the step ${failed.id} ended early`)
}

async function askAsStranger(
  session: SmtpSession,
  envelope: Envelope,
  commands: Commands,
  deadline: Deadline,
): Promise<RelaySeen> {
  const { mailFrom } = envelope
  const [rcptTo = ''] = envelope.rcptTo
  // One by one: a server that has refused the sender is not asked about the recipient.
  const spoken = await speakEnvelope(session, envelope, commands, false, false, deadline)
  switch (spoken.kind) {
    case 'mail-refused':
      return { kind: 'refused', command: 'MAIL', mailFrom, rcptTo, reply: spoken.reply }
    case 'no-reply':
      return notTested(`no answer came to ${spoken.command} (${spoken.fault.cause})`)
    case 'spoken': {
      await session.command('RSET', deadline)
      const [recipient] = spoken.recipients
      if (recipient === undefined) return notTested('no answer came to RCPT')
      const { reply } = recipient
      if (!isPositive(reply)) return { kind: 'refused', command: 'RCPT', mailFrom, rcptTo, reply }
      return { kind: 'accepted', address: session.wire.socket.remoteAddress ?? '', mailFrom, rcptTo, reply }
    }
  }
}

const BARE = {
  sizeBytes: null,
  body: '7bit',
  utf8Headers: false,
  requireTls: false,
  dsn: { dsnNotify: null, dsnReturn: null },
} as const

function notTested(because: string): RelaySeen {
  return { kind: 'not-tested', because }
}
