import { parseIp } from '#engine/dns/ip.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import { createResolver } from '#engine/dns/resolver.ts'
import { parseServer } from '#engine/dns/server.ts'
import { checkHost } from '#engine/spf/check-host.ts'
import { LOOKUP_LIMIT, VOID_LIMIT } from '#engine/spf/evaluation.ts'
import { senderOf } from '#engine/spf/sender.ts'
import type { SpfTrace, SpfVerdict } from '#shared/domain/spf.ts'
import { escapeControls } from '#shared/escape.ts'
import { Problem } from '#shared/problem.ts'
import { type Command, type CommandIo, done, NETWORK_OPTIONS } from './command.ts'
import { readCa } from './domain-check.ts'

/** RFC 7208 section 4.6.4: at least 20 seconds for the whole evaluation; beyond it the result is temperror. */
const EVALUATION_MS = 20_000

export const spf: Command = {
  name: 'spf',
  summary: 'what SPF says about a sender and an address, term by term',
  operands: '',
  arity: [0, 0],
  options: {
    ...NETWORK_OPTIONS,
    ip: { type: 'string', value: 'IP', help: 'the address that the message comes from' },
    sender: { type: 'string', value: 'ADDRESS', help: "the envelope sender (MAIL FROM); '' or <> for a bounce" },
    ca: {
      type: 'string',
      value: 'FILE',
      help: "trust this CA too (PEM), beside the system's: for an encrypted resolver",
    },
    helo: { type: 'string', value: 'NAME', help: "the name in EHLO (the sender's domain without it)" },
  },
  examples: [
    {
      line: 'spf --ip 192.0.2.10 --sender ann@example.com',
      shows: 'pass, fail, softfail, neutral, none or an error, and why',
    },
  ],
  empty: { result: null, explanation: null, domain: null, record: null, lookups: 0, voidLookups: 0, trace: [] },
  run: runSpf,
}

async function runSpf(io: CommandIo) {
  const ipText = textOption(io, 'ip')
  const helo = textOption(io, 'helo')
  const mailFrom = textOption(io, 'sender') ?? (helo === null ? null : '')
  if (ipText === null) throw new Problem('usage', '--ip is missing', { field: '--ip' })
  if (mailFrom === null) throw new Problem('usage', '--sender is missing', { field: '--sender' })
  const ip = parseIp(ipText)
  if (!ip) throw new Problem('bad-input', `"${ipText}" is not an IP address`, { field: '--ip' })
  if (senderOf(mailFrom, helo ?? '').domain === '') {
    throw new Problem('usage', 'the null sender needs --helo: postmaster at that name is checked', { field: '--helo' })
  }
  const dns = textOption(io, 'dns')
  const ca = textOption(io, 'ca')
  const servers = dns === null ? 'system' : [parseServer(dns, '--dns')]
  const resolver = createResolver({ servers, extraCas: ca === null ? [] : [readCa(ca)] })
  const query = { ip, mailFrom, helo: helo ?? senderOf(mailFrom, '').domain }
  const verdict = await checkHost(query, lookupWith(resolver, io.deadline.within(EVALUATION_MS)))
  const { result, explanation, domain, record, lookups, voidLookups, trace } = verdict
  return done({ result, explanation, domain, record, lookups, voidLookups, trace }, printVerdict(verdict))
}

function printVerdict(verdict: SpfVerdict): string {
  const lines = [
    `${verdict.result}: ${verdict.reason}`,
    `domain: ${verdict.domain}`,
    `record: ${verdict.record ?? 'none'}`,
    `lookups: ${verdict.lookups} of ${LOOKUP_LIMIT}, without an answer: ${verdict.voidLookups} of ${VOID_LIMIT}`,
    ...(verdict.explanation === null ? [] : [`explanation of the domain: ${verdict.explanation}`]),
    ...verdict.trace.flatMap(node => printNode(node, 1)),
  ]
  return lines.map(escapeControls).join('\n')
}

function printNode(node: SpfTrace, depth: number): string[] {
  const sign = node.matched === null ? ' ' : node.matched ? '✓' : '✗'
  const cost = node.lookups === 0 ? '' : ` [${node.lookups}]`
  const line = `${'  '.repeat(depth)}${sign} ${node.term}${cost}: ${node.detail}`
  return [line, ...node.children.flatMap(child => printNode(child, depth + 1))]
}

function textOption(io: CommandIo, name: string): string | null {
  const value = io.options[name]
  return typeof value === 'string' ? value : null
}
