import type { FailureClass } from '#shared/finding/classes.ts'

/** A question whose answer tells apart what the text alone cannot. */
export type DecidingQuestion = {
  readonly ask: string
  readonly answers: readonly { readonly label: string; readonly means: FailureClass }[]
}

/** Pairs of readings that the same words can have, and what a person knows that the text does not say. */
export const QUESTIONS: readonly DecidingQuestion[] = [
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
  {
    ask: 'Do others of the same organisation send this way, with a password?',
    answers: [
      { label: 'Yes, others can', means: 'auth-bad-credentials' },
      { label: 'No, or nobody does', means: 'auth-basic-disabled-by-tenant' },
    ],
  },
  {
    ask: 'What happens when you sign in to the account in the browser?',
    answers: [
      { label: 'It asks me to unlock or confirm something', means: 'auth-account-locked-or-blocked' },
      { label: 'It lets me in at once, or knows no such password', means: 'auth-bad-credentials' },
    ],
  },
  {
    ask: "Does the server's answer to EHLO hold a line that begins with AUTH?",
    answers: [
      { label: 'Yes, with other methods', means: 'auth-mechanism-unsupported' },
      { label: 'No line with AUTH', means: 'auth-not-offered' },
    ],
  },
  {
    ask: 'Has the same consent, or the same token, worked before?',
    answers: [
      { label: 'Yes, until lately', means: 'auth-oauth-token-expired-or-invalid' },
      { label: 'No, it never worked', means: 'auth-oauth-scope-or-permission' },
    ],
  },
  {
    ask: 'Does the program encrypt the connection, with TLS or STARTTLS?',
    answers: [
      { label: 'No', means: 'starttls-required' },
      { label: 'Yes', means: 'auth-required' },
    ],
  },
  {
    ask: 'Had the program signed in before it named the sender?',
    answers: [
      { label: 'Yes', means: 'sender-not-allowed-for-user' },
      { label: 'No', means: 'auth-required' },
    ],
  },
  {
    ask: 'Is the name in the text that of the mail server, or a piece of the user name or password?',
    answers: [
      { label: 'The mail server', means: 'dns-host-not-found' },
      { label: 'A piece of the sign-in, or more than a name', means: 'client-config-invalid' },
    ],
  },
  {
    ask: 'Does the log show that the connection came about before the waiting began?',
    answers: [
      { label: 'Yes, it was connected', means: 'greeting-timeout' },
      { label: 'No', means: 'connect-timeout-port-blocked' },
    ],
  },
  {
    ask: 'Which address does the text complain of?',
    answers: [
      { label: 'The sender', means: 'sender-domain-not-found' },
      { label: 'The recipient', means: 'recipient-domain-not-found' },
    ],
  },
  {
    ask: 'Which address is written wrongly?',
    answers: [
      { label: 'The sender', means: 'sender-syntax' },
      { label: 'The recipient', means: 'recipient-syntax' },
    ],
  },
  {
    ask: 'Is the domain of the recipient one that this server takes mail for?',
    answers: [
      { label: 'Yes', means: 'recipient-unknown' },
      { label: 'No, it would have to pass the message on', means: 'relay-denied' },
    ],
  },
  {
    ask: 'Do short messages reach the same recipient?',
    answers: [
      { label: 'Yes, only the large one is refused', means: 'message-too-large' },
      { label: 'No, none does', means: 'recipient-mailbox-full' },
    ],
  },
  {
    ask: 'Are other recipients refused in the same way?',
    answers: [
      { label: 'Yes, all of them', means: 'rate-limited-or-quota' },
      { label: 'No, only this one', means: 'recipient-mailbox-full' },
    ],
  },
  {
    ask: 'Does the list name the address when you look it up there yourself?',
    answers: [
      { label: 'Yes', means: 'policy-ip-blocklisted' },
      { label: 'No', means: 'recipient-dnsbl-misconfigured' },
    ],
  },
  {
    ask: 'Does any block list name the sending address?',
    answers: [
      { label: 'Yes', means: 'policy-ip-blocklisted' },
      { label: 'No', means: 'policy-low-reputation' },
    ],
  },
  {
    ask: 'Does the Domain page say that SPF passes for the address that sends?',
    answers: [
      { label: 'It does', means: 'policy-dmarc-fail' },
      { label: 'It does not', means: 'policy-spf-fail' },
    ],
  },
  {
    ask: 'Were more messages sent than usual when it happened?',
    answers: [
      { label: 'Yes', means: 'rate-limited-or-quota' },
      { label: 'No', means: 'server-temporary-error' },
    ],
  },
  {
    ask: 'Had the connection been open for minutes without a command?',
    answers: [
      { label: 'Yes, or it was kept for later messages', means: 'server-shutting-down-or-idle-timeout' },
      { label: 'No, it was new', means: 'server-temporary-error' },
    ],
  },
  {
    ask: 'Does a short message of one sentence get through?',
    answers: [
      { label: 'Yes', means: 'content-rejected-spam' },
      { label: 'No', means: 'policy-low-reputation' },
    ],
  },
]
