import type { Stage } from '#shared/explain/stage.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

const CONNECTING: readonly Stage[] = ['connect', 'greeting', 'delivery']
const ENCRYPTING: readonly Stage[] = ['tls', 'starttls', 'connect', 'ehlo', 'greeting']
const SIGNING_IN: readonly Stage[] = ['auth', 'mail', 'config']
const MESSAGE: readonly Stage[] = ['mail', 'rcpt', 'data', 'delivery']
// What is said before MAIL has classes of its own: of these the message is the usual place.
const TALKING: readonly Stage[] = [...MESSAGE, 'connect', 'greeting', 'ehlo']

/** In which stages a class usually shows itself, the most usual first. */
const HOMES: Readonly<Record<FailureClass, readonly Stage[]>> = {
  'account-suspended-or-billing': ['mail', 'auth', 'data', 'rcpt', 'delivery', 'connect'],
  'antivirus-or-firewall-interception': ['tls', 'starttls', 'greeting', 'connect', 'ehlo'],
  'auth-account-locked-or-blocked': SIGNING_IN,
  'auth-app-password-needed': SIGNING_IN,
  'auth-bad-credentials': SIGNING_IN,
  'auth-basic-disabled-by-tenant': SIGNING_IN,
  'auth-mechanism-unsupported': SIGNING_IN,
  'auth-not-offered': SIGNING_IN,
  'auth-oauth-scope-or-permission': ['auth', 'mail', 'data'],
  'auth-oauth-token-expired-or-invalid': SIGNING_IN,
  'auth-plaintext-over-insecure-refused': SIGNING_IN,
  'auth-required': ['mail', 'auth', 'rcpt', 'data', 'delivery'],
  'client-config-invalid': ['config', 'dns', 'connect', 'auth', 'tls', 'mail'],
  'connect-network-unreachable-ipv6': CONNECTING,
  'connect-refused': CONNECTING,
  'connect-timeout-port-blocked': CONNECTING,
  'content-malformed': ['data', 'delivery', 'mail', 'rcpt'],
  'content-rejected-spam': ['data', 'delivery', 'rcpt', 'mail'],
  'dns-host-not-found': ['dns', 'connect'],
  'dns-temporary-failure': ['dns', 'connect', 'delivery'],
  'dsn-unsupported': ['rcpt', 'mail'],
  'greeting-rejected-ip-blocklisted': ['greeting', 'connect'],
  'greeting-rejected-rate-limited': ['greeting', 'ehlo', 'connect'],
  'greeting-timeout': ['greeting', 'connect'],
  greylisted: ['rcpt', 'mail', 'data', 'delivery'],
  'helo-name-rejected': ['ehlo', 'rcpt', 'mail', 'greeting', 'data'],
  'mail-loop': ['delivery', 'data', 'rcpt'],
  'message-too-large': ['data', 'mail', 'rcpt', 'delivery'],
  'policy-dkim-fail': ['data', 'delivery'],
  'policy-dmarc-fail': ['data', 'delivery', 'mail', 'rcpt'],
  'policy-from-header': ['data', 'delivery', 'mail'],
  'policy-ip-blocklisted': TALKING,
  'policy-low-reputation': TALKING,
  'policy-ptr-missing': TALKING,
  'policy-spf-fail': MESSAGE,
  'policy-tls-required-by-recipient': MESSAGE,
  'protocol-smtputf8-unsupported': MESSAGE,
  'rate-limited-or-quota': [...TALKING, 'auth'],
  'recipient-dnsbl-misconfigured': TALKING,
  'recipient-domain-not-found': ['rcpt', 'delivery', 'mail', 'data'],
  'recipient-mailbox-full': ['rcpt', 'data', 'delivery'],
  'recipient-syntax': ['rcpt', 'mail', 'delivery'],
  'recipient-unknown': ['rcpt', 'data', 'delivery'],
  'relay-denied': ['rcpt', 'mail', 'data', 'delivery'],
  'sandbox-mode': ['data', 'rcpt', 'mail'],
  'sender-domain-not-found': MESSAGE,
  'sender-not-allowed-for-user': ['mail', 'rcpt', 'data'],
  'sender-not-verified': ['mail', 'rcpt', 'data'],
  'sender-syntax': ['mail', 'rcpt', 'data'],
  'server-shutting-down-or-idle-timeout': ['mail', 'data', 'rcpt', 'auth', 'ehlo', 'delivery'],
  'server-temporary-error': [...TALKING, 'auth'],
  'starttls-advertised-but-broken': ['starttls', 'tls'],
  'starttls-not-offered': ['starttls', 'ehlo', 'tls'],
  'starttls-on-implicit-port': ['greeting', 'connect', 'starttls'],
  'starttls-required': ['mail', 'auth', 'ehlo'],
  'tls-cert-expired': ENCRYPTING,
  'tls-cert-name-mismatch': ENCRYPTING,
  'tls-cert-self-signed': ENCRYPTING,
  'tls-cert-unknown-issuer': ENCRYPTING,
  'tls-implicit-on-starttls-port': ENCRYPTING,
  'tls-no-shared-cipher-or-weak-dh': ENCRYPTING,
  'tls-protocol-too-old': [...ENCRYPTING, 'mail'],
  unknown: [],
}

export function isAtHome(means: FailureClass, stage: Stage): boolean {
  return HOMES[means].includes(stage)
}

/** Where a class most often shows itself; null for `unknown`. */
export function usualStage(means: FailureClass): Stage | null {
  return HOMES[means][0] ?? null
}
