import { lower, raise, score, turn, type Scores, type Setting } from '#shared/explain/scores.ts'
import { isSendingService } from '#shared/explain/speaker.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

/** Rules for what is said in a session: sign-in, addresses and policies. */
export const SESSION_RULES = [signIn, senders, recipients, policies] as const

function signIn(scores: Scores, { text, speaker, stage }: Setting): void {
  const refused = score(scores, 'auth-bad-credentials')
  if (refused > 0.5 && (speaker === 'gmail' || speaker === 'yahoo' || speaker === 'icloud' || speaker === 'aol')) {
    raise(scores, 'auth-app-password-needed', Math.min(0.9, refused + 0.02))
  }
  if (/html|escap|&gt;|&amp;/.test(text) && refused > 0.5) lower(scores, 'auth-app-password-needed', 0.6)
  if (/xoauth2|oauthbearer/.test(text) && refused > 0.5 && /5\.7\.3|535/.test(text)) {
    raise(scores, 'auth-oauth-scope-or-permission', refused + 0.05)
  }
  // Outside of a sign-in 5.7.9 is a policy (Yahoo), and "not accepted" is said of messages.
  if (/\b55\d[ -]5\.7\.9\b/.test(text)) {
    lower(scores, 'auth-app-password-needed', 0.4)
    lower(scores, 'auth-bad-credentials', 0.5)
  }
  // Too many failed tries are why; that the account is locked now is what has to be mended.
  if (score(scores, 'auth-account-locked-or-blocked') > 0.9 && /\b(?:locked|lockout|disabled|blocked)\b/.test(text)) {
    lower(scores, 'rate-limited-or-quota', 0.85)
  }
  // Who wants another kind of password says so, and that this one has no right.
  if (/\bapp(?:lication)?[- ](?:specific )?password/.test(text)) lower(scores, 'auth-account-locked-or-blocked', 0.8)
  // Refused because of what was sent, not of who signs in.
  if (/\b55[0-4]\b/.test(text) && /bounce|abuse|spam|complain|outbound|invoice|payment/.test(text)) {
    if (score(scores, 'auth-account-locked-or-blocked') > 0.6) raise(scores, 'account-suspended-or-billing', 0.96)
    lower(scores, 'auth-account-locked-or-blocked', 0.8)
    lower(scores, 'recipient-unknown', 0.9)
  }
  // Sending services bill accounts, mailboxes are locked.
  if (isSendingService(speaker) && !/ip address/.test(text))
    turn(scores, 'auth-account-locked-or-blocked', 'account-suspended-or-billing')
  if (isSendingService(speaker)) turn(scores, 'sender-not-allowed-for-user', 'sender-not-verified')
  // "User unknown" in answer to a sign-in is not about a recipient.
  if (stage === 'auth' || /\b535[ -]/.test(text)) lower(scores, 'recipient-unknown', 0.6)
  // A tool that tried every way says that none worked; the server's own 535 says why.
  if (/\b535[ -]/.test(text)) lower(scores, 'auth-not-offered', 0.6)
  // Particular reasons for a refused sign-in come with the general words for it.
  for (const reason of PARTICULAR) {
    if (score(scores, reason) >= 0.7) lower(scores, 'auth-bad-credentials', 0.7)
  }
  if (/#auth005|too many bad auth/.test(text) && (speaker === 'yahoo' || speaker === 'aol'))
    lower(scores, 'rate-limited-or-quota', 0.8)
  // .NET names both reasons before it quotes the server, which means one.
  const quoted = text.split(EITHER)[1]
  if (quoted !== undefined && /authenticat|password|credentials/.test(quoted) && !/starttls/.test(quoted)) {
    lower(scores, 'starttls-required', 0.55)
  }
  // A delay, or a word of the recipient, is how a receiver says it; a submission server refuses with 530.
  if (/\b4[25][014][ -]|(?:recipient|recipient's|rcpt) domain/.test(text)) {
    turn(scores, 'starttls-required', 'policy-tls-required-by-recipient', 1.01)
  }
  // Exchange says that nobody signed in, and then why not.
  if (score(scores, 'auth-basic-disabled-by-tenant') > 0.9) lower(scores, 'auth-required', 0.8)
  // Gmail's 5.7.26 says "unauthenticated" of a domain.
  if (/\b5\.7\.26\b/.test(text)) lower(scores, 'auth-required', 0.6)
  if (score(scores, 'auth-required') > 0.8 && score(scores, 'starttls-required') > 0.8) {
    if (/starttls|tls/.test(text)) lower(scores, 'auth-required', 0.8)
  }
  if (stage !== null && stage !== 'auth') lower(scores, 'auth-bad-credentials', 0.85)
}

const EITHER = 'requires a secure connection or the client was not authenticated'

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

/** A From or a domain: a recipient has no display name here and is never a whole domain. */
const SENDER_LIKE =
  /region \S+: ?[^,<@]{1,80}<|(?:region \S+:|verified:?) ?(?:[^\s,]+, ?)*(?:[\w.+-]*(?:sender|from|no-?reply|info|admin|support|hello|contact|newsletter|mailer|notification)[\w.+-]*@|[\w-]+(?:\.[\w-]+)+(?:[\s,]|$)|arn:)/

function senders(scores: Scores, { text, stage }: Setting): void {
  if (/email address is not verified/.test(text)) {
    const sender = SENDER_LIKE.test(text)
    raise(scores, 'sandbox-mode', sender ? 0.6 : 0.97)
    lower(scores, 'sender-not-verified', sender ? 1 : 0.85)
  }
  if (/\b[45]\.1\.2\b/.test(text) && /domain|host/.test(text)) {
    turn(scores, 'recipient-unknown', 'recipient-domain-not-found', 0.95)
  }
  // RFC 3463 section 3.2: x.1.7 and x.1.8 are about the sender, x.1.2 and x.1.3 about the recipient, whatever the words.
  if (/\b[45]\.1\.8\b/.test(text)) turn(scores, 'recipient-domain-not-found', 'sender-domain-not-found')
  if (/\b[45]\.1\.7\b/.test(text)) turn(scores, 'recipient-syntax', 'sender-syntax')
  if (/\b[45]\.1\.3\b/.test(text)) turn(scores, 'sender-syntax', 'recipient-syntax')
  if (stage === 'mail') {
    lower(scores, 'recipient-domain-not-found', 0.9)
    turn(scores, 'recipient-syntax', 'sender-syntax', 0.95)
  }
}

function recipients(scores: Scores, { text, stage }: Setting): void {
  // "Try again in ten minutes" is said of too many tries, too.
  if (score(scores, 'rate-limited-or-quota') >= 0.8 && !/gr[ae]y-?list/.test(text)) lower(scores, 'greylisted', 0.8)
  // "Recipient address rejected: …" is how Postfix begins; what follows is the reason.
  // "Deferred" is the sending server's word for every delay.
  if (/\bstat(?:us)?=deferred\b/.test(text) && score(scores, 'greylisted') < 0.7) lower(scores, 'greylisted', 0.6)
  if (score(scores, 'greylisted') > 0.9) lower(scores, 'recipient-unknown', 0.6)
  if (
    score(scores, 'recipient-mailbox-full') > 0.9 &&
    /submission|sending|(?<!to )sender|policy rejection|per hour|per day/.test(text)
  ) {
    turn(scores, 'recipient-mailbox-full', 'rate-limited-or-quota')
  }
  if (score(scores, 'recipient-domain-not-found') > 0.8 && /sender/.test(text) && /rejected|verify/.test(text)) {
    if (score(scores, 'sender-domain-not-found') > 0) lower(scores, 'recipient-domain-not-found', 0.8)
  }
  if (stage === 'mail') lower(scores, 'recipient-unknown', 0.85)
  // Gmail heads every notice about an address so; the answer below says whether it was the domain.
  if (score(scores, 'recipient-domain-not-found') > 0.9 && /address not found/.test(text)) {
    lower(scores, 'recipient-unknown', 0.8)
    lower(scores, 'dns-host-not-found', 0.8)
  }
  // Postfix says this where its restrictions end in "reject": there it is the client who may not, not the recipient who is not.
  if (/\b5\.7\.1\b.{0,200}recipient address rejected: access denied/.test(text)) {
    turn(scores, 'recipient-unknown', 'auth-required', 0.75)
    raise(scores, 'relay-denied', 0.6)
  }
}

function policies(scores: Scores, { text }: Setting): void {
  // Postfix: `defer` at the end of the restrictions for clients, as while it is being worked on.
  if (/client host rejected: try again later/.test(text))
    turn(scores, 'policy-ip-blocklisted', 'server-temporary-error', 1.1)
  if (/open resolver|query refused|127\.255\.255/.test(text)) lower(scores, 'policy-ip-blocklisted', 0.8)
  if (score(scores, 'policy-dmarc-fail') > 0.9) {
    lower(scores, 'auth-required', 0.7)
    lower(scores, 'policy-spf-fail', 0.85)
    lower(scores, 'policy-dkim-fail', 0.85)
  } else if (/spf or dkim|sender is unauthenticated|not have authentication information/.test(text)) {
    lower(scores, 'policy-dkim-fail', 0.8)
    raise(scores, 'policy-spf-fail', 0.96)
  }
  if (score(scores, 'policy-ptr-missing') > 0.9) lower(scores, 'policy-ip-blocklisted', 0.85)
  // Gmail limits whoever fails a check; the check is what has to be passed.
  if (/rate limited because/.test(text) && /\b[45]\.7\.(?:2[3579]|3[0-2])\b/.test(text)) {
    lower(scores, 'rate-limited-or-quota', 0.7)
  }
  // Who may not relay is told so first, and then how the server tried to find out who it is.
  if (/relaying denied/.test(text)) lower(scores, 'policy-ptr-missing', 0.8)
  if (/\bspf\b/.test(text) && /not allowed to send/.test(text)) {
    turn(scores, 'sender-not-allowed-for-user', 'policy-spf-fail', 1.01)
  }
  // A score is a reputation, though its pages are called a list.
  if (/sender ?score/.test(text)) turn(scores, 'policy-ip-blocklisted', 'policy-low-reputation')
  if (/spamassassin|rspamd|spam score|spam points/.test(text)) lower(scores, 'policy-ip-blocklisted', 0.85)
  if (score(scores, 'policy-ip-blocklisted') > 0.9 && /greylist|graylist/.test(text))
    lower(scores, 'policy-ip-blocklisted', 0.8)
  if (score(scores, 'content-rejected-spam') > 0 && score(scores, 'policy-low-reputation') > 0.9)
    lower(scores, 'content-rejected-spam', 0.85)
}
