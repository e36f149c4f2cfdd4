import { describe, expect, test } from 'vitest'
import { explain, type ExplainInput } from '#shared/explain/explain.ts'
import { FailureClass } from '#shared/finding/classes.ts'

type Case = readonly [means: FailureClass, text: string, known?: Omit<ExplainInput, 'text'>]

/** One case of our own for every class, in the words of the programs that say it. */
const CASES: readonly Case[] = [
  ['account-suspended-or-billing', '550 5.1.8 Access denied, bad outbound sender AS(42004)'],
  ['account-suspended-or-billing', '525 5.7.13 Your account has been suspended, contact billing', { stage: 'auth' }],
  [
    'antivirus-or-firewall-interception',
    'issuer: CN=Avast Web/Mail Shield Root, self signed certificate in certificate chain',
  ],
  ['antivirus-or-firewall-interception', '220 *****************************\n250-XXXXXXXA', { stage: 'ehlo' }],
  ['auth-account-locked-or-blocked', '535 5.7.0 This account is locked, sign in on the web page to unlock it'],
  [
    'auth-app-password-needed',
    '534-5.7.9 Application-specific password required. For more information, go to\n534 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor a1 - gsmtp',
  ],
  [
    'auth-app-password-needed',
    '535-5.7.8 Username and Password not accepted.',
    { host: 'smtp.gmail.com', stage: 'auth' },
  ],
  [
    'auth-bad-credentials',
    "smtplib.SMTPAuthenticationError: (535, b'5.7.8 Error: authentication failed: UGFzc3dvcmQ6')",
  ],
  [
    'auth-bad-credentials',
    'msmtp: authentication failed (method PLAIN)\nmsmtp: server message: 535 5.7.8 Authentication credentials invalid',
  ],
  [
    'auth-basic-disabled-by-tenant',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.',
  ],
  ['auth-mechanism-unsupported', 'AUTH CRAM-MD5\n504 5.5.4 Unrecognized authentication type'],
  ['auth-not-offered', 'smtplib.SMTPNotSupportedError: SMTP AUTH extension not supported by server.'],
  [
    'auth-oauth-scope-or-permission',
    "554 Access denied: User 'arn:aws:iam::1:user/x' is not authorized to perform 'ses:SendRawEmail'",
  ],
  ['auth-oauth-token-expired-or-invalid', 'AADSTS700082: The refresh token has expired due to inactivity.'],
  ['auth-plaintext-over-insecure-refused', 'panic: unencrypted connection\n\tnet/smtp.(*plainAuth).Start'],
  ['auth-plaintext-over-insecure-refused', '538 5.7.11 Encryption required for requested authentication mechanism'],
  ['auth-required', '530 5.7.1 Authentication required', { stage: 'mail' }],
  ['client-config-invalid', 'TypeError: Invalid URL: smtp://user:p#ss@host'],
  ['client-config-invalid', 'java.net.UnknownHostException: mail.example.org:465'],
  ['connect-network-unreachable-ipv6', 'dial tcp [2001:db8::25]:587: connect: network is unreachable'],
  ['connect-refused', 'Error: connect ECONNREFUSED 127.0.0.1:25'],
  ['connect-refused', 'No connection could be made because the target machine actively refused it'],
  ['connect-timeout-port-blocked', 'dial tcp 192.0.2.25:587: i/o timeout'],
  ['connect-timeout-port-blocked', 'connect to mx.example.net[192.0.2.1]:25: Connection timed out'],
  ['content-malformed', '521 5.5.2 mx.example.net Error: bare <LF> received'],
  ['content-malformed', '550 5.7.1 This message is not RFC 5322 compliant because it has multiple Date headers'],
  ['content-rejected-spam', '554 5.7.1 Message rejected: it looks like spam (score 12.1)', { stage: 'data' }],
  ['dns-host-not-found', "ssmtp: Cannot connect: getaddrinfo: Name or service not known 'mial.example.com'"],
  ['dns-temporary-failure', 'getaddrinfo EAI_AGAIN smtp.example.com'],
  ['dsn-unsupported', '501 5.5.4 Unrecognized parameter NOTIFY=FAILURE'],
  [
    'greeting-rejected-ip-blocklisted',
    '554 mx1.example.net Your IP 192.0.2.7 is blacklisted, see example.org/lookup',
    { stage: 'greeting' },
  ],
  ['greeting-rejected-rate-limited', '421 4.7.0 mx1.example.net Error: too many connections from 192.0.2.7'],
  [
    'greeting-timeout',
    'postfix/smtp: conversation with mx.example.net timed out while receiving the initial server greeting',
    { port: 25 },
  ],
  ['greylisted', '450 4.2.0 <bob@example.net>: Recipient address rejected: Greylisted, try again in 300 seconds'],
  ['helo-name-rejected', '504 5.5.2 <web01>: Helo command rejected: need fully-qualified hostname'],
  ['mail-loop', '554 5.4.6 Too many hops 26 (25 max): from <a@example.com> via mx, to <b@example.net>'],
  ['message-too-large', '552 5.3.4 Message size exceeds fixed limit'],
  ['policy-dkim-fail', 'Authentication-Results: mx; dkim=fail (body hash did not verify)'],
  ['policy-dmarc-fail', '550 5.7.1 Rejected by DMARC policy of example.com'],
  [
    'policy-from-header',
    '554 5.7.1 Message has more than one From: header address, multiple From headers are not accepted',
  ],
  ['policy-ip-blocklisted', '554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using bl.example.org'],
  ['policy-low-reputation', '421 4.7.0 [TSS04] Messages from 192.0.2.9 temporarily deferred due to user complaints'],
  ['policy-ptr-missing', '550 5.7.25 Client host rejected: cannot find your reverse hostname, [192.0.2.9]'],
  ['policy-spf-fail', '550 5.7.23 SPF check failed: 192.0.2.9 is not allowed to send mail for example.com'],
  ['policy-tls-required-by-recipient', '450 4.7.0 TLS required for RCPT domain'],
  ['protocol-smtputf8-unsupported', '553 5.6.7 SMTPUTF8 is required, but was not offered by host mx.example.net'],
  ['rate-limited-or-quota', '550 5.4.5 Daily user sending limit exceeded'],
  ['rate-limited-or-quota', '454 4.7.0 Too many login attempts, please try again later'],
  [
    'recipient-dnsbl-misconfigured',
    '554 5.7.1 Client host [192.0.2.9] blocked using zen.spamhaus.org; Error: open resolver',
  ],
  ['recipient-domain-not-found', '550 5.1.2 <bob@exmaple.invalid>: Recipient address rejected: Domain not found'],
  ['recipient-mailbox-full', '452 4.2.2 <bob@example.net> Mailbox full'],
  ['recipient-syntax', '501 5.1.3 Bad recipient address syntax'],
  [
    'recipient-unknown',
    '550 5.1.1 <bob@example.net>: Recipient address rejected: User unknown in local recipient table',
  ],
  ['relay-denied', '554 5.7.1 <bob@example.net>: Relay access denied'],
  ['relay-denied', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"],
  [
    'sandbox-mode',
    '554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: bob@example.net',
  ],
  ['sender-domain-not-found', '450 4.1.8 <app@web01.internal>: Sender address rejected: Domain not found'],
  [
    'sender-not-allowed-for-user',
    '553 5.7.1 <info@example.com>: Sender address rejected: not owned by user ann@example.com',
  ],
  ['sender-not-verified', '550 The from address does not match a verified Sender Identity.'],
  ['sender-syntax', '504 5.5.2 <root@web01>: Sender address rejected: need fully-qualified address'],
  ['server-shutting-down-or-idle-timeout', '421 4.4.2 mx.example.net Error: timeout exceeded'],
  ['server-temporary-error', '452 4.3.1 Insufficient system storage', { stage: 'mail' }],
  ['starttls-advertised-but-broken', '454 4.7.0 TLS not available due to local problem'],
  ['starttls-not-offered', 'smtplib.SMTPNotSupportedError: STARTTLS extension not supported by server.'],
  ['starttls-on-implicit-port', 'Error: Greeting never received', { port: 465, security: 'none' }],
  ['starttls-required', '530 5.7.0 Must issue a STARTTLS command first'],
  ['tls-cert-expired', 'x509: certificate has expired or is not yet valid'],
  [
    'tls-cert-name-mismatch',
    "Hostname/IP does not match certificate's altnames: Host: mail.example.com. is not in the cert's altnames: DNS:*.hoster.example",
  ],
  ['tls-cert-self-signed', 'Error: self signed certificate, code: DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['tls-cert-unknown-issuer', 'PKIX path building failed: unable to find valid certification path to requested target'],
  [
    'tls-implicit-on-starttls-port',
    'tls: first record does not look like a TLS handshake',
    { port: 587, security: 'tls' },
  ],
  ['tls-no-shared-cipher-or-weak-dh', 'ssl.SSLError: [SSL: DH_KEY_TOO_SMALL] dh key too small'],
  ['tls-protocol-too-old', 'tlsv1 alert protocol version: SSL alert number 70'],
]

describe('a text is put into its class', () => {
  test.for(CASES)('%s: %s', ([means, text, known]) => {
    expect(explain({ text, ...known })).toMatchObject({ class: means })
  })
})

test('every class but "unknown" has a case', () => {
  const covered = new Set(CASES.map(([means]) => means))
  expect(FailureClass.options.filter(means => means !== 'unknown' && !covered.has(means))).toEqual([])
})

test.for([
  '',
  'Hello Ann, thank you for the report.',
  '250 2.0.0 OK queued as 4ABC',
  'The weather is fine today.',
  '\u0000\u001b[31m',
])('a text without evidence is unknown: %j', text => {
  expect(explain({ text })).toMatchObject({ class: 'unknown', confidence: 0, findings: [], marked: [] })
})

test('what a server grants is no reason for a failure', () => {
  const transcript =
    '250-mx.example.net\n250-STARTTLS\n250-SMTPUTF8\n250 DSN\nRCPT TO:<bob@example.net>\n550 5.1.1 User unknown'
  expect(explain({ text: transcript })).toMatchObject({ class: 'recipient-unknown' })
})
