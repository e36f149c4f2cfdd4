import { normalizeName } from '#engine/dns/name.ts'
import { DNS_PORT } from '#engine/dns/server.ts'
import { lookAtDomain } from '#engine/domain/look.ts'
import { domainOf } from '#engine/domain/domain-of.ts'
import type { AccountSettings } from '#shared/account/account.ts'
import { deliversItself, NO_PATH, senderPathOf } from '#shared/domain/sender-path.ts'
import { Problem } from '#shared/problem.ts'
import { readAccountFile } from './account-file.ts'
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
  forecast: null,
}

export const domain: Command = {
  name: 'domain',
  summary: 'what receivers see of a sending domain, and the records to publish',
  operands: 'DOMAIN | ADDRESS | --batch [FILE]',
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
    account: {
      type: 'string',
      value: 'NAME',
      help: 'the account that the mail goes out through: its provider decides the forecast',
    },
    'account-file': { type: 'string', value: 'FILE', help: 'the same account as JSON; - is standard input' },
    signing: { type: 'string', value: 'DOMAIN', help: 'what DKIM signatures say (d=), for the forecast' },
    selector: { type: 'string', value: 'S', multiple: true, help: 'a DKIM selector to look at' },
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
      line: 'domain ann@example.com --account work --ip 192.0.2.10 --ehlo mail.example.com',
      shows:
        'which of SPF and DKIM will carry DMARC for mail through that account, and whether the server is named right',
    },
    {
      line: 'domain --batch domains.txt --shard 1/4 > part1.jsonl',
      shows: 'the same for a quarter of a list, one JSON object a line',
    },
  ],
  empty: EMPTY_REPORT,
  run: runDomain,
}

/** What makes no sense, or would weigh too much, for every line of a list. */
const SINGLE = ['authoritative', 'account', 'account-file', 'signing'] as const

async function runDomain(io: CommandIo): Promise<CommandResult> {
  const options = checkOptions(io.options)
  if (io.options['batch'] === true) {
    const single = SINGLE.find(name => io.options[name] !== undefined && io.options[name] !== false)
    if (single !== undefined) throw new Problem('usage', `--${single} is for one domain at a time`)
    return runBatch(io, EMPTY_REPORT)
  }
  const { domain: name, from } = readOperand(io.operands[0], options.from)
  const account = await accountOf(io)
  const signing = signingOf(io.options['signing'])
  const { ip, selectors, blocklists, probe = null, resolver, fetchOptions = {} } = options
  const looked = await lookAtDomain({
    domain: name,
    from,
    address: ip,
    ehlo: options.ehlo ?? (account !== null && deliversItself(account) ? account.ehlo : null),
    selectors,
    path: account === null ? NO_PATH : senderPathOf(account, (from === null ? null : domainOf(from)) ?? name),
    signing,
    blocklists,
    authoritative: io.options['authoritative'] === true ? { port: DNS_PORT } : null,
    probe,
    resolver,
    deadline: io.deadline.within(CHECK_MS),
    fetchOptions,
    onPart: () => {},
  })
  const text = printDomain(looked, looked.forecast)
  if (io.deadline.signal.aborted)
    return failed(looked, text, 75, 'timeout', 'out of time; what is missing was not answered')
  const fault = faultOf(looked)
  return fault === null ? done(looked, text) : failed(looked, text, fault.exit, fault.code, fault.message)
}

/** A domain; or a mail address, which is then the From address too, as on the page. */
function readOperand(operand: string | undefined, from: string | null) {
  if (operand === undefined) throw new Problem('usage', 'the domain is missing', { field: 'DOMAIN' })
  const name = domainOf(operand)
  if (name === null || name === '.') {
    throw new Problem('bad-input', `"${operand}" is not a domain name`, { field: 'DOMAIN' })
  }
  return { domain: name, from: from ?? (operand.includes('@') ? operand : null) }
}

/** The account that the mail goes out through; null where none was named. */
async function accountOf(io: CommandIo): Promise<AccountSettings | null> {
  const { account, 'account-file': file } = io.options
  if (typeof file === 'string') return (await readAccountFile(io, file)).settings
  if (typeof account !== 'string') return null
  // The stores are opened only for those who name an account.
  const { findAccount, withServices } = await import('./session.ts')
  return withServices(io, async client => (await findAccount(client, account)).account)
}

function signingOf(option: unknown): string | null {
  if (typeof option !== 'string') return null
  const name = normalizeName(option)
  if (name !== null && name !== '.') return name
  throw new Problem('bad-input', `"${option}" is not a domain name`, { field: '--signing' })
}
