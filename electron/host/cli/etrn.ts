import type { Security } from '#shared/account/account.ts'
import { isPositive } from '#shared/smtp/reply-class.ts'
import { printReply } from '#shared/smtp/reply-text.ts'
import { meaningOfCode } from '#shared/smtp/reply-codes.ts'
import type { Reply } from '#shared/smtp/reply.ts'
import { startQueue, type EtrnAnswer } from '#engine/smtp/etrn.ts'
import { CONNECTION_OPTIONS, done, failed, type Command, type CommandResult } from './command.ts'
import { exitOfSteps } from './exit-of-steps.ts'
import { lookOptions, readHost } from './look-options.ts'
import { failureOf } from './server-failure.ts'

export const etrn: Command = {
  name: 'etrn',
  summary: 'ask a server to start its queue for a node, a domain or a named queue (RFC 1985)',
  operands: 'HOST[:PORT] NODE|@DOMAIN|#QUEUE',
  arity: [2, 2],
  options: {
    security: {
      type: 'string',
      value: 'HOW',
      choices: ['none', 'starttls', 'tls'],
      help: 'tls on port 465, else STARTTLS when offered, unless said otherwise',
    },
    ...CONNECTION_OPTIONS,
  },
  examples: [{ line: 'etrn mail.example.org @example.net', shows: 'what the server says to ETRN @example.net' }],
  empty: { host: null, port: null, queue: null, reply: null },
  run: async io => {
    const given = readHost(io.operands[0] ?? '')
    const queue = io.operands[1] ?? ''
    // `choices` let nothing else through.
    const asked = io.options['security'] as Security | undefined
    const security = asked ?? (given.port === 465 ? 'tls' : 'if-offered')
    const port = given.port ?? (security === 'tls' ? 465 : 25)
    const { answer, steps } = await startQueue({ host: given.host, port, security }, queue, await lookOptions(io))
    const json = (reply: Reply | null) => ({ host: given.host, port, queue, reply })
    const failure = failureOf(steps)
    if (failure !== null) return failed(json(null), '', exitOfSteps(steps), failure.code, failure.message)
    return resultOf(answer, json)
  },
}

function resultOf(answer: EtrnAnswer | null, json: (reply: Reply | null) => object): CommandResult {
  switch (answer?.kind) {
    case 'answered': {
      const { reply } = answer
      const text = printReply(reply)
      const { meaning, source } = meaningOfCode(reply.code, 'ETRN')
      if (isPositive(reply)) return done(json(reply), `${text}\n  ${meaning} (${source})`)
      const temporary = reply.code < 500
      return failed(
        json(reply),
        `${text}\n  ${meaning} (${source})`,
        temporary ? 75 : 69,
        temporary ? 'etrn-deferred' : 'etrn-refused',
        text,
      )
    }
    case 'no-reply': {
      const { cause, detail } = answer.fault
      const exit = cause === 'timed-out' ? 75 : cause === 'malformed' || cause === 'too-long' ? 76 : 69
      return failed(json(null), '', exit, `reply-${cause}`, `no reply to ETRN: ${detail ?? cause}`)
    }
    case 'not-offered':
    case undefined:
      return failed(json(null), '', 69, 'etrn-not-offered', 'the server does not offer ETRN')
  }
}
