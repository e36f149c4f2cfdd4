import { describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { judgeReport } from '#shared/finding/present.ts'
import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'
import { doneStep, failedStep, idsOf, reply } from '../evidence-for-tests.ts'

describe('deliver', () => {
  const mail = (...lines: string[]) =>
    failedStep('deliver', { kind: 'mail-refused', mailFrom: 'ann@example.com', reply: reply(...lines), signedIn: true })
  const rcpt = (...lines: string[]) =>
    failedStep('deliver', {
      kind: 'rcpt-refused',
      mailFrom: 'ann@example.com',
      recipients: [{ address: 'bob@example.net', reply: reply(...lines) }],
      signedIn: true,
    })
  const data = (...lines: string[]) =>
    failedStep('deliver', {
      kind: 'data-refused',
      mailFrom: 'ann@example.com',
      reply: reply(...lines),
      sizeBytes: 10,
      signedIn: true,
    })

  test.for([
    [mail('553 5.7.1 Sender address rejected: not owned by user ann'), 'deliver-sender-not-allowed'],
    [mail('530 5.7.1 Authentication required'), 'deliver-sign-in-required'],
    [mail('530 5.7.0 Must issue a STARTTLS command first'), 'deliver-starttls-required'],
    [mail('552 5.3.4 Message size exceeds fixed limit'), 'deliver-too-large'],
    [mail('550 5.9.9 no'), 'deliver-sender-refused'],
    [mail('450 4.9.9 no'), 'deliver-temporary-error'],
    [rcpt('550 5.1.1 User unknown'), 'deliver-recipient-unknown'],
    [rcpt('554 5.7.1 Relay access denied'), 'deliver-relay-denied'],
    [rcpt('450 4.2.0 Greylisted for 300 seconds'), 'deliver-greylisted'],
    [rcpt('504 5.5.2 <web01>: Helo command rejected: need fully-qualified hostname'), 'deliver-ehlo-name-rejected'],
    [
      rcpt('554 5.7.1 Client host [192.0.2.9] blocked using zen.spamhaus.org; Error: open resolver'),
      'deliver-blocklist-misread',
    ],
    [
      data(
        '550-5.7.26 This mail has been blocked because the sender is unauthenticated.',
        '550 5.7.26 Gmail requires SPF or DKIM',
      ),
      'deliver-spf',
    ],
    [data('550 5.7.1 rejected per DMARC policy'), 'deliver-dmarc'],
    [data('550 5.7.25 The IP address has no PTR record'), 'deliver-ptr-missing'],
    [data('554 5.6.9 odd'), 'deliver-needs-smtputf8'],
    [data('599 odd'), 'deliver-refused'],
    // The words of a state that passes, and a code that says that it does not.
    [data('554 5.3.2 System not accepting network messages'), 'deliver-refused'],
    [data('554 5.3.0 Temporary local problem'), 'deliver-temporary-error'],
  ] as const)('%j is %s', ([step, id]) => {
    expect(idsOf([step])).toEqual([id])
  })

  test('"access denied" asks a stranger to sign in, and tells others that their machine is not let in', () => {
    const denied = '554 5.7.1 <unknown[192.0.2.9]>: Client host rejected: Access denied'
    const plain = (auth: string[]) =>
      doneStep('encrypt', { kind: 'plain', capabilities: { ...NO_CAPABILITIES, auth }, heloOnly: false })
    expect(idsOf([plain(['PLAIN']), rcpt(denied)], { user: null })).toEqual(['deliver-sign-in-required'])
    expect(idsOf([plain([]), rcpt(denied)], { user: null })).toEqual(['deliver-address-refused'])
    expect(idsOf([plain(['PLAIN']), rcpt(denied)], { user: 'ann' })).toEqual(['deliver-address-refused'])
    const unknown = '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)'
    expect(idsOf([plain(['PLAIN']), rcpt(unknown)], { user: null })).toEqual(['deliver-recipient-unknown'])
  })

  test('a From line with one address is not offered to be written anew', () => {
    const said = '550 5.7.1 Messages with multiple addresses in From: header are not accepted'
    const fixes = (fromLine: string | null) => {
      const step = failedStep('deliver', {
        kind: 'data-refused',
        mailFrom: 'ann@example.com',
        reply: reply(said),
        sizeBytes: 10,
        signedIn: true,
        fromLine,
      })
      const [finding] = judgeReport({ account: AccountSettings.parse({ host: 'mail.example.com' }), steps: [step] })
      return finding?.fixes.flatMap(fix => (fix.kind === 'settings' ? [fix.id] : []))
    }
    expect(fixes('ann@example.com')).toEqual([])
    expect(fixes('ann@example.com, bob@example.com')).toEqual(['set-from'])
    expect(fixes(null)).toEqual(['set-from'])
  })

  test('many recipients refused for one reason are one finding', () => {
    const recipients = Array.from({ length: 100 }, (_, index) => ({
      address: `u${index}@example.net`,
      reply: reply('550 5.1.1 User unknown'),
    }))
    const step = failedStep('deliver', {
      kind: 'rcpt-refused',
      mailFrom: 'ann@example.com',
      recipients,
      signedIn: true,
    })
    expect(idsOf([step])).toEqual(['deliver-recipient-unknown'])
  })

  test('more recipients than the server takes is said, with its own limits', () => {
    const limits = 'RCPTMAX=10 MAILMAX=1'
    const step = failedStep('deliver', { kind: 'too-many-recipients', recipients: 12, limit: 10, limits })
    const [finding] = judgeReport({ account: AccountSettings.parse({ host: 'mail.example.com' }), steps: [step] })
    expect(finding).toMatchObject({ id: 'deliver-too-many-recipients', evidence: [`LIMITS ${limits}`] })
    expect(finding?.explanation).toContain('10')
  })

  test.each(['not-offered', 'not-encrypted', 'not-trusted'] as const)(
    'TLS on the whole way that cannot be asked for (%s) can be left out',
    because => {
      const account = AccountSettings.parse({ host: 'mail.example.com', security: 'tls', requireTls: true })
      const step = failedStep('deliver', { kind: 'needs-requiretls', because })
      const [finding] = judgeReport({ account, steps: [step] })
      expect(finding).toMatchObject({ id: 'deliver-needs-requiretls', fixes: [{ change: { requireTls: false } }, {}] })
    },
  )

  test('who has the message already stands in the evidence', () => {
    const fault = { cause: 'closed', detail: null } as const
    const step = failedStep('deliver', { kind: 'no-reply', command: 'MAIL', fault, sentTo: ['a@example.net'] })
    const [finding] = judgeReport({ account: AccountSettings.parse({ host: 'mail.example.com' }), steps: [step] })
    expect(finding?.evidence).toContain('already taken for a@example.net')
  })

  test('a message whose receipt never came may have arrived, and that is said', () => {
    const step = failedStep('deliver', {
      kind: 'no-reply',
      command: 'message',
      fault: { cause: 'closed', detail: null },
    })
    expect(idsOf([step])).toEqual(['deliver-unknown-after-data'])
  })
})
