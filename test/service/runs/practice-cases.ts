import type { AccountChange, Security } from '#shared/account/account.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

/** How a practice fault is met, and what is said about it. */
export type PracticeCase = {
  /** The class of the first finding; null: a finding that is no failure. */
  readonly means: FailureClass | null
  /** The first finding itself. */
  readonly shows: FindingId
  /** The way in; STARTTLS where absent. */
  readonly via?: Security
  /** What the account has beside what a practice account has. */
  readonly change?: AccountChange
  /** Where the fault shows only with a message that is really sent. */
  readonly send?: true
  readonly to?: string
  /** The host by its name, looked up at the practice DNS server. */
  readonly byName?: true
  readonly token?: true
  readonly timeoutMs?: number
  /** It shows only where the server is asked whether it is at risk itself. */
  readonly check?: 'injection' | 'relay'
}

/** Each practice fault with the account that meets it, and what its cause is called. */
export const PRACTICE_CASES: Readonly<Record<string, PracticeCase>> = {
  'refuse-connection': { means: 'connect-refused', shows: 'connect-refused-here' },
  'close-at-once': { means: 'server-shutting-down-or-idle-timeout', shows: 'connect-greeting-closed' },
  'not-smtp': { means: 'client-config-invalid', shows: 'connect-not-smtp' },
  'imap-instead': { means: 'client-config-invalid', shows: 'encrypt-not-smtp', via: 'tls' },
  'host-not-found': { means: 'dns-host-not-found', shows: 'resolve-name-not-found', byName: true },
  'unreachable-family': { means: 'connect-network-unreachable-ipv6', shows: 'connect-family-detour', byName: true },
  'dns-silent': { means: 'dns-temporary-failure', shows: 'resolve-resolver-failed', byName: true, timeoutMs: 3_000 },
  'dns-servfail': { means: 'dns-temporary-failure', shows: 'resolve-resolver-failed', byName: true },
  silence: { means: 'greeting-timeout', shows: 'connect-greeting-silent', timeoutMs: 2_000 },
  'slow-greeting': { means: 'greeting-timeout', shows: 'connect-greeting-slow' },
  'greeting-421': { means: 'greeting-rejected-rate-limited', shows: 'connect-greeting-rate-limited' },
  'greeting-554': { means: 'greeting-rejected-ip-blocklisted', shows: 'encrypt-greeting-blocklisted', via: 'tls' },
  'ehlo-refused': { means: 'starttls-not-offered', shows: 'encrypt-helo-only' },
  'helo-name-rejected': { means: 'helo-name-rejected', shows: 'encrypt-ehlo-name-rejected' },
  'helo-name-rejected-late': { means: 'helo-name-rejected', shows: 'deliver-ehlo-name-rejected' },
  'no-starttls': { means: 'starttls-not-offered', shows: 'encrypt-starttls-not-offered' },
  'strip-starttls': { means: 'antivirus-or-firewall-interception', shows: 'encrypt-starttls-stripped' },
  'starttls-required': { means: 'starttls-required', shows: 'deliver-starttls-required', via: 'none' },
  'starttls-broken': { means: 'starttls-advertised-but-broken', shows: 'encrypt-starttls-refused' },
  'starttls-garbage': { means: 'starttls-advertised-but-broken', shows: 'encrypt-starttls-broken' },
  'inject-behind-starttls': { means: null, shows: 'encrypt-injected-octets' },
  'obey-behind-starttls': { means: null, shows: 'encrypt-commands-injected', check: 'injection' },
  'plaintext-on-tls-port': {
    means: 'tls-implicit-on-starttls-port',
    shows: 'encrypt-tls-on-starttls-port',
    via: 'tls',
  },
  'tls-on-plain-port': { means: 'starttls-on-implicit-port', shows: 'connect-tls-expected' },
  'tls-too-old': { means: 'tls-protocol-too-old', shows: 'encrypt-below-floor' },
  'no-shared-cipher': { means: 'tls-no-shared-cipher-or-weak-dh', shows: 'encrypt-no-shared-cipher' },
  'client-certificate-required': { means: 'client-config-invalid', shows: 'encrypt-client-certificate' },
  'expired-certificate': { means: 'tls-cert-expired', shows: 'encrypt-certificate-expired' },
  'not-yet-valid-certificate': { means: 'tls-cert-expired', shows: 'encrypt-certificate-not-yet-valid' },
  'self-signed-certificate': { means: 'tls-cert-self-signed', shows: 'encrypt-certificate-self-signed' },
  'wrong-name-certificate': { means: 'tls-cert-name-mismatch', shows: 'encrypt-certificate-wrong-name' },
  'unknown-issuer': { means: 'tls-cert-unknown-issuer', shows: 'encrypt-certificate-unknown-issuer' },
  'incomplete-chain': { means: 'tls-cert-unknown-issuer', shows: 'encrypt-certificate-incomplete-chain' },
  'intercepted-certificate': { means: 'antivirus-or-firewall-interception', shows: 'encrypt-certificate-intercepted' },
  'must-staple-certificate': { means: null, shows: 'encrypt-staple-missing' },
  'weak-key-certificate': { means: 'tls-no-shared-cipher-or-weak-dh', shows: 'encrypt-certificate-weak' },
  'refuse-password': { means: 'auth-bad-credentials', shows: 'sign-in-refused' },
  'app-password-needed': { means: 'auth-app-password-needed', shows: 'sign-in-needs-app-password' },
  'tenant-disabled': { means: 'auth-basic-disabled-by-tenant', shows: 'sign-in-disabled-for-tenant' },
  'basic-auth-disabled': { means: 'auth-basic-disabled-by-tenant', shows: 'sign-in-basic-auth-retired' },
  'account-locked': { means: 'auth-account-locked-or-blocked', shows: 'sign-in-account-locked' },
  'too-many-logins': { means: 'rate-limited-or-quota', shows: 'sign-in-too-many-attempts' },
  'auth-temporary-error': { means: 'server-temporary-error', shows: 'sign-in-temporary' },
  'oauth-token-expired': {
    means: 'auth-oauth-token-expired-or-invalid',
    shows: 'sign-in-token-expired',
    change: { auth: 'xoauth2' },
    token: true,
  },
  'no-auth': { means: 'auth-not-offered', shows: 'sign-in-not-offered' },
  'auth-mechanism-unsupported': { means: 'auth-mechanism-unsupported', shows: 'sign-in-mechanism-unsupported' },
  'auth-needs-encryption': {
    means: 'auth-plaintext-over-insecure-refused',
    shows: 'sign-in-needs-encryption',
    via: 'none',
    change: { auth: 'plain', user: 'practice@practice.test', secret: { kind: 'prompt' }, allowPlaintextSignIn: true },
  },
  'drop-in-auth': { means: 'server-shutting-down-or-idle-timeout', shows: 'sign-in-no-reply' },
  'auth-required': { means: 'auth-required', shows: 'deliver-sign-in-required', via: 'none' },
  'refuse-sender': { means: 'sender-not-allowed-for-user', shows: 'deliver-sender-not-allowed' },
  'sender-not-owned': {
    means: 'sender-not-allowed-for-user',
    shows: 'deliver-sender-not-allowed',
    change: { from: 'somebody@practice.test' },
  },
  'sender-not-verified': { means: 'sender-not-verified', shows: 'deliver-sender-not-verified' },
  'sender-domain-not-found': { means: 'sender-domain-not-found', shows: 'deliver-sender-domain-not-found' },
  'rate-limited': { means: 'rate-limited-or-quota', shows: 'deliver-rate-limited' },
  'daily-quota': { means: 'rate-limited-or-quota', shows: 'deliver-rate-limited' },
  'account-suspended': { means: 'account-suspended-or-billing', shows: 'deliver-account-suspended' },
  'temporary-error': { means: 'server-temporary-error', shows: 'deliver-temporary-error' },
  'server-shutting-down': { means: 'server-shutting-down-or-idle-timeout', shows: 'deliver-connection-lost' },
  'dsn-unsupported': { means: 'dsn-unsupported', shows: 'deliver-dsn-unsupported', change: { dsnNotify: 'failure' } },
  'requiretls-unsupported': { means: 'unknown', shows: 'deliver-needs-requiretls', change: { requireTls: true } },
  'smtputf8-unsupported': {
    means: 'protocol-smtputf8-unsupported',
    shows: 'deliver-needs-smtputf8',
    to: 'jürgen@practice.test',
  },
  'refuse-recipient': { means: 'recipient-unknown', shows: 'deliver-recipient-unknown' },
  'recipient-domain-not-found': { means: 'recipient-domain-not-found', shows: 'deliver-recipient-domain-not-found' },
  'recipient-syntax': { means: 'recipient-syntax', shows: 'deliver-recipient-malformed' },
  'relay-denied': { means: 'relay-denied', shows: 'deliver-relay-denied', via: 'none' },
  'address-denied': { means: 'policy-ip-blocklisted', shows: 'deliver-address-refused' },
  greylist: { means: 'greylisted', shows: 'deliver-greylisted' },
  'mailbox-full': { means: 'recipient-mailbox-full', shows: 'deliver-recipient-full' },
  sandbox: { means: 'sandbox-mode', shows: 'deliver-sandbox' },
  'open-relay': { means: null, shows: 'deliver-open-relay', check: 'relay' },
  'too-large': { means: 'message-too-large', shows: 'deliver-too-large', send: true },
  'data-refused': { means: 'unknown', shows: 'deliver-refused', send: true },
  'content-spam': { means: 'content-rejected-spam', shows: 'deliver-spam', send: true },
  'content-virus': { means: 'content-rejected-spam', shows: 'deliver-spam', send: true },
  'content-malformed': { means: 'content-malformed', shows: 'deliver-content-malformed', send: true },
  'from-header-missing': { means: 'policy-from-header', shows: 'deliver-from-header', send: true },
  'send-as-denied': { means: 'sender-not-allowed-for-user', shows: 'deliver-sender-not-allowed', send: true },
  'mail-loop': { means: 'mail-loop', shows: 'deliver-mail-loop', send: true },
  'insufficient-storage': { means: 'server-temporary-error', shows: 'deliver-temporary-error', send: true },
  'recipient-over-tls-only': { means: 'policy-tls-required-by-recipient', shows: 'deliver-tls-required', send: true },
  'drop-in-data': { means: 'server-shutting-down-or-idle-timeout', shows: 'deliver-unknown-after-data', send: true },
  'drop-after-data': { means: 'server-shutting-down-or-idle-timeout', shows: 'deliver-unknown-after-data', send: true },
  'dmarc-reject': { means: 'policy-dmarc-fail', shows: 'deliver-dmarc', send: true },
  'spf-reject': { means: 'policy-spf-fail', shows: 'deliver-spf', send: true },
  'dkim-reject': { means: 'policy-dkim-fail', shows: 'deliver-dkim', send: true },
  'ptr-required': { means: 'policy-ptr-missing', shows: 'deliver-ptr-missing', send: true },
  'ip-blocklisted': { means: 'policy-ip-blocklisted', shows: 'deliver-ip-blocklisted', send: true },
  'blocklist-broken': { means: 'recipient-dnsbl-misconfigured', shows: 'deliver-blocklist-misread', send: true },
  'low-reputation': { means: 'policy-low-reputation', shows: 'deliver-low-reputation', send: true },
  'no-spf': { means: 'policy-spf-fail', shows: 'domain-spf-missing' },
  'two-spf': { means: 'policy-spf-fail', shows: 'domain-spf-several' },
  'spf-lookups': { means: 'policy-spf-fail', shows: 'domain-spf-broken' },
  'no-dmarc': { means: 'policy-dmarc-fail', shows: 'domain-dmarc-missing' },
  'two-dmarc': { means: 'policy-dmarc-fail', shows: 'domain-dmarc-several' },
  'dane-mismatch': { means: null, shows: 'encrypt-dane-mismatch', byName: true },
  'no-ptr': { means: 'policy-ptr-missing', shows: 'domain-ptr-missing', via: 'none' },
  'ptr-mismatch': { means: 'policy-ptr-missing', shows: 'domain-ptr-not-confirmed', via: 'none' },
}
