import type { AccountSettings } from '#shared/account/account.ts'
import type { LocateInput } from '#shared/contract/troubleshoot.ts'
import type { ReadingId } from '#shared/finding/reading-words.ts'
import type { Rules } from '../support/place.ts'
import type { Failure } from './failure.ts'
import type { Middlebox } from './middlebox.ts'
import { SERVER } from './network.ts'

export type NetworkCase = Failure & {
  readonly account?: Partial<AccountSettings>
  /** What the router does to what passes it. */
  readonly router?: Rules
  /** Something between, to which the router leads what matches this. */
  readonly between?: { readonly part: Middlebox['part']; readonly port: number; readonly match: string }
  /** Routes of the client; taken away afterwards. */
  readonly routes?: readonly string[]
  /** Routes that it lacks; given back afterwards. */
  readonly lacks?: readonly string[]
  /** A service of the server, by its name. */
  readonly service?: string
  /** The likeliest reading of the locator, where it is asked; and what it is asked beside host and port. */
  readonly located?: ReadingId
  readonly locate?: Partial<LocateInput>
  readonly environment?: readonly string[]
}

const V6_ROUTE = 'default via 2001:db8:1::1'
const NOT_DNS = 'tcp dport != 53'

export const NETWORK_CASES: readonly NetworkCase[] = [
  {
    number: 2,
    how: 'a container, in which "localhost" is asked for',
    account: { host: 'localhost', port: 25 },
    environment: ['KUBERNETES_SERVICE_HOST=192.0.2.1'],
    shows: 'connect-refused-here',
    means: 'connect-refused',
    located: 'localhost-in-container',
  },
  {
    number: 3,
    how: 'a router drops port 25 and 587, and lets 465 through',
    account: { port: 25 },
    router: { forward: ['tcp dport { 25, 587 } drop'] },
    shows: 'connect-port-25-blocked',
    means: 'connect-timeout-port-blocked',
    cures: ['use-465-tls'],
    vain: { 'use-587-starttls': 'this network drops 587 as well' },
    located: 'network-blocks-port',
    locate: { controlHost: 'control.lab.test' },
  },
  {
    number: 3,
    how: 'a router refuses port 587 with an ICMP message',
    router: { forward: ['tcp dport 587 reject with icmpx admin-prohibited'] },
    shows: 'connect-unreachable',
    means: 'connect-network-unreachable-ipv6',
    cures: ['use-465-tls'],
    located: 'network-blocks-port',
  },
  {
    number: 3,
    how: 'a router refuses port 587 in the name of the server',
    router: { forward: ['tcp dport 587 reject with tcp reset'] },
    shows: 'connect-refused',
    means: 'connect-refused',
    cures: ['use-465-tls'],
    located: 'wrong-port',
  },
  {
    number: 5,
    how: 'only IPv6 in the settings, and no route for it',
    account: { host: 'both.lab.test', ipFamily: '6' },
    lacks: [V6_ROUTE],
    shows: 'connect-family-unreachable',
    means: 'connect-network-unreachable-ipv6',
    cures: ['use-ipv4'],
  },
  {
    number: 5,
    how: 'a server with an IPv6 address alone, and no route for it: no setting can help',
    account: { host: 'six.lab.test' },
    lacks: [V6_ROUTE],
    shows: 'connect-family-unreachable',
    means: 'connect-network-unreachable-ipv6',
    located: 'family-blocked',
  },
  {
    number: 5,
    how: 'IPv6 that is dropped on the way, and IPv4 beside it',
    account: { host: 'both.lab.test' },
    router: { forward: ['meta nfproto ipv6 drop'] },
    shows: 'connect-family-detour',
    means: 'connect-network-unreachable-ipv6',
    cures: ['use-ipv4'],
  },
  {
    number: 9,
    how: 'reject_rbl_client with a list that names the client',
    service: 'listed',
    shows: 'deliver-ip-blocklisted',
    means: 'policy-ip-blocklisted',
  },
  {
    number: 9,
    how: 'reject_rbl_client with a list that tells an open resolver off',
    service: 'misread',
    shows: 'deliver-blocklist-misread',
    means: 'recipient-dnsbl-misconfigured',
  },
  {
    number: 12,
    how: 'a firewall overwrites STARTTLS on port 587, and leaves 465 alone',
    between: { part: 'rewrite-ehlo', port: 587, match: 'tcp dport 587' },
    shows: 'encrypt-starttls-stripped',
    means: 'antivirus-or-firewall-interception',
    cures: ['use-465-tls'],
    located: 'interception',
  },
  {
    number: 16,
    how: 'a mail shield opens TLS on port 465',
    account: { port: 465, security: 'tls' },
    between: { part: 'open-tls', port: 465, match: 'tcp dport 465' },
    shows: 'encrypt-certificate-intercepted',
    means: 'antivirus-or-firewall-interception',
    located: 'interception',
  },
  {
    number: 42,
    how: 'reject_unknown_client_hostname, and a PTR record that does not lead back',
    account: { sourceIp: '198.51.100.3' },
    service: 'named',
    shows: 'deliver-ptr-missing',
    means: 'policy-ptr-missing',
  },
  {
    number: 43,
    how: 'reject_unknown_client_hostname, and a PTR record for IPv4 alone',
    account: { host: 'both.lab.test' },
    service: 'named',
    shows: 'deliver-ptr-missing',
    means: 'policy-ptr-missing',
    cures: ['use-ipv4'],
  },
  {
    number: null,
    how: 'a tunnel that drops large packets without a word',
    router: { forward: ['meta length > 700 drop'] },
    shows: 'encrypt-large-packets-lost',
    means: 'connect-timeout-port-blocked',
    vain: { 'use-465-tls': 'the packets are as large there' },
  },
  {
    number: null,
    how: 'a guest network that answers every port with its web page',
    between: { part: 'portal', port: 587, match: NOT_DNS },
    shows: 'connect-greeting-silent',
    means: 'greeting-timeout',
    vain: { 'wait-longer': 'nobody there speaks SMTP, however long one waits' },
    located: 'captive-portal',
  },
  {
    number: null,
    how: 'a proxy that takes every connection',
    between: { part: 'accept', port: 587, match: NOT_DNS },
    account: { port: 25 },
    shows: 'connect-greeting-silent',
    means: 'greeting-timeout',
    vain: { 'wait-longer': 'nobody there speaks SMTP, however long one waits' },
    located: 'answers-everywhere',
  },
  {
    number: null,
    how: 'a resolver that cannot be reached',
    router: { forward: ['udp dport 53 drop', 'tcp dport 53 drop'] },
    shows: 'resolve-resolver-failed',
    means: 'dns-temporary-failure',
    located: 'resolver-silent',
  },
  {
    number: null,
    how: 'a name that this network knows otherwise than the DNS',
    account: { host: 'inside.lab.test' },
    shows: 'connect-unreachable',
    means: 'connect-network-unreachable-ipv6',
    vain: { 'use-465-tls': 'the address is the wrong one, on every port' },
    located: 'split-dns',
  },
  {
    number: null,
    how: 'a name that does not exist',
    account: { host: 'mial.lab.test' },
    shows: 'resolve-name-not-found',
    means: 'dns-host-not-found',
    located: 'name-wrong',
  },
  {
    number: null,
    how: 'this machine forbids the way',
    routes: [`prohibit ${SERVER}`],
    shows: 'connect-not-permitted',
    means: 'connect-timeout-port-blocked',
    vain: { 'use-465-tls': 'it is forbidden on every port' },
    located: 'local-firewall',
  },
  {
    number: null,
    how: 'no way to the server at all',
    routes: [`unreachable ${SERVER}`],
    shows: 'connect-unreachable',
    means: 'connect-network-unreachable-ipv6',
    vain: { 'use-465-tls': 'there is no way on any port' },
    located: 'offline',
  },
  {
    number: null,
    how: 'a SOCKS proxy that does not run',
    account: { proxy: { host: '127.0.0.1', port: 1080 } },
    shows: 'connect-proxy-failed',
    means: 'client-config-invalid',
    cures: ['no-proxy'],
  },
  {
    number: null,
    how: 'the port of IMAP',
    account: { port: 143 },
    shows: 'connect-refused',
    means: 'connect-refused',
    cures: ['use-465-tls', 'use-587-starttls'],
    located: 'wrong-port',
  },
]
