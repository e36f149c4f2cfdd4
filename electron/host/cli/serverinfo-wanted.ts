import { addressFaultMessage, parseAddress } from '#shared/account/address.ts'
import { Problem } from '#shared/problem.ts'
import { requireQuestion } from '#engine/smtp/ask-server.ts'
import type { WantedChecks } from '#engine/smtp/check-server.ts'
import type { CommandIo, OptionSpec } from './command.ts'

/** What is done on request only: what else `serverinfo` asks, and whether the server is at risk itself. */
export const CHECK_OPTIONS = {
  ask: {
    type: 'string',
    multiple: true,
    value: 'COMMAND',
    help: 'also ask this: VRFY ADDRESS, EXPN LIST, HELP [TOPIC] or NOOP',
  },
  'check-injection': {
    type: 'boolean',
    help: 'also try whether the server obeys a NOOP slipped in behind STARTTLS, before encryption',
  },
  'check-relay': {
    type: 'string',
    value: 'TO',
    help: 'also try whether the server takes mail for TO, an address elsewhere, from anybody; nothing is sent',
  },
  'relay-from': { type: 'string', value: 'FROM', help: 'with --check-relay: the sender, in place of the empty one' },
} as const satisfies Record<string, OptionSpec>

/** What was asked for, read before anything is sent. @throws Problem */
export type Wanted = WantedChecks & { readonly questions: readonly string[] }

export function readWanted({ options }: Pick<CommandIo, 'options'>): Wanted {
  const { ask, 'check-injection': injection, 'check-relay': rcptTo, 'relay-from': mailFrom } = options
  const questions = Array.isArray(ask) ? ask.map(String) : []
  for (const question of questions) requireQuestion(question)
  if (typeof rcptTo !== 'string') {
    if (mailFrom !== undefined) throw new Problem('usage', '--relay-from needs --check-relay TO')
    return { questions, injection: injection === true, relay: null }
  }
  const relay = {
    mailFrom: typeof mailFrom === 'string' && !NULL_PATHS.includes(mailFrom) ? addressIn('--relay-from', mailFrom) : '',
    rcptTo: addressIn('--check-relay', rcptTo),
  }
  return { questions, injection: injection === true, relay }
}

/** How people write the empty sender. */
const NULL_PATHS: readonly string[] = ['', '<>']

function addressIn(field: string, text: string): string {
  const parsed = parseAddress(text)
  if (parsed.ok) return parsed.value.address
  throw new Problem('bad-input', `${addressFaultMessage(parsed.error)}; got ‘${text}’`, { field })
}
