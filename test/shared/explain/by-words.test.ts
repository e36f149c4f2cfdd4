import { expect, test } from 'vitest'
import { explain } from '#shared/explain/explain.ts'

test.for([
  ['535 5.7.139 Authentication unsuccessful, basic authentication is disabled.', 'sign-in-basic-auth-retired'],
  ['535 5.7.139 SmtpClientAuthentication is disabled for the Tenant', 'sign-in-disabled-for-tenant'],
  ['454 4.7.0 Too many login attempts, please try again later', 'sign-in-too-many-attempts'],
  ['450 4.7.1 Error: too much mail from 192.0.2.9', 'deliver-rate-limited'],
  ['554 5.7.1 <unknown[192.0.2.9]>: Client host rejected: Access denied', 'deliver-address-refused'],
  ['550 5.7.1 client [192.0.2.9] blocked using bl.example.net', 'deliver-ip-blocklisted'],
  ['Error: unable to verify the first certificate', 'encrypt-certificate-incomplete-chain'],
  ['x509: certificate signed by unknown authority', 'encrypt-certificate-unknown-issuer'],
  ['error:0A00018A:SSL routines::dh key too small', 'encrypt-weak-key'],
  ['certificate is not yet valid', 'encrypt-certificate-not-yet-valid'],
  [
    'x509: certificate has expired or is not yet valid: current time 2026-11-21T12:00:00Z is after 2026-11-01T00:00:00Z',
    'encrypt-certificate-expired',
  ],
  [
    'x509: certificate has expired or is not yet valid: current time 2026-11-21T12:00:00Z is before 2026-12-01T00:00:00Z',
    'encrypt-certificate-not-yet-valid',
  ],
  ['getaddrinfo ENOTFOUND akiaiosfodnn7example', 'resolve-host-is-user'],
  ['TypeError: Invalid URL', 'resolve-settings-invalid'],
  // When it was said is not known, so nothing is claimed of it.
  ['550-5.7.25 The IP address sending this message does not have a PTR record setup', 'deliver-ptr-missing'],
] as const)('%s is %s', ([text, id]) => {
  expect(explain({ text }).findings[0]?.id).toBe(id)
})

test('a refusal that is known to have come at the greeting is told as one', () => {
  const text = '554 5.7.1 Service unavailable; client [192.0.2.9] blocked using bl.example.net'
  expect(explain({ text, stage: 'greeting' }).findings[0]?.id).toBe('connect-greeting-blocklisted')
})
