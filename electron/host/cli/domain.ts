import { readFileSync } from 'node:fs'
import { parseIp } from '#engine/dns/ip.ts'
import { normalizeName } from '#engine/dns/name.ts'
import { createResolver, type Resolver } from '#engine/dns/resolver.ts'
import { parseServer } from '#engine/dns/server.ts'
import { checkDomain, type DomainCheck } from '#engine/domain/check.ts'
import type { DomainReport } from '#shared/domain/report.ts'
import { Problem } from '#shared/problem.ts'
import { type Command, type CommandIo, type CommandResult, done, failed, NETWORK_OPTIONS } from './command.ts'
import { printDomain } from './domain-print.ts'

/** The longest chain is MX, its addresses, TLSA and the policy file; a minute is what RFC 8461 section 3.3 gives that file alone. */
const CHECK_MS = 60_000

export const EMPTY_REPORT = {
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
  findings: [],
  changes: [],
}

export const domain: Command = {
  name: 'domain',
  summary: 'what receivers see of a sending domain, and the records to publish',
  operands: 'DOMAIN',
  arity: [1, 1],
  options: {
    ...NETWORK_OPTIONS,
    ip: {
      type: 'string',
      value: 'IP',
      help: 'the address that mail is sent from: SPF and reverse DNS are checked for it',
    },
    from: { type: 'string', value: 'ADDRESS', help: 'the From address, when its domain is another one' },
    selector: { type: 'string', value: 'S', multiple: true, help: 'a DKIM selector to look at (again for more)' },
    blocklists: { type: 'boolean', help: 'ask a few public blocklists too; they learn who asks' },
    ca: {
      type: 'string',
      value: 'FILE',
      help: "trust this CA too (PEM), beside the system's, when the MTA-STS policy file is fetched",
    },
  },
  examples: [
    {
      line: 'domain example.com --ip 192.0.2.10 --selector s2026',
      shows:
        'MX, SPF, DMARC, DKIM, reverse DNS and the policies, what is wrong with them and the exact records that mend it',
    },
  ],
  empty: EMPTY_REPORT,
  run: runDomain,
}

async function runDomain(io: CommandIo): Promise<CommandResult> {
  const name = normalizeName(io.operands[0] ?? '')
  if (name === null || name === '.') {
    throw new Problem('bad-input', `"${io.operands[0] ?? ''}" is not a domain name`, { field: 'DOMAIN' })
  }
  const report = await checkDomain({ domain: name, ...checkOptions(io) })
  const text = printDomain(report)
  const fault = faultOf(report)
  return fault === null ? done(report, text) : failed(report, text, fault.exit, fault.code, fault.message)
}

/** What the options say about every domain that is checked. @throws Problem */
export function checkOptions(io: CommandIo, shared?: Resolver): Omit<DomainCheck, 'domain'> {
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
  const { selector, ca } = options
  return {
    ip,
    from,
    selectors: Array.isArray(selector) ? selector.filter(text => text !== '') : [],
    blocklists: options['blocklists'] === true,
    resolver: shared ?? createResolver({ servers }),
    deadline: io.deadline.within(CHECK_MS),
    ...(typeof ca === 'string' ? { fetchOptions: { ca: readCa(ca) } } : {}),
  }
}

/** Null: something was learnt about an existing domain. */
export function faultOf({ domain, mx, spf, dmarc }: DomainReport) {
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
