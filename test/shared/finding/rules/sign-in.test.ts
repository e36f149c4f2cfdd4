import { describe, expect, test } from 'vitest'
import { AuthMethod } from '#shared/account/account.ts'
import { judge } from '#shared/finding/judge.ts'
import { present } from '#shared/finding/present.ts'
import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'
import { doneStep, failedStep, idsOf, reply, settings } from '../evidence-for-tests.ts'

describe('sign-in', () => {
  const refused = reply('535 5.7.8 Authentication failed')
  const rejected = (mechanism: string, said = refused) =>
    failedStep('sign-in', { kind: 'rejected', mechanism, reply: said })

  test('one refusal means different things with different providers', () => {
    expect(idsOf([rejected('plain')])).toEqual(['sign-in-refused'])
    expect(idsOf([rejected('plain')], { host: 'smtp.mail.yahoo.com' })).toEqual(['sign-in-needs-app-password'])
    expect(idsOf([rejected('plain')], { host: 'smtp-mail.outlook.com' })).toEqual(['sign-in-basic-auth-retired'])
    expect(idsOf([rejected('plain')], { host: 'smtp.sendgrid.net' })).toEqual(['sign-in-wrong-kind-of-secret'])
    expect(idsOf([rejected('xoauth2')])).toEqual(['sign-in-token-not-permitted'])
  })

  test.for([
    ['GSSAPI', ['GSSAPI', 'PLAIN'], 'sign-in-not-spoken', ['auth-auto', 'auth-plain', 'ask']],
    ['GSSAPI', ['GSSAPI'], 'sign-in-not-spoken', ['ask']],
    ['AUTO', ['GSSAPI', 'GSS-SPNEGO'], 'sign-in-not-spoken', ['ask']],
    ['SCRAM-SHA-256-PLUS', ['SCRAM-SHA-256-PLUS'], 'sign-in-not-spoken', ['ask']],
    ['AUTO', ['XOAUTH2', 'GSSAPI'], 'sign-in-must-be-chosen', ['auth-xoauth2', 'ask']],
    ['AUTO', ['EXTERNAL'], 'sign-in-must-be-chosen', ['auth-external', 'ask']],
    ['LOGIN', ['PLAIN'], 'sign-in-mechanism-unsupported', ['auth-auto', 'auth-plain', 'ask']],
    ['GSSAPI', ['PLAIN'], 'sign-in-mechanism-unsupported', ['auth-auto', 'auth-plain', 'ask']],
  ] as const)('%s wanted, %j offered: %s', ([wanted, offered, id, fixes]) => {
    const auth = AuthMethod.parse(wanted.toLowerCase())
    const input = {
      account: settings({ auth }),
      steps: [failedStep('sign-in', { kind: 'no-shared-mechanism', wanted, offered: [...offered] })],
    }
    const [found] = present(judge(input), input)
    expect(found?.id).toBe(id)
    expect(found?.fixes.map(fix => fix.id)).toEqual(fixes)
  })

  test.for([
    ['SCRAM-SHA-256-PLUS', 'e=channel-bindings-dont-match', 'sign-in-connection-differs'],
    ['SCRAM-SHA-256', 'e=server-does-support-channel-binding', 'sign-in-connection-differs'],
    ['SCRAM-SHA-256-PLUS', 'e=unsupported-channel-binding-type', 'sign-in-binding-unsupported'],
    ['SCRAM-SHA-256-PLUS', 'e=invalid-proof', 'sign-in-refused'],
    ['CRAM-MD5', 'e=channel-bindings-dont-match', 'sign-in-refused'],
  ] as const)('%s and %s: %s', ([mechanism, challenge, id]) => {
    expect(idsOf([failedStep('sign-in', { kind: 'rejected', mechanism, reply: refused, challenge })])).toEqual([id])
  })

  test('a refused token is told apart by what the challenge says', () => {
    const told = (challenge: string) =>
      idsOf([failedStep('sign-in', { kind: 'rejected', mechanism: 'XOAUTH2', reply: refused, challenge })])
    expect(told('{"status":"401","schemes":"bearer"}')).toEqual(['sign-in-token-expired'])
    expect(told('{"status":"invalid_token"}')).toEqual(['sign-in-token-expired'])
    expect(told('{"status":"insufficient_scope"}')).toEqual(['sign-in-token-not-permitted'])
  })

  test.for([
    [reply('534 5.7.9 Application-specific password required'), 'sign-in-needs-app-password'],
    [
      reply('535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant'),
      'sign-in-disabled-for-tenant',
    ],
    [reply('535 5.7.139 Authentication unsuccessful, basic authentication is disabled.'), 'sign-in-basic-auth-retired'],
    [reply('454 4.7.0 Too many login attempts, please try again later'), 'sign-in-too-many-attempts'],
    [reply('535 5.7.0 Account is locked'), 'sign-in-account-locked'],
    [reply('451 Authentication failed: Maximum credits exceeded'), 'sign-in-account-suspended'],
    [reply('530 5.7.0 Must issue a STARTTLS command first'), 'sign-in-starttls-required'],
    [reply('504 5.5.4 Unrecognized authentication type'), 'sign-in-mechanism-unsupported'],
    [reply('454 4.3.0 Temporary authentication failure'), 'sign-in-temporary'],
    [reply('599 hm'), 'sign-in-not-accepted'],
  ] as const)('%j is %s', ([said, id]) => {
    expect(idsOf([rejected('plain', said)])).toEqual([id])
  })

  test.for([
    [
      failedStep('sign-in', { kind: 'not-offered', encrypted: false, starttlsOffered: true }),
      'sign-in-needs-encryption',
    ],
    [failedStep('sign-in', { kind: 'not-offered', encrypted: true, starttlsOffered: false }), 'sign-in-not-offered'],
    [
      failedStep('sign-in', { kind: 'no-shared-mechanism', wanted: 'cram-md5', offered: ['PLAIN'] }),
      'sign-in-mechanism-unsupported',
    ],
    [
      failedStep('sign-in', { kind: 'withheld', because: 'not-encrypted', mechanism: 'plain' }),
      'sign-in-needs-encryption',
    ],
    [
      failedStep('sign-in', { kind: 'withheld', because: 'untrusted', mechanism: 'plain' }),
      'sign-in-certificate-not-trusted',
    ],
    [failedStep('sign-in', { kind: 'no-secret', because: 'none-stored' }), 'sign-in-no-secret'],
    [failedStep('sign-in', { kind: 'server-not-proved', mechanism: 'scram-sha-256' }), 'sign-in-server-not-proved'],
    [
      failedStep('sign-in', { kind: 'no-reply', mechanism: 'plain', fault: { cause: 'closed', detail: null } }),
      'sign-in-no-reply',
    ],
  ] as const)('%j', ([step, id]) => {
    expect(idsOf([step])).toEqual([id])
  })

  test('a password that went over plain text is a warning, though it worked', () => {
    const plain = doneStep('encrypt', { kind: 'plain', capabilities: NO_CAPABILITIES, heloOnly: false })
    const accepted = doneStep('sign-in', { kind: 'accepted', mechanism: 'plain', reply: reply('235 ok') })
    expect(idsOf([plain, accepted], { security: 'none' })).toEqual(['sign-in-plaintext'])
  })
})
