import type { Account } from '#shared/account/account.ts'
import { isLoopback } from '#shared/finding/loopback.ts'
import type { Report } from '#shared/report/report.ts'

/** What stands for what in a masked report. The same thing is masked the same way everywhere, so that it can be told apart. */
export type Masked = {
  readonly kind: 'address' | 'host' | 'ip' | 'file' | 'name'
  readonly value: string
  readonly becomes: string
}

export type MaskChoice = {
  /** Mail addresses, and the user name. */
  readonly addresses: boolean
  /** Host names and IP addresses, and the paths of files, which name people and machines. */
  readonly hosts: boolean
}

export type MaskedReport = {
  readonly report: Report
  /** For a preview: each thing that is masked, once. */
  readonly masked: readonly Masked[]
}

// RFC 5321 section 4.1.2, as far as addresses occur in practice; every repetition is bounded.
const ADDRESS = /[\p{L}\p{N}._%+=&'*!?{|}~^/$#-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){0,8}[\p{L}\p{N}-]{1,63}/gu
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g
const IPV6 =
  /(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){0,7}(?![\w:])|(?<![\w:.])::(?:[0-9a-f]{1,4}:){0,6}[0-9a-f]{1,4}(?![\w:])/gi
const HOST = /(?<![\w.@-])(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?\.){1,8}[\p{L}]{2,24}(?![\w-])/gu

/** Names that are about the protocol or its manuals, not about anybody. */
const PUBLIC = /^(?:localhost|example\.(?:com|net|org)|support\.google\.com|aka\.ms|.*\.spamhaus\.org)$/i

/** A copy of the report for somebody who must not learn who was tested. Secrets are not in a report in the first place. */
export function maskReport(report: Report, choice: MaskChoice): MaskedReport {
  const table = new MaskTable()
  if (choice.addresses) learnAddresses(report, table)
  if (choice.hosts) learnHosts(report.account, table)
  const masked = maskValue(report, choice, table) as Report // the same shape: only the texts in it were replaced
  return { report: { ...masked, version: report.version, id: report.id }, masked: table.list }
}

/** What the settings name is masked wherever it occurs, also where no pattern would know it: a user name, a bare host. */
function learnAddresses({ account, sendTo }: Report, table: MaskTable): void {
  for (const address of [account.user, account.from, sendTo]) {
    if (address !== null && address !== '') table.put(address.includes('@') ? 'address' : 'name', address)
  }
  if (account.fromName !== null && account.fromName !== '') table.put('name', account.fromName)
  table.put('name', account.name)
}

function learnHosts(account: Account, table: MaskTable): void {
  const { host, hostOverride, ehlo, proxy, sourceIp } = account
  for (const name of [host, hostOverride, ehlo, proxy?.host ?? null]) {
    if (name !== null && name !== '' && !PUBLIC.test(name) && !isLoopback(name))
      table.put(/^[\d.]+$|:/.test(name) ? 'ip' : 'host', name)
  }
  if (sourceIp !== null) table.put('ip', sourceIp)
  for (const file of FILES) {
    const path = account[file]
    if (path !== null) table.put('file', path)
  }
}

const FILES = ['socket', 'caFile', 'crlFile', 'clientCertFile', 'clientKeyFile', 'aliases', 'logFile'] as const

function maskValue(value: unknown, choice: MaskChoice, table: MaskTable): unknown {
  if (typeof value === 'string') return maskText(value, choice, table)
  if (Array.isArray(value)) return value.map(each => maskValue(each, choice, table))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, KEPT.has(key) ? part : maskValue(part, choice, table)]),
  )
}

/** What names no person and no machine, and what a report is not a report without. */
const KEPT: ReadonlySet<string> = new Set([
  'kind',
  'class',
  'severity',
  'step',
  'state',
  'startedAt',
  'notBefore',
  'notAfter',
  'protocol',
  'cipher',
  'provider',
  'purpose',
  'security',
  'platform',
])

function maskText(text: string, { addresses, hosts }: MaskChoice, table: MaskTable): string {
  let masked = table.replaceKnown(text)
  if (addresses)
    masked = masked.replace(ADDRESS, found => (found.endsWith('.invalid') ? found : table.put('address', found)))
  if (!hosts) return masked
  return masked
    .replace(IPV6, found => (isLoopback(found) ? found : table.put('ip', found)))
    .replace(IPV4, found => (isAddress(found) ? table.put('ip', found) : found))
    .replace(HOST, found => (PUBLIC.test(found) || found.endsWith('.invalid') ? found : table.put('host', found)))
}

/** An address that is somebody's: every machine is 127.0.0.1 to itself. */
function isAddress(text: string): boolean {
  return !isLoopback(text) && text.split('.').every(part => Number(part) < 256)
}

/** Longest first, so that a name inside another one does not break it. */
class MaskTable {
  readonly #known = new Map<string, Masked>()
  #ordered: readonly Masked[] = []

  get list(): readonly Masked[] {
    return [...this.#known.values()]
  }

  /** What stands for it from now on. The endings are reserved (RFC 2606, RFC 5737), so that they are nobody's. */
  put(kind: Masked['kind'], value: string): string {
    const key = value.toLowerCase()
    const known = this.#known.get(key)
    if (known) return known.becomes
    const count = [...this.#known.values()].filter(each => each.kind === kind).length + 1
    const becomes = {
      address: `address${count}@masked.invalid`,
      host: `host${count}.invalid`,
      ip: `[ip ${count}]`,
      file: `[file ${count}]`,
      name: `[name ${count}]`,
    }[kind]
    this.#known.set(key, { kind, value, becomes })
    this.#ordered = [...this.#known.values()].sort((a, b) => b.value.length - a.value.length)
    return becomes
  }

  replaceKnown(text: string): string {
    let masked = text
    for (const { value, becomes } of this.#ordered) masked = replaceIgnoringCase(masked, value, becomes)
    return masked
  }
}

function replaceIgnoringCase(text: string, value: string, becomes: string): string {
  const lower = text.toLowerCase()
  // A few letters have a longer lower case; then the places do not fit, and the exact spelling has to do.
  if (lower.length !== text.length) return text.replaceAll(value, becomes)
  const wanted = value.toLowerCase()
  const parts: string[] = []
  let from = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    const word = isPart(lower, at - 1) || isPart(lower, at + wanted.length)
    parts.push(text.slice(from, at), word ? text.slice(at, at + wanted.length) : becomes)
    from = at + wanted.length
  }
  return parts.join('') + text.slice(from)
}

/** A short name inside a longer word is not that name. */
function isPart(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(at))
}
