import type { Security } from '#shared/account/account.ts'
import { isLargeProvider } from '#shared/explain/speaker.ts'
import type { Stage } from '#shared/explain/stage.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

/** What decides between classes that share their wording. */
export type Setting = {
  readonly text: string
  readonly speaker: string | null
  readonly stage: Stage | null
  readonly host: string | null
  readonly port: number | null
  readonly security: Security | null
}

type Scores = Map<FailureClass, number>

const IMPLICIT_PORTS = [465, 2465, 8465, 443]

/** Moves weight between classes whose texts are alike, by who said it, where, and with which settings. */
export function settle(scores: Scores, setting: Setting): Scores {
  const settled = new Map(scores)
  for (const rule of [names, timeouts, families, handshakes, trust, greetings, signIn, senders, recipients, policies]) {
    rule(settled, setting)
  }
  return settled
}

function score(scores: Scores, means: FailureClass): number {
  return scores.get(means) ?? 0
}

function raise(scores: Scores, means: FailureClass, to: number): void {
  scores.set(means, Math.max(score(scores, means), to))
}

function lower(scores: Scores, means: FailureClass, by: number): void {
  if (scores.has(means)) scores.set(means, score(scores, means) * by)
}

/** All of a class's weight goes to another; a little stays, so that it is named as an alternative. */
function turn(scores: Scores, from: FailureClass, into: FailureClass, weight = 1): void {
  const sure = score(scores, from)
  if (sure === 0) return
  raise(scores, into, sure * weight)
  scores.set(from, Math.min(sure, score(scores, into) * 0.75))
}

const NAME_FAILED = /(?:enotfound|eai_again|unknownhostexception:?|lookup|resolve host:?) "?([^\s"',]+)(?: ([^\s"']+))?/

function names(scores: Scores, { text, stage }: Setting): void {
  const name = NAME_FAILED.exec(text)?.[1] ?? ''
  // A user name or a piece of a password where a host should be: a URL was cut at a character that was not encoded.
  const cut = /^(?:akia|apikey)/.test(name) || /[@/#?]/.test(name) || /^[^[\]]+:\d+$/.test(name.replace(/[.)]+$/, ''))
  if (cut && stage !== 'rcpt') turn(scores, 'dns-host-not-found', 'client-config-invalid')
  // Names that fail for a server which has already taken the message are the recipient's.
  if (stage === 'delivery' || /x-postfix;|x-outbound|status=(?:bounced|deferred)|dsn=|final-recipient/.test(text)) {
    turn(scores, 'dns-host-not-found', 'recipient-domain-not-found')
  }
  if (score(scores, 'dns-temporary-failure') > 0.8) lower(scores, 'dns-host-not-found', 0.8)
  if (/name service error for/.test(text) && /try again/.test(text)) raise(scores, 'dns-temporary-failure', 0.96)
}

function timeouts(scores: Scores, setting: Setting): void {
  const { text, stage, port, security } = setting
  const waitsForGreeting = /greeting never received|initial server greeting|greeting/.test(text)
  if (
    score(scores, 'greeting-timeout') > 0 &&
    waitsForGreeting &&
    !/delay|wait =|greet_|postscreen|connection time/.test(text)
  ) {
    if (security === 'tls') raise(scores, 'greeting-timeout', 0.85)
    else if (port === null || IMPLICIT_PORTS.includes(port))
      raise(scores, 'starttls-on-implicit-port', port === null ? 0.86 : 0.95)
  }
  const expectsPlain = security === 'none' || security === 'starttls'
  if (expectsPlain && port !== null && IMPLICIT_PORTS.includes(port) && beforeSmtp(setting)) {
    for (const vague of [
      'connect-timeout-port-blocked',
      'greeting-timeout',
      'server-shutting-down-or-idle-timeout',
    ] as const) {
      if (stage === 'greeting' || (stage !== 'connect' && score(scores, vague) > 0.7))
        turn(scores, vague, 'starttls-on-implicit-port', 1.05)
    }
  }
  if (stage === 'greeting') turn(scores, 'connect-timeout-port-blocked', 'greeting-timeout', 1.02)
  if (stage === 'data' || stage === 'mail' || stage === 'rcpt') {
    turn(scores, 'connect-timeout-port-blocked', 'server-shutting-down-or-idle-timeout', 0.95)
  }
}

const IPV6 = /(?:^|[\s[(])[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}/
const IPV4 = /(?:^|[\s[(@])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/

function families(scores: Scores, { text }: Setting): void {
  const timedOut = score(scores, 'connect-timeout-port-blocked')
  if (timedOut < 0.6) return
  // Mail servers try IPv6 first and note that it is unreachable; what counts is that IPv4 got no answer either.
  if (score(scores, 'connect-network-unreachable-ipv6') > 0.6) {
    if (IPV6.test(text) && IPV4.test(text)) lower(scores, 'connect-network-unreachable-ipv6', 0.8)
  } else if (IPV6.test(text) && (/connected to/.test(text) || !IPV4.test(text))) {
    raise(scores, 'connect-network-unreachable-ipv6', timedOut + 0.01)
  }
}

/** Words such as "connection closed" are about the beginning of a connection only where nobody has answered in SMTP yet. */
function beforeSmtp({ text, stage }: Setting): boolean {
  return (stage === null || ['connect', 'greeting', 'tls'].includes(stage)) && !/\b[45]\d\d[ -]/.test(text)
}

function handshakes(scores: Scores, setting: Setting): void {
  const { text, stage, port, security } = setting
  const startsPlain = port !== null && !IMPLICIT_PORTS.includes(port)
  if (security === 'tls' && startsPlain && beforeSmtp(setting)) {
    turn(scores, 'server-shutting-down-or-idle-timeout', 'tls-implicit-on-starttls-port', 0.95)
    if (stage === 'tls' || stage === 'greeting')
      turn(scores, 'connect-timeout-port-blocked', 'tls-implicit-on-starttls-port', 0.95)
  }
  if (stage === 'starttls' || /ready to start tls|go ahead|after starttls/.test(text)) {
    turn(scores, 'tls-implicit-on-starttls-port', 'starttls-advertised-but-broken', 1.02)
    turn(scores, 'server-shutting-down-or-idle-timeout', 'starttls-advertised-but-broken', 0.9)
    turn(scores, 'server-temporary-error', 'starttls-advertised-but-broken', 1.02)
  }
  if (score(scores, 'tls-no-shared-cipher-or-weak-dh') > 0.6) lower(scores, 'starttls-advertised-but-broken', 0.7)
  if (score(scores, 'tls-protocol-too-old') > 0.6) lower(scores, 'tls-implicit-on-starttls-port', 0.7)
  // "STARTTLS required by us" and "required by the server" share their words; a 530 is the server's.
  if (score(scores, 'starttls-not-offered') > 0.9 && !/\b5[35]0\b/.test(text)) lower(scores, 'starttls-required', 0.85)
}

function trust(scores: Scores, { text, host, speaker }: Setting): void {
  const inChain =
    /self.signed certificate in (?:the )?(?:certificate )?chain|self_signed_cert_in_chain|num=19:|remotecertificatechainerrors/.test(
      text,
    )
  if (inChain) {
    lower(scores, 'tls-cert-self-signed', 0.5)
    const large = isLargeProvider(speaker)
    if (large) raise(scores, 'antivirus-or-firewall-interception', 0.96)
    else if (host === null)
      raise(scores, 'antivirus-or-firewall-interception', score(scores, 'tls-cert-unknown-issuer') + 0.01)
    else raise(scores, 'antivirus-or-firewall-interception', 0.6)
  } else if (isLargeProvider(speaker) && host !== null) {
    turn(scores, 'tls-cert-self-signed', 'antivirus-or-firewall-interception', 0.98)
    turn(scores, 'tls-cert-name-mismatch', 'antivirus-or-firewall-interception', 1.01)
  }
  // The general "verify failed" stands beside every particular reason.
  for (const reason of ['tls-cert-expired', 'tls-cert-name-mismatch', 'tls-cert-self-signed'] as const) {
    if (score(scores, reason) > 0.8) lower(scores, 'tls-cert-unknown-issuer', 0.8)
  }
}

const FIRST_WORDS =
  /refused to talk to me: 5|cmsmtp|esmtp service not available|no smtp service|smtp service not available|initial connection|in greeting|upon connect|on connect/

function greetings(scores: Scores, { text, stage }: Setting): void {
  if (stage === 'greeting' || (stage === null && FIRST_WORDS.test(text))) {
    turn(scores, 'policy-ip-blocklisted', 'greeting-rejected-ip-blocklisted', 1.01)
    turn(scores, 'policy-low-reputation', 'greeting-rejected-ip-blocklisted', 0.97)
    if (/too many|concurrent|connections|rate/.test(text))
      turn(scores, 'rate-limited-or-quota', 'greeting-rejected-rate-limited', 1.01)
  } else if (stage === 'connect' || stage === 'ehlo') {
    if (/connect/.test(text)) turn(scores, 'rate-limited-or-quota', 'greeting-rejected-rate-limited', 0.97)
  } else if (stage !== null) {
    turn(scores, 'greeting-rejected-rate-limited', 'rate-limited-or-quota', 0.99)
    turn(scores, 'greeting-rejected-ip-blocklisted', 'policy-ip-blocklisted')
  }
  // "421 … closing connection" is how a temporary refusal ends, not its reason.
  const others = [...scores].filter(
    ([means]) => means !== 'server-shutting-down-or-idle-timeout' && means !== 'server-temporary-error',
  )
  if (others.some(([, sure]) => sure >= 0.6)) {
    lower(scores, 'server-shutting-down-or-idle-timeout', 0.65)
    lower(scores, 'server-temporary-error', 0.7)
  }
}

function signIn(scores: Scores, { text, speaker, stage }: Setting): void {
  const refused = score(scores, 'auth-bad-credentials')
  if (refused > 0.5 && (speaker === 'gmail' || speaker === 'yahoo' || speaker === 'icloud' || speaker === 'aol')) {
    raise(scores, 'auth-app-password-needed', Math.min(0.9, refused + 0.02))
  }
  if (/html|escap|&gt;|&amp;/.test(text) && refused > 0.5) lower(scores, 'auth-app-password-needed', 0.6)
  if (/xoauth2|oauthbearer/.test(text) && refused > 0.5 && /5\.7\.3|535/.test(text)) {
    raise(scores, 'auth-oauth-scope-or-permission', refused + 0.05)
  }
  // Particular reasons for a refused sign-in come with the general words for it.
  for (const reason of PARTICULAR) {
    if (score(scores, reason) >= 0.7) lower(scores, 'auth-bad-credentials', 0.7)
  }
  if (/#auth005|too many bad auth/.test(text) && speaker === 'yahoo') lower(scores, 'rate-limited-or-quota', 0.8)
  if (score(scores, 'auth-required') > 0.8 && score(scores, 'starttls-required') > 0.8) {
    if (/starttls|tls/.test(text)) lower(scores, 'auth-required', 0.8)
  }
  if (stage !== null && stage !== 'auth') lower(scores, 'auth-bad-credentials', 0.85)
}

const PARTICULAR: readonly FailureClass[] = [
  'auth-app-password-needed',
  'auth-account-locked-or-blocked',
  'auth-basic-disabled-by-tenant',
  'auth-mechanism-unsupported',
  'auth-not-offered',
  'auth-plaintext-over-insecure-refused',
  'auth-oauth-token-expired-or-invalid',
  'auth-oauth-scope-or-permission',
  'account-suspended-or-billing',
  'rate-limited-or-quota',
  'auth-required',
  'starttls-required',
  'client-config-invalid',
]

const SENDER_LIKE =
  /(?:region \S+:|verified:?) ?(?:[^\s,]+, ?)*(?:[\w.+-]*(?:sender|from|no-?reply|info|admin|support|hello|contact|newsletter|mailer|notification)[\w.+-]*@|[\w-]+(?:\.[\w-]+)+(?:[\s,]|$)|arn:)/

function senders(scores: Scores, { text, stage }: Setting): void {
  if (/email address is not verified/.test(text)) {
    const sender = SENDER_LIKE.test(text)
    raise(scores, 'sandbox-mode', sender ? 0.6 : 0.97)
    lower(scores, 'sender-not-verified', sender ? 1 : 0.85)
  }
  if (stage === 'mail') {
    lower(scores, 'recipient-domain-not-found', 0.9)
    turn(scores, 'recipient-syntax', 'sender-syntax', 0.95)
  }
}

function recipients(scores: Scores, { text, stage }: Setting): void {
  // "Recipient address rejected: …" is how Postfix begins; what follows is the reason.
  if (score(scores, 'greylisted') > 0.9) lower(scores, 'recipient-unknown', 0.6)
  if (score(scores, 'recipient-mailbox-full') > 0.9 && /submission|sending|sender/.test(text)) {
    turn(scores, 'recipient-mailbox-full', 'rate-limited-or-quota')
  }
  if (score(scores, 'recipient-domain-not-found') > 0.8 && /sender/.test(text) && /rejected|verify/.test(text)) {
    if (score(scores, 'sender-domain-not-found') > 0) lower(scores, 'recipient-domain-not-found', 0.8)
  }
  if (stage === 'mail') lower(scores, 'recipient-unknown', 0.85)
}

function policies(scores: Scores, { text }: Setting): void {
  if (/open resolver|query refused|127\.255\.255/.test(text)) lower(scores, 'policy-ip-blocklisted', 0.8)
  if (score(scores, 'policy-dmarc-fail') > 0.9 && /dmarc/.test(text)) {
    lower(scores, 'policy-spf-fail', 0.85)
    lower(scores, 'policy-dkim-fail', 0.85)
  } else if (/either spf or dkim|sender is unauthenticated/.test(text)) {
    lower(scores, 'policy-dkim-fail', 0.8)
    raise(scores, 'policy-spf-fail', 0.96)
  }
  if (score(scores, 'policy-ptr-missing') > 0.9) lower(scores, 'policy-ip-blocklisted', 0.85)
  if (score(scores, 'policy-ip-blocklisted') > 0.9 && /greylist|graylist/.test(text))
    lower(scores, 'policy-ip-blocklisted', 0.8)
  if (score(scores, 'content-rejected-spam') > 0 && score(scores, 'policy-low-reputation') > 0.9)
    lower(scores, 'content-rejected-spam', 0.85)
}
