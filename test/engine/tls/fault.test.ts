import { expect, test } from 'vitest'
import { handshakeFault } from '#engine/tls/fault.ts'

test.each([
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'plaintext-answer'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'plaintext-answer'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'protocol-version'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'protocol-version'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'no-shared-cipher'],
  ['ERR_SSL_NO_SHARED_CIPHER', 'no-shared-cipher'],
  ['ERR_SSL_DH_KEY_TOO_SMALL', 'weak-key'],
  ['ERR_SSL_EE_KEY_TOO_SMALL', 'weak-key'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'client-certificate'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'client-certificate'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'client-certificate'],
  ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 'alert'],
  ['EPIPE', 'closed'],
  ['ECONNRESET', 'reset'],
  ['ETIMEDOUT', 'timed-out'],
  ['ERR_SSL_SOMETHING_NEW', 'other'],
])('%s is %s', (code, kind) => {
  expect(handshakeFault(Object.assign(new Error('x'), { code }))).toMatchObject({ kind, code })
})

test('what OpenSSL quotes from the server is escaped', () => {
  expect(handshakeFault(new Error('bad \x1b[2J'))).toMatchObject({ message: 'bad \\x1b[2J' })
})
