import type { Security } from '#shared/account/account.ts'
import type { BlockObservations, DialSeen } from '#shared/diagnosis/block-observations.ts'
import type { Address } from '#shared/diagnosis/evidence.ts'
import { isLoopback } from '#shared/finding/loopback.ts'
import { isPrivate } from '#shared/finding/private-address.ts'
import type { ReadingId } from '#shared/finding/reading-words.ts'

/** One explanation of what keeps the connection from coming about. */
export type Reading = {
  readonly id: ReadingId
  /** 0 to 1, the sum over all readings at most 1. */
  readonly likelihood: number
  readonly evidence: readonly string[]
  /** Ways in that were found open, for the fix. */
  readonly open: readonly { readonly port: number; readonly security: Security }[]
}

/** What the observations mean, the likeliest first. Several readings of one silence stand beside each other. */
export function locateBlock(seen: BlockObservations): readonly Reading[] {
  const found = locateName(seen) ?? locateConnection(seen)
  const sorted = [...found].sort((a, b) => b.likelihood - a.likelihood)
  return sorted.filter((each, index) => sorted.findIndex(other => other.id === each.id) === index)
}

function reading(id: ReadingId, likelihood: number, evidence: readonly string[], open: Reading['open'] = []): Reading {
  return { id, likelihood, evidence, open }
}

/** Names that only exist inside a network: RFC 6762 `.local`, RFC 8375 `.home.arpa`, `.internal`, and single labels. */
const INSIDE_NAME = /^[^.]+$|\.(?:local|lan|home|corp|internal|intranet|home\.arpa|svc|cluster\.local)\.?$/i

function locateName({ resolve, dns, host }: BlockObservations): readonly Reading[] | null {
  if (resolve.kind === 'resolved' || resolve.kind === 'literal') return null
  const evidence = [`${host}: ${resolve.code} (${resolve.resolver})`, ...describeDns(dns)]
  if (dns?.kind === 'resolved') return [reading('split-dns', 0.9, evidence)]
  if (resolve.kind === 'resolver-failed') return [reading('resolver-silent', 0.9, evidence)]
  // What the DNS outside does not know may be known inside: a VPN that is off looks like a typing error.
  return INSIDE_NAME.test(host)
    ? [reading('split-dns', 0.6, evidence), reading('name-wrong', 0.35, evidence)]
    : [reading('name-wrong', 0.9, evidence), reading('split-dns', 0.1, evidence)]
}

function describeDns(dns: BlockObservations['dns']): readonly string[] {
  if (dns?.kind === 'resolved') return [`DNS says ${printAddresses(dns.addresses)}`]
  if (dns?.kind === 'not-found' || dns?.kind === 'resolver-failed') return [`DNS says ${dns.code}`]
  return []
}

function locateConnection(seen: BlockObservations): readonly Reading[] {
  const asked = seen.dials.filter(({ role }) => role === 'asked')
  const connected = asked.find(({ outcome }) => outcome === 'connected')
  const strange = seen.dials.find(({ role, outcome }) => role === 'unused-port' && outcome === 'connected')
  if (strange) return [locateStrange(strange, asked)]
  if (connected) return locateTalk(seen, connected, asked)
  const odd = unexpectedAddress(seen)
  const left = 0.95 - odd.reduce((sum, { likelihood }) => sum + likelihood, 0)
  return [...odd, ...share(locateFailure(seen, asked), odd.length > 0 ? left : 1)]
}

/** Where a web page comes from every port, it is the page of the network itself. */
function locateStrange(strange: DialSeen, asked: readonly DialSeen[]): Reading {
  const evidence = [...printAll(asked), printDial(strange)]
  const said = strange.said ?? ''
  return said.startsWith('HTTP/')
    ? reading('captive-portal', 0.9, [...evidence, `port ${strange.port}: ${said}`])
    : reading('answers-everywhere', 0.85, evidence)
}

/** The connection stands: is it the server that was meant? */
function locateTalk({ talk }: BlockObservations, connected: DialSeen, asked: readonly DialSeen[]): readonly Reading[] {
  const { certificate = null, greeting = null, mangled = false } = talk ?? {}
  const evidence = printAll(asked)
  if (certificate?.distrust === 'intercepted') {
    return [reading('interception', 0.95, [...evidence, `certificate issued by ${certificate.issuer}`])]
  }
  if (mangled) return [reading('interception', 0.85, [...evidence, 'the list of extensions looks rewritten'])]
  if (greeting?.kind === 'not-smtp') {
    const said = greeting.preview === '' ? [] : [greeting.preview]
    if (greeting.looksLike === 'http') return [reading('captive-portal', 0.8, [...evidence, ...said])]
    return greeting.looksLike === 'tls'
      ? [reading('reachable', 0.9, evidence)]
      : [reading('wrong-port', 0.85, [...evidence, ...said])]
  }
  if (greeting?.kind === 'closed' || greeting?.kind === 'silent') {
    const waited =
      greeting.kind === 'silent'
        ? `no greeting within ${Math.round(greeting.waitedMs)} ms`
        : 'closed without a greeting'
    return [reading('server-quiet', 0.6, [...evidence, waited]), reading('interception', 0.2, [...evidence, waited])]
  }
  const lost = asked.find(each => each.family !== connected.family && isSilent(each))
  return lost ? [reading('family-blocked', 0.8, printAll(asked))] : [reading('reachable', 0.9, evidence)]
}

function locateFailure(seen: BlockObservations, asked: readonly DialSeen[]): readonly Reading[] {
  // Stopped before anything was known.
  if (asked.every(({ outcome }) => outcome === 'abandoned')) return []
  const evidence = printAll(asked)
  const others = seen.dials.filter(({ role }) => role === 'other-port')
  const open = openWays(others)
  const withOthers = [...evidence, ...printAll(others)]
  if (asked.some(({ outcome }) => outcome === 'not-permitted')) return [reading('local-firewall', 0.95, evidence)]
  if (asked.some(({ outcome }) => outcome === 'proxy-failed')) return [reading('proxy-failed', 0.95, evidence)]
  if (isLoopbackHost(seen)) return locateHere(seen, withOthers, open)
  if (asked.length > 0 && asked.every(({ outcome }) => outcome === 'unreachable')) {
    // A way that other ports take is there: a firewall answers for this one.
    return open.length > 0 ? [reading('network-blocks-port', 0.9, withOthers, open)] : locateRoute(seen, asked, others)
  }
  if (asked.some(({ outcome }) => outcome === 'refused' || outcome === 'reset')) {
    const control = seen.dials.filter(({ role }) => role === 'control')
    if (control.some(({ outcome }) => outcome === 'refused' || outcome === 'reset')) {
      // Two hosts that both refuse the same port: more likely one firewall than two servers.
      const compared = [...withOthers, ...printControl(seen)]
      return [reading('network-blocks-port', 0.6, compared, open), reading('wrong-port', 0.35, compared, open)]
    }
    return open.length > 0
      ? [reading('wrong-port', 0.9, withOthers, open), reading('server-down', 0.08, withOthers)]
      : [reading('server-down', 0.7, withOthers), reading('wrong-port', 0.25, withOthers)]
  }
  return locateSilence(seen, withOthers, open)
}

function isLoopbackHost({ host, dials }: BlockObservations): boolean {
  const addresses = dials.filter(({ role }) => role === 'asked').map(({ address }) => address)
  return isLoopback(host) || (addresses.length > 0 && addresses.every(isLoopback))
}

function locateHere(seen: BlockObservations, evidence: readonly string[], open: Reading['open']): readonly Reading[] {
  if (open.length > 0) return [reading('wrong-port', 0.85, evidence, open)]
  if (seen.inContainer) return [reading('localhost-in-container', 0.9, evidence), reading('server-down', 0.1, evidence)]
  return [reading('server-down', 0.95, evidence)]
}

function locateRoute(
  seen: BlockObservations,
  asked: readonly DialSeen[],
  others: readonly DialSeen[],
): readonly Reading[] {
  const evidence = printAll([...asked, ...others])
  const families = new Set(asked.map(({ family }) => family))
  if (families.size === 1 && families.has(6))
    return [reading('family-blocked', 0.85, evidence), reading('offline', 0.1, evidence)]
  return [reading('offline', 0.85, evidence), reading('split-dns', 0.1, evidence)]
}

/** Nothing came back: who dropped it? Another port, another host and another family tell. */
function locateSilence(
  seen: BlockObservations,
  evidence: readonly string[],
  open: Reading['open'],
): readonly Reading[] {
  const control = seen.dials.filter(({ role }) => role === 'control')
  const compared = [...evidence, ...printControl(seen)]
  if (control.some(({ outcome }) => outcome === 'connected' || outcome === 'refused')) {
    // The network lets this port through, so it is the server that does not answer on it.
    return open.length > 0
      ? [reading('wrong-port', 0.85, compared, open), reading('server-firewall', 0.12, compared)]
      : [reading('server-down', 0.6, compared), reading('server-firewall', 0.35, compared)]
  }
  if (control.length > 0 && control.every(isSilent)) {
    const likelihood = open.length > 0 ? 0.93 : 0.8
    return [
      reading('network-blocks-port', likelihood, compared, open),
      reading('offline', 1 - likelihood - 0.02, compared),
    ]
  }
  if (open.length > 0) {
    // Networks that block one port block 25; servers that offer submission leave out what they do not offer.
    return seen.port === 25
      ? [reading('network-blocks-port', 0.85, evidence, open), reading('wrong-port', 0.1, evidence, open)]
      : [reading('network-blocks-port', 0.5, evidence, open), reading('wrong-port', 0.45, evidence, open)]
  }
  return [
    reading('server-down', 0.45, evidence),
    reading('network-blocks-port', 0.4, evidence),
    reading('server-firewall', 0.12, evidence),
  ]
}

/** A mail server of the world does not live at a private address, and one name does not have two answers. */
function unexpectedAddress({ resolve, dns, host }: BlockObservations): readonly Reading[] {
  if (resolve.kind !== 'resolved') return []
  const said = `${host} is ${printAddresses(resolve.addresses)} (${resolve.resolver})`
  if (
    dns?.kind === 'resolved' &&
    !dns.addresses.some(each => resolve.addresses.some(own => own.address === each.address))
  ) {
    return [reading('split-dns', 0.6, [said, ...describeDns(dns)])]
  }
  return resolve.addresses.every(({ address }) => isPrivate(address)) && !isLoopback(host)
    ? [reading('split-dns', 0.4, [said])]
    : []
}

/** How each port is spoken to; RFC 8314 section 3.3 and what providers offer besides. */
function openWays(dials: readonly DialSeen[]): Reading['open'] {
  const ports = new Set(dials.filter(({ outcome }) => outcome === 'connected').map(({ port }) => port))
  const order = [465, 587, 2525, 25].filter(port => ports.has(port))
  return order.map(port => ({ port, security: port === 465 ? 'tls' : port === 25 ? 'none' : 'starttls' }))
}

function printControl({ dials, controlHost }: BlockObservations): readonly string[] {
  return dials.filter(({ role }) => role === 'control').map(each => `${controlHost ?? ''}: ${printDial(each)}`)
}

function isSilent({ outcome }: DialSeen): boolean {
  return outcome === 'timed-out'
}

function share(readings: readonly Reading[], of: number): readonly Reading[] {
  return readings.map(each => ({ ...each, likelihood: Math.round(each.likelihood * of * 100) / 100 }))
}

function printAll(dials: readonly DialSeen[]): readonly string[] {
  return dials.map(printDial)
}

function printDial({ address, port, outcome, ms, code }: DialSeen): string {
  const place = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  return `${place} ${outcome}${code === null ? '' : ` (${code})`} after ${Math.round(ms)} ms`
}

function printAddresses(addresses: readonly Address[]): string {
  return addresses.map(({ address }) => address).join(', ')
}
