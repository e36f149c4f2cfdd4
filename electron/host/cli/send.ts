import type { Services } from '#host/compose.ts'
import type { AccountSettings } from '#shared/account/account.ts'
import { Problem } from '#shared/problem.ts'
import { stepWith } from '#shared/diagnosis/step-with.ts'
import type { Report } from '#shared/report/report.ts'
import { printReply } from '#shared/smtp/reply-text.ts'
import {
  CONNECTION_OPTIONS,
  done,
  failed,
  PASSWORD_OPTIONS,
  type Command,
  type CommandIo,
  type CommandResult,
} from './command.ts'
import { exitOfSteps } from './exit-of-steps.ts'
import { followRun } from './follow-run.ts'
import { printReport } from './print-report.ts'
import { chooseTarget, runOptions } from './run-target.ts'
import { composeOwnMessage, recipientsOf } from './send-message.ts'
import { accountOf, withServices } from './session.ts'

const EMPTY = { messageId: null, accepted: [], rejected: [], response: null, transcript: [] }

export const send: Command = {
  name: 'send',
  summary: 'send a message; without a text, a test message that carries the settings that worked',
  operands: '[ACCOUNT]',
  arity: [0, 1001],
  options: {
    to: { type: 'string', multiple: true, value: 'ADDRESS', help: 'a recipient' },
    cc: { type: 'string', multiple: true, value: 'ADDRESS', help: 'a recipient of a copy' },
    subject: { type: 'string', value: 'TEXT', help: 'the subject' },
    text: { type: 'string', value: 'TEXT', help: 'the text of the message' },
    markdown: { type: 'string', value: 'FILE', help: 'the message as Markdown, sent as text and HTML' },
    html: { type: 'string', value: 'FILE', help: 'the message as HTML' },
    attach: { type: 'string', multiple: true, value: 'FILE', help: 'a file to attach' },
    header: { type: 'string', multiple: true, value: '"NAME: VALUE"', help: 'a further header' },
    raw: { type: 'boolean', help: 'read a whole RFC 5322 message from standard input' },
    'recipients-from-header': {
      type: 'boolean',
      short: 't',
      help: 'with --raw: the recipients are those of To, Cc and Bcc',
    },
    'account-file': {
      type: 'string',
      value: 'FILE',
      help: 'settings as JSON in place of a stored account; - is standard input',
    },
    interval: {
      type: 'number',
      value: 'SECONDS',
      help: 'with --key: send nothing when a message with this key went out less than this ago',
    },
    key: { type: 'string', value: 'NAME', help: 'what --interval counts by' },
    'require-tls': {
      type: 'boolean',
      help: 'only over encrypted connections on the whole way, or not at all (REQUIRETLS, RFC 8689)',
    },
    chunking: { type: 'boolean', help: 'send in chunks (BDAT, RFC 3030) where the server offers that' },
    queue: { type: 'boolean', help: 'keep the message and try again later when the failure is temporary' },
    'no-queue': { type: 'boolean', help: 'try once (the default)' },
    ...CONNECTION_OPTIONS,
    ...PASSWORD_OPTIONS,
  },
  examples: [
    {
      line: 'send work --to ops@example.org --subject "Disk full" --text "df says 99 %"',
      shows: "prints the server's last reply",
    },
    {
      line: 'send --raw -t < message.eml',
      shows: 'sends a finished message with the default account, as sendmail -t does',
    },
  ],
  empty: EMPTY,
  run: io =>
    withServices(io, async (client, services) => {
      const given = await recipientsOf(io, client)
      const target = await chooseTarget(io, client, given.account)
      const account = await accountOf(client, target)
      requireTlsThatLasts(io, account)
      const message = await composeOwnMessage(io, account, given)
      if (io.options['queue'] === true) await tryWaiting(io, services)
      const { key, interval } = io.options
      if (typeof key === 'string' && typeof interval === 'number') {
        const heldUntil = services.intervals.heldUntil(key, interval)
        if (heldUntil !== null)
          return done(
            { ...EMPTY, heldUntil },
            `Not sent: a message with the key ${key} went out already; the next may go at ${heldUntil}.`,
          )
      }
      const sendTo = message === null ? (given.to[0] ?? null) : null
      const report = await followRun(io, client, {
        target,
        purpose: 'send',
        sendTo,
        message,
        reuse: null,
        options: await runOptions(io),
      })
      const sent = stepWith(report.steps, 'deliver')?.evidence?.kind === 'sent'
      if (sent && typeof key === 'string') services.intervals.passed(key)
      const queued =
        !sent &&
        io.options['queue'] === true &&
        message !== null &&
        target.kind === 'saved' &&
        exitOfSteps(report.steps) === 75
      if (!queued) return resultOf(report)
      services.outbox.keep(target.id, message)
      return done(
        { ...shapeOf(report), queued: true },
        `${printReport(report)}\n\nKept in the outbox: it is tried again by the next \`mailwright send --queue\` and while the window or \`mailwright ui\` is open.`,
      )
    }),
}

/** What waits is sent with the settings of the account alone: a wish of this call would be forgotten, and the message go without. */
function requireTlsThatLasts({ options }: CommandIo, account: AccountSettings): void {
  if (options['queue'] !== true || options['require-tls'] !== true || account.requireTls) return
  throw new Problem('usage', '--queue does not keep --require-tls for the later tries', {
    remedy: 'make it a setting of the account: mailwright accounts edit NAME --require-tls on',
  })
}

async function tryWaiting(io: CommandIo, services: Services): Promise<void> {
  if (services.outbox.count() === 0) return
  const { delivered, refused, expired } = await services.delivery.deliverDue(io.deadline.signal)
  io.note(
    `Outbox: ${delivered} delivered, ${refused} refused, ${expired} given up, ${services.outbox.count()} waiting.`,
  )
}

function shapeOf(report: Report): object {
  const seen = stepWith(report.steps, 'deliver')?.evidence
  const answers = seen?.kind === 'sent' || seen?.kind === 'rcpt-refused' ? seen.recipients : []
  return {
    messageId: seen?.kind === 'sent' ? seen.messageId || null : null,
    accepted:
      seen?.kind === 'sent' ? answers.filter(({ reply }) => reply.code < 400).map(({ address }) => address) : [],
    rejected: answers
      .filter(({ reply }) => reply.code >= 400)
      .map(({ address, reply }) => ({ address, reply: printReply(reply) })),
    response:
      seen?.kind === 'sent' || seen?.kind === 'data-refused' || seen?.kind === 'mail-refused'
        ? printReply(seen.reply)
        : null,
    transcript: report.transcript,
    findings: report.findings,
  }
}

function resultOf(report: Report): CommandResult {
  const exit = exitOfSteps(report.steps)
  const shape = shapeOf(report)
  if (exit !== 0) {
    const worst = report.findings.find(({ severity }) => severity === 'error')
    return failed(
      shape,
      printReport(report),
      exit,
      worst?.class ?? worst?.id ?? 'failed',
      worst?.title ?? 'the message was not sent',
    )
  }
  const seen = stepWith(report.steps, 'deliver')?.evidence
  const refused = seen?.kind === 'sent' ? seen.recipients.find(({ reply }) => reply.code >= 400) : undefined
  if (!refused) return done(shape, printReport({ ...report, findings: [] }))
  const partly = `sent, but not to ${refused.address}: ${printReply(refused.reply)}`
  return failed(shape, printReport(report), refused.reply.code < 500 ? 75 : 77, 'recipient-refused', partly)
}
