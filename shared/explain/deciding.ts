import type { FailureClass } from '#shared/finding/classes.ts'

/** A question whose answer tells apart what the text alone cannot. */
export type DecidingQuestion = {
  readonly ask: string
  readonly answers: readonly { readonly label: string; readonly means: FailureClass }[]
}

const QUESTIONS: readonly DecidingQuestion[] = [
  {
    ask: 'Does the same password work when you sign in to this mailbox in the browser?',
    answers: [
      { label: 'Yes, it works there', means: 'auth-app-password-needed' },
      { label: 'No, or it is not the password of a mailbox', means: 'auth-bad-credentials' },
    ],
  },
  {
    ask: 'Does the program sign in with a token (OAuth2) rather than a password?',
    answers: [
      { label: 'With a token', means: 'auth-oauth-scope-or-permission' },
      { label: 'With a password', means: 'auth-bad-credentials' },
    ],
  },
  {
    ask: 'Who issued the certificate that the machine was shown?',
    answers: [
      { label: 'An authority of your own or of your company', means: 'tls-cert-unknown-issuer' },
      { label: 'An antivirus program, a firewall or a hoster', means: 'antivirus-or-firewall-interception' },
    ],
  },
  {
    ask: 'Which port do the settings of the program name?',
    answers: [
      { label: '465, or another one for TLS from the start', means: 'starttls-on-implicit-port' },
      { label: '587, 25 or 2525', means: 'greeting-timeout' },
    ],
  },
  {
    ask: 'Is the address in the text the one that you send from, or the one that you send to?',
    answers: [
      { label: 'The one I send from', means: 'sender-not-verified' },
      { label: 'The one I send to', means: 'sandbox-mode' },
    ],
  },
  {
    ask: 'Do other names resolve on that machine?',
    answers: [
      { label: 'Yes, only this one fails', means: 'dns-host-not-found' },
      { label: 'No, none does', means: 'dns-temporary-failure' },
    ],
  },
  {
    ask: 'Do the settings of the program hold a user name and a password?',
    answers: [
      { label: 'No, it does not sign in', means: 'auth-required' },
      { label: 'Yes, and it signs in', means: 'relay-denied' },
    ],
  },
  {
    ask: 'Does the program introduce itself as "localhost", or by a name without a dot?',
    answers: [
      { label: 'Yes', means: 'helo-name-rejected' },
      { label: 'No, it opens many connections', means: 'greeting-rejected-rate-limited' },
    ],
  },
  {
    ask: 'Is this the first message from your server to this recipient?',
    answers: [
      { label: 'Yes, the first in weeks', means: 'greylisted' },
      { label: 'No, others went through lately', means: 'server-temporary-error' },
    ],
  },
  {
    ask: 'Were many messages sent in the last hours?',
    answers: [
      { label: 'Yes, more than usual', means: 'rate-limited-or-quota' },
      { label: 'No', means: 'policy-low-reputation' },
    ],
  },
  {
    ask: 'Was it refused before any sender or recipient was named?',
    answers: [
      { label: 'Yes, on connecting', means: 'greeting-rejected-ip-blocklisted' },
      { label: 'No, a message was refused', means: 'policy-ip-blocklisted' },
    ],
  },
  {
    ask: 'Does the log show a TLS error before the connection ended?',
    answers: [
      { label: 'Yes', means: 'tls-implicit-on-starttls-port' },
      { label: 'No, it just ended', means: 'server-shutting-down-or-idle-timeout' },
    ],
  },
]

/** The question that decides between these readings; null where none of ours does. */
export function decidingQuestion(first: FailureClass, others: readonly FailureClass[]): DecidingQuestion | null {
  const readings = new Set([first, ...others])
  return (
    QUESTIONS.find(
      ({ answers }) =>
        answers.some(({ means }) => means === first) && answers.every(({ means }) => readings.has(means)),
    ) ?? null
  )
}
