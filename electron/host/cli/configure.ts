import { configure as discover } from '#engine/discover/configure.ts'
import { createResolver } from '#engine/dns/resolver.ts'
import { parseServer } from '#engine/dns/server.ts'
import type { Candidate, ConfigureResult } from '#shared/contract/discover.ts'
import { done, failed, NETWORK_OPTIONS, type Command } from './command.ts'

/** A resolver that has not answered by then will not answer at all. */
const LOOKUP_LIMIT_MS = 15_000

export const configure: Command = {
  name: 'configure',
  summary: 'settings for a mail address',
  operands: 'ADDRESS',
  arity: [1, 1],
  options: {
    ...NETWORK_OPTIONS,
    'online-lookup': {
      type: 'boolean',
      help: "ask Thunderbird's database of providers too: it learns the domain, not the address",
    },
  },
  examples: [
    { line: 'configure anna@example.org', shows: 'the mail servers that fit this address, the surest first' },
    { line: 'configure anna@gmail.com --json', shows: 'the same for programs' },
  ],
  empty: { address: null, domain: null, candidates: [], best: null },
  async run({ operands, options, deadline }) {
    const servers = typeof options['dns'] === 'string' ? [parseServer(options['dns'], '--dns')] : 'system'
    const { domainMissing, dnsFault, ...result } = await discover(operands[0] ?? '', {
      resolver: createResolver({ servers }),
      deadline: deadline.within(LOOKUP_LIMIT_MS),
      onlineLookup: options['online-lookup'] === true,
    })
    const text = printResult(result)
    if (result.candidates.length > 0) return done(result, text)
    if (domainMissing) return failed(result, text, 68, 'host-unknown', `the domain ${result.domain} does not exist`)
    if (dnsFault !== null) return failed(result, text, 75, 'resolver-failed', `DNS gave no answer: ${dnsFault}`)
    return failed(result, text, 69, 'nothing-found', `nothing is published about sending mail from ${result.domain}`)
  },
}

function printResult({ address, candidates, best }: ConfigureResult): string {
  if (candidates.length === 0) return `${address}: nothing found`
  const head = best === null ? `${address}: nothing certain; these are worth a test` : `${address}:`
  return [head, ...candidates.flatMap(printCandidate)].join('\n')
}

function printCandidate(candidate: Candidate): readonly string[] {
  const security = { none: 'no encryption', starttls: 'STARTTLS', tls: 'TLS from the start' }[candidate.security]
  const user = candidate.user === null ? 'the user name that the provider issued' : `user ${candidate.user}`
  return [
    `  ${candidate.host}:${candidate.port}  ${security}  ${user}`,
    `    ${candidate.source}, ${Math.round(candidate.confidence * 100)} % sure: ${candidate.note}`,
    ...(candidate.warning === null ? [] : [`    careful: ${candidate.warning}`]),
  ]
}
