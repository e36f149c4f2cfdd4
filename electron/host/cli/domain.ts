import { readFileSync } from 'node:fs'
import { parseIp } from '#engine/dns/ip.ts'
import { normalizeName } from '#engine/dns/name.ts'
import { createAuthoritativeResolver } from '#engine/dns/authoritative.ts'
import { createResolver } from '#engine/dns/resolver.ts'
import { DNS_PORT, parseServer } from '#engine/dns/server.ts'
import { lookupAside } from '#engine/domain/aside.ts'
import { checkDomain, type DomainCheck } from '#engine/domain/check.ts'
import type { DomainReport } from '#shared/domain/report.ts'
import { lookupCaa } from '#engine/policy/caa.ts'
import { Problem } from '#shared/problem.ts'
import { type Command, type CommandIo, type CommandResult, done, failed, NETWORK_OPTIONS } from './command.ts'
import { runBatch } from './domain-batch.ts'
import { printDomain } from './domain-print.ts'

/** The longest chain is MX, its addresses, TLSA and the policy file; a minute is what RFC 8461 section 3.3 gives that file alone. */
const CHECK_MS = 60_000

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
  const options = checkOptions(io)
  if (io.options['batch'] === true) {
    if (io.options['authoritative'] === true) throw new Problem('usage', '--authoritative is for one domain at a time')
    return runBatch(io, { options, checkMs: CHECK_MS, empty: EMPTY_REPORT, faultOf })
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

/** What the options say about every domain that is checked. @throws Problem */
function checkOptions(io: CommandIo): Omit<DomainCheck, 'domain' | 'deadline'> {
  const { options } = io
  const ipText = typeof options['ip'] === 'string' ? options['ip'] : null
  const ip = ipText === null ? null : parseIp(ipText)
  if (ipText !== null && ip === null) {
    throw new Problem('bad-input', `"${ipText}" is not an IP address`, { field: '--ip' })
  }
  const from = typeof options['from'] === 'string' ? options['from'] : null
  if (from !== null && normalizeName(from.slice(from.lastIndexOf('@') + 1)) === null) {
    throw new Problem('bad-input', `"${from}" is not a mail address`, { field: '--from' })
  }
  const servers = typeof options['dns'] === 'string' ? [parseServer(options['dns'], '--dns')] : 'system'
  const { selector } = options
  const ca = typeof options['ca'] === 'string' ? readCa(options['ca']) : null
  return {
    ip,
    from,
    selectors: Array.isArray(selector) ? selector.filter(text => text !== '') : [],
    blocklists: options['blocklists'] === true,
    resolver: createResolver({ servers, extraCas: ca === null ? [] : [ca] }),
    ...(ca === null ? {} : { fetchOptions: { ca } }),
    aside: async (lookup, domain) => ({
      caa: await lookupCaa(domain, lookup),
      delegation: null,
      invented: null,
      include: null,
    }),
  }
}

/** Null: something was learnt about an existing domain. */
function faultOf({ domain, mx, spf, dmarc }: DomainReport) {
  if (mx.state === 'no-domain') return { exit: 68, code: 'host-unknown', message: `${domain} does not exist` }
  const silent = mx.state === 'unknown' && spf.state === 'unknown' && dmarc.state === 'unknown'
  return silent ? { exit: 75, code: 'resolver-failed', message: 'the DNS gave no answer' } : null
}

function readCa(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Problem('file-missing', `${path} cannot be read`, { field: '--ca' })
  }
}
