import { hasReply, lower, raise, score, turn, type Scores, type Setting } from '#shared/explain/scores.ts'
import { isLargeProvider } from '#shared/explain/speaker.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

/** Rules for what happens before anybody signs in: names, sockets, TLS and the greeting. */
export const CONNECTION_RULES = [names, timeouts, families, handshakes, trust, greetings] as const

const IMPLICIT_PORTS = [465, 2465, 8465, 443]

/** Where a server speaks first, without TLS; what another port expects is anybody's guess. */
const PLAIN_PORTS = [25, 26, 587, 1025, 2525, 2526, 2587, 8025]

const NAME_FAILED = /(?:enotfound|eai_again|unknownhostexception:?|lookup|resolve host:?) "?([^\s"',]+)(?: ([^\s"']+))?/

function names(scores: Scores, { text, stage }: Setting): void {
  const [, name = '', behind = ''] = NAME_FAILED.exec(text) ?? []
  // A user name or a piece of a password where a host should be: a URL was cut at a character that was not encoded.
  const cut =
    /^(?:akia|apikey)/.test(name) ||
    /[@/#?]/.test(name) ||
    /^[^[\]]+:\d+$/.test(name.replace(/[.):]+$/, '')) ||
    // Node up to 12 repeats the name with the port: then nothing was cut.
    (/^\S+:\d+$/.test(behind) && !behind.startsWith(`${name}:`))
  if (cut && stage !== 'rcpt') turn(scores, 'dns-host-not-found', 'client-config-invalid')
  // Names that fail for a server which has already taken the message are the recipient's.
  if (stage === 'delivery' || /x-postfix;|x-outbound|status=(?:bounced|deferred)|dsn=|final-recipient/.test(text)) {
    turn(scores, 'dns-host-not-found', 'recipient-domain-not-found')
  }
  // In a server's reply "unknown host" is somebody else's.
  if (hasReply(text) && stage !== 'dns') {
    if (/domain|\bmx\b|lookup/.test(text)) turn(scores, 'dns-host-not-found', 'recipient-domain-not-found', 0.85)
    lower(scores, 'dns-host-not-found', 0.7)
  }
  if (hasReply(text)) lower(scores, 'client-config-invalid', 0.7)
  if (score(scores, 'dns-temporary-failure') > 0.8) lower(scores, 'dns-host-not-found', 0.8)
  if (/name service error for/.test(text) && /try again/.test(text)) {
    raise(scores, 'dns-temporary-failure', 0.96)
    if (stage !== 'delivery') lower(scores, 'recipient-domain-not-found', 0.9)
  }
  // Go says "i/o timeout" of a connection and of a question to the resolver.
  if (/lookup \S+(?: on \S+)?:? (?:\S+ )?i\/o timeout/.test(text)) {
    turn(scores, 'connect-timeout-port-blocked', 'dns-temporary-failure', 1.01)
  }
  // A mail server's own tables are looked up, too: then it answers with a reply.
  if (/\b45\d[ -]4\.3\.\d/.test(text) && /temporary lookup failure/.test(text)) {
    turn(scores, 'dns-temporary-failure', 'server-temporary-error', 1.01)
    lower(scores, 'dns-temporary-failure', 0.6)
  }
}

/** Longer than a refusal takes over any line, shorter than programs wait. */
const SILENCE_MS = 4_000

function timeouts(scores: Scores, setting: Setting): void {
  const { text, stage, port, security } = setting
  const waitsForGreeting = /greeting|response: -1/.test(text)
  if (
    score(scores, 'greeting-timeout') > 0 &&
    waitsForGreeting &&
    // Postfix speaks plain text to port 25 only: it means what it says.
    !/delay|conversation with|wait =|greet_|postscreen|connection time/.test(text)
  ) {
    if (security === 'tls') raise(scores, 'greeting-timeout', 0.85)
    else if (port === null || !PLAIN_PORTS.includes(port))
      raise(scores, 'starttls-on-implicit-port', port !== null && IMPLICIT_PORTS.includes(port) ? 0.95 : 0.86)
  }
  const expectsPlain = security === 'none' || security === 'starttls'
  if (expectsPlain && port !== null && IMPLICIT_PORTS.includes(port) && beforeSmtp(setting)) {
    for (const vague of [
      'connect-timeout-port-blocked',
      'greeting-timeout',
      'server-shutting-down-or-idle-timeout',
    ] as const) {
      if (
        stage === 'greeting' ||
        (stage !== 'connect' && score(scores, vague) > (vague === 'greeting-timeout' ? 0.4 : 0.7))
      )
        turn(scores, vague, 'starttls-on-implicit-port', 1.05)
    }
  }
  // Whoever waits for plain text where TLS is spoken waits for ever, whatever the program calls it.
  if (expectsPlain && port !== null && IMPLICIT_PORTS.includes(port) && stage === 'greeting' && !hasReply(text)) {
    raise(scores, 'starttls-on-implicit-port', 0.7)
  }
  if (stage === 'greeting') turn(scores, 'connect-timeout-port-blocked', 'greeting-timeout', 1.02)
  // Go names the step that timed out: whoever reads is connected.
  const read = /\bread tcp \S{1,80}:(\d{1,5}): i\/o timeout/.exec(text)
  if (read) {
    const silent = IMPLICIT_PORTS.includes(Number(read[1])) ? 'starttls-on-implicit-port' : 'greeting-timeout'
    turn(scores, 'connect-timeout-port-blocked', silent, 1.02)
  }
  // curl says the same of a refusal and of silence; a refusal takes no seconds.
  const afterMs = /\bport \d{1,5} after (\d{1,9}) ms: could ?n[o']t connect/.exec(text)?.[1]
  if (afterMs !== undefined && Number(afterMs) >= SILENCE_MS) {
    turn(scores, 'connect-refused', 'connect-timeout-port-blocked', 1.02)
  }
  // Whoever got a 421 was connected; the time-out is the server's patience.
  // RFC 3463 section 3.5: x.4.1 means that the host did not answer, whoever reports it with a 421.
  const unanswered = /\b[45]\.4\.1\b/.test(text) && !/idle/.test(text)
  if (/\b421[ -]/.test(text) && !unanswered && !/message expired|unable to deliver/.test(text)) {
    turn(scores, 'connect-timeout-port-blocked', 'server-shutting-down-or-idle-timeout')
    lower(scores, 'connect-timeout-port-blocked', 0.6)
  }
  if (stage === 'data' || stage === 'mail' || stage === 'rcpt') {
    turn(scores, 'connect-timeout-port-blocked', 'server-shutting-down-or-idle-timeout', 0.95)
  }
}

// Two colons alone are a time of day.
const IPV6 = /(?:^|[\s[(])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7}|[0-9a-f:]{0,40}::[0-9a-f])/
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
  return (stage === null || ['connect', 'greeting', 'tls'].includes(stage)) && !hasReply(text)
}

const CERTIFICATE_FAULTS: readonly FailureClass[] = [
  'tls-cert-expired',
  'tls-cert-name-mismatch',
  'tls-cert-self-signed',
  'tls-cert-unknown-issuer',
]

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
  // RFC 5321 section 4.2.4: these say that there is no such command.
  if (/\b50[02][ -]/.test(text)) turn(scores, 'starttls-advertised-but-broken', 'starttls-not-offered', 1.01)
  if (score(scores, 'tls-no-shared-cipher-or-weak-dh') > 0.6) lower(scores, 'starttls-advertised-but-broken', 0.7)
  // "Could not start TLS" is what happened; what is wrong with the certificate is why.
  if (CERTIFICATE_FAULTS.some(means => score(scores, means) > 0.6)) {
    lower(scores, 'starttls-advertised-but-broken', 0.6)
    lower(scores, 'tls-no-shared-cipher-or-weak-dh', 0.8)
  }
  if (score(scores, 'tls-protocol-too-old') > 0.6) {
    lower(scores, 'tls-implicit-on-starttls-port', 0.7)
    lower(scores, 'starttls-advertised-but-broken', 0.7)
  }
  if (score(scores, 'starttls-on-implicit-port') > 0.8) lower(scores, 'starttls-not-offered', 0.8)
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
    if (large) {
      raise(scores, 'antivirus-or-firewall-interception', 0.96)
      lower(scores, 'tls-cert-unknown-issuer', 0.9)
    } else if (host === null)
      raise(scores, 'antivirus-or-firewall-interception', score(scores, 'tls-cert-unknown-issuer') + 0.01)
    else raise(scores, 'antivirus-or-firewall-interception', 0.6)
  } else if (isLargeProvider(speaker) && host !== null) {
    turn(scores, 'tls-cert-self-signed', 'antivirus-or-firewall-interception', 0.98)
    // Who is named instead is what shows that somebody else answered.
    if (/\bcn ?=|dns:|is valid for/.test(text)) {
      turn(scores, 'tls-cert-name-mismatch', 'antivirus-or-firewall-interception', 1.01)
    }
  }
  // A filter's own name in a reply is that of the receiver's filter; who stands between shows a certificate or garbles the greeting.
  if (hasReply(text) && !/certificat|issuer|\bssl\b|\btls\b|x{6}|\*{4}/.test(text)) {
    lower(scores, 'antivirus-or-firewall-interception', 0.5)
  }
  // The general "verify failed" stands beside every particular reason.
  for (const reason of ['tls-cert-expired', 'tls-cert-name-mismatch', 'tls-cert-self-signed'] as const) {
    if (score(scores, reason) > 0.8) lower(scores, 'tls-cert-unknown-issuer', 0.8)
  }
}

const FIRST_WORDS =
  /refused to talk to me: 5|cmsmtp|esmtp service not available|\b554 ip=|\bmwinf\w{1,9} me\b|no smtp service|smtp service not available|connection (?:refused|rejected)|initial connection|in greeting|upon connect|on connect|not accepting connections/

/** RFC 5321 section 4.2: a greeting, and hardly another refusal, has the server's name right behind its code. */
const BANNER = /\b(?:521|554)[ -](?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,24} /

function greetings(scores: Scores, { text, stage }: Setting): void {
  if (stage === 'greeting' || (stage === null && (FIRST_WORDS.test(text) || BANNER.test(text)))) {
    turn(scores, 'policy-ip-blocklisted', 'greeting-rejected-ip-blocklisted', 1.01)
    turn(scores, 'policy-low-reputation', 'greeting-rejected-ip-blocklisted', 0.97)
    if (/too many|concurrent|connections|rate/.test(text))
      turn(scores, 'rate-limited-or-quota', 'greeting-rejected-rate-limited', 1.01)
  } else if (stage === 'connect' || stage === 'ehlo') {
    if (/connect/.test(text)) turn(scores, 'rate-limited-or-quota', 'greeting-rejected-rate-limited', 0.97)
  } else if (stage !== null) {
    // Programs say "invalid login" of a 421 that came instead of a greeting, too.
    if (!/\b421\b.{0,60}(?:connections|sessions)/.test(text)) {
      turn(scores, 'greeting-rejected-rate-limited', 'rate-limited-or-quota', 0.99)
    }
    turn(scores, 'greeting-rejected-ip-blocklisted', 'policy-ip-blocklisted')
  }
  // A server that says "connection refused" in a reply was reached.
  if (
    hasReply(text) &&
    (score(scores, 'greeting-rejected-ip-blocklisted') > 0.6 || score(scores, 'greeting-rejected-rate-limited') > 0.6)
  ) {
    lower(scores, 'connect-refused', 0.6)
  }
  // Trouble of the mail system itself (RFC 3463 section 3.4) is no greylisting, though both say "try again later".
  if (/\b45\d[ -]4\.3\.\d/.test(text)) lower(scores, 'greylisted', 0.7)
  // "421 … closing connection" is how a temporary refusal ends, not its reason.
  const others = [...scores].filter(
    ([means]) => means !== 'server-shutting-down-or-idle-timeout' && means !== 'server-temporary-error',
  )
  if (others.some(([, sure]) => sure >= 0.6)) {
    lower(scores, 'server-shutting-down-or-idle-timeout', 0.65)
    lower(scores, 'server-temporary-error', 0.7)
  }
}
