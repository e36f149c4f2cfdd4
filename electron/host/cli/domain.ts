import { normalizeName } from '#engine/dns/name.ts'
import { createAuthoritativeResolver } from '#engine/dns/authoritative.ts'
import { DNS_PORT } from '#engine/dns/server.ts'
import { lookupAside } from '#engine/domain/aside.ts'
import { checkDomain } from '#engine/domain/check.ts'
import { Problem } from '#shared/problem.ts'
import { type Command, type CommandIo, type CommandResult, done, failed, NETWORK_OPTIONS } from './command.ts'
import { runBatch } from './domain-batch.ts'
import { CHECK_MS, checkOptions, faultOf } from './domain-check.ts'
import { printDomain } from './domain-print.ts'

const EMPTY_REPORT = {
  domain: null,
  mx: null,
  spf: null,
  dmarc: null,
  dkim: [],
  ptr: null,
  mtaSts: null,
  tlsRpt: null,
  dane: [],
  bimi: null,
  blocklists: null,
  caa: null,
  findings: [],
  changes: [],
}

export const domain: Command = {
  name: 'domain',
  summary: 'what receivers see of a sending domain, and the records to publish',
  operands: 'DOMAIN | --batch [FILE]',
  arity: [0, 1],
  options: {
    ...NETWORK_OPTIONS,
    ip: {
      type: 'string',
      value: 'IP',
      help: 'the address that mail is sent from: SPF and reverse DNS are checked for it',
    },
    ehlo: {
      type: 'string',
      value: 'NAME',
      help: 'what the sending server says in EHLO: compared with --ip and its reverse DNS',
    },
    from: { type: 'string', value: 'ADDRESS', help: 'the From address, when its domain is another one' },
    selector: { type: 'string', value: 'S', multiple: true, help: 'a DKIM selector to look at (again for more)' },
    batch: { type: 'boolean', help: 'one domain a line from FILE or standard input, one JSON object a line out' },
    shard: { type: 'string', value: 'N/M', help: 'with --batch: only the domains of part N of M' },
    resume: { type: 'string', value: 'FILE', help: 'with --batch: leave out what this earlier output has already' },
    authoritative: {
      type: 'boolean',
      help: "ask the zone's own name servers: what is published already and not visible yet, and which of them fail",
    },
    blocklists: { type: 'boolean', help: 'ask a few public blocklists too; they learn who asks' },
    probe: {
      type: 'boolean',
      help: 'connect to port 25: certificates against DANE, and the greeting at --ip against reverse DNS; no mail is sent',
    },
    ca: {
      type: 'string',
      value: 'FILE',
      help: "trust this CA too (PEM), beside the system's: for the MTA-STS policy file and an encrypted resolver",
    },
  },
  examples: [
    {
      line: 'domain example.com --ip 192.0.2.10 --selector s2026',
      shows:
        'MX, SPF, DMARC, DKIM, reverse DNS and the policies, what is wrong with them and the exact records that mend it',
    },
    {
      line: 'domain --batch domains.txt --shard 1/4 > part1.jsonl',
      shows: 'the same for a quarter of a list, one JSON object a line',
    },
  ],
  empty: EMPTY_REPORT,
  run: runDomain,
}

async function runDomain(io: CommandIo): Promise<CommandResult> {
  const options = checkOptions(io.options)
  if (io.options['batch'] === true) {
    if (io.options['authoritative'] === true) throw new Problem('usage', '--authoritative is for one domain at a time')
    return runBatch(io, EMPTY_REPORT)
  }
  if (io.operands.length === 0) throw new Problem('usage', 'the domain is missing', { field: 'DOMAIN' })
  const name = normalizeName(io.operands[0] ?? '')
  if (name === null || name === '.') {
    throw new Problem('bad-input', `"${io.operands[0] ?? ''}" is not a domain name`, { field: 'DOMAIN' })
  }
  const deadline = io.deadline.within(CHECK_MS)
  const authoritative = io.options['authoritative'] === true
  const aside = lookupAside({
    resolver: options.resolver,
    deadline,
    delegation: authoritative ? { port: DNS_PORT } : null,
    wanted: null,
    onPart: () => {},
  })
  const resolver = authoritative ? createAuthoritativeResolver(options.resolver) : options.resolver
  const report = await checkDomain({ ...options, resolver, domain: name, deadline, aside })
  const text = printDomain(report)
  if (io.deadline.signal.aborted)
    return failed(report, text, 75, 'timeout', 'out of time; what is missing was not answered')
  const fault = faultOf(report)
  return fault === null ? done(report, text) : failed(report, text, fault.exit, fault.code, fault.message)
}
