import { expect, test } from 'vitest'
import { decidingQuestion } from '#shared/explain/deciding.ts'
import { explain } from '#shared/explain/explain.ts'
import { QUESTIONS } from '#shared/explain/questions.ts'

test('a question is asked where its answers are the readings that are left', () => {
  expect(decidingQuestion('tls-cert-unknown-issuer', ['antivirus-or-firewall-interception'])?.answers).toHaveLength(2)
  expect(decidingQuestion('tls-cert-unknown-issuer', ['tls-cert-expired'])).toBeNull()
  expect(decidingQuestion('unknown', [])).toBeNull()
})

test('the answer is taken, and what the words said stays as the other reading', () => {
  const text = 'self signed certificate in certificate chain'
  const before = explain({ text })
  const other = before.alternatives[0]?.class
  const after = explain({ text, means: other ?? null })
  expect(after).toMatchObject({ class: other, alternatives: [{ class: before.class }] })
  expect(after.findings[0]?.evidence).not.toEqual([])
})

/** A text for each question, which leaves open just what it asks. */
const OPEN: readonly (readonly [ask: string, text: string])[] = [
  ['Does the same password work', '535 5.7.8 Error: authentication failed, application-specific password required'],
  ['Does the program sign in with a token', 'XOAUTH2 535 5.7.3 Authentication unsuccessful'],
  ['Who issued the certificate', 'self signed certificate in certificate chain'],
  ['Which port do the settings', 'Error: Greeting never received'],
  ['Is the address in the text', '554 Email address is not verified. failed the check: info@lab.test'],
  ['Do other names resolve', 'getaddrinfo: Temporary failure in name resolution: Name or service not known'],
  ['Do the settings of the program hold', '550 authentication needed for relaying to foreign domains'],
  ['Does the program introduce itself', '421 4.7.0 Try again later, closing connection. (EHLO) a1-2b3 - gsmtp'],
  ['Is this the first message', '450 4.2.0 greylisted, temporarily deferred, try again later'],
  ['Were many messages sent', '421 4.7.0 low reputation, rate limited'],
  ['Was it refused before', '554 5.7.1 blocked on connecting: client host blocked for spam, no SMTP service here'],
  ['Does the log show a TLS error', 'SSL handshake: connection reset by peer on port 587'],
  ['Do others of the same organisation', '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'],
  ['What happens when you sign in', '535 5.7.1 Login is blocked for this mailbox, unlock it in the control panel'],
  ["Does the server's answer to EHLO", '504 authentication mechanism not supported; AUTH not available'],
  ['Has the same consent', 'invalid_grant insufficient scope'],
  ['Does the program encrypt', '530 5.7.1 Encryption required, issue STARTTLS'],
  ['Had the program signed in', 'smtp; 550 Unauthenticated senders not allowed'],
  ['Is the name in the text', 'getaddrinfo ENOTFOUND mail.lab.test:587'],
  ['Does the log show that the connection', 'timed out waiting for greeting: connection timed out'],
  ['Which address does the text', '550 5.1.8 Domain not found'],
  ['Which address is written', '555 5.5.2 Syntax error, RCPT TO: no address given'],
  ['Is the domain of the recipient', '550 relay not permitted: unknown user'],
  ['Do short messages reach', '552 5.2.2 quota exceeded'],
  ['Are other recipients refused', '550 This account has reached its relay quota of 250 per day'],
  ['Does the list name', '554 5.7.1 Client host blocked using zen.spamhaus.org; Error: open resolver'],
  ['Does any block list', '554 5.7.1 blocked: on a block list, poor reputation'],
  ['Does the Domain page', '550 5.7.26 unauthenticated SPF DMARC'],
  ['Were more messages sent', '450 temporary: rate limit exceeded'],
  ['Had the connection been open', '421 4.4.2 Connection dropped'],
  ['Does a short message', '554 5.7.1 rejected as spam: low reputation'],
]

test.for(OPEN)('%s …', ([ask, text]) => {
  const { class: first, alternatives } = explain({ text })
  const others = alternatives.map(each => each.class)
  expect(decidingQuestion(first, others)?.ask, `${first}, ${others.join(', ')}`).toMatch(new RegExp(`^${ask}`))
})

test('every question is asked of some text', () => {
  const asked = OPEN.map(([ask]) => QUESTIONS.findIndex(question => question.ask.startsWith(ask)))
  expect(asked.toSorted((a, b) => a - b)).toEqual(QUESTIONS.map((_, index) => index))
})
