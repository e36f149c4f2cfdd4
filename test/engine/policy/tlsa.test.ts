import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { splitPem } from '#engine/tls/pem.ts'
import { matchesTlsa } from '#engine/policy/tlsa.ts'
import { createAuthority, createSelfSigned } from '../../support/certificates.ts'
import { peerInstalled } from '../../peers/support/peer.ts'

const HOST = 'mail.lab.test'
const ready = peerInstalled('openssl')

let leaf: X509Certificate
let issuing: X509Certificate
let root: X509Certificate
let stranger: X509Certificate

beforeAll(async () => {
  const authority = await createAuthority()
  const below = await authority.authorize('O=Lab,CN=Lab Issuing')
  const [first = '', second = ''] = splitPem((await below.issue()).cert)
  leaf = new X509Certificate(first)
  issuing = new X509Certificate(second)
  root = new X509Certificate(authority.pem)
  stranger = new X509Certificate((await createSelfSigned()).cert)
})

/** The data of a record, by OpenSSL: RFC 6698 has no certificates beside its examples. */
function byOpenSsl(certificate: X509Certificate, selector: number, matchingType: number): string {
  const input = certificate.toString()
  const openssl = (args: readonly string[], octets: string | Buffer) => execFileSync('openssl', args, { input: octets })
  const der =
    selector === 0
      ? openssl(['x509', '-outform', 'DER'], input)
      : openssl(['pkey', '-pubin', '-outform', 'DER'], openssl(['x509', '-noout', '-pubkey'], input))
  if (matchingType === 0) return der.toString('hex')
  return openssl(['dgst', matchingType === 1 ? '-sha256' : '-sha512', '-binary'], der).toString('hex')
}

const SELECTORS = [0, 1]
const MATCHING = [0, 1, 2]
const FORMS = SELECTORS.flatMap(selector => MATCHING.map(matching => [selector, matching] as const))

describe.skipIf(!ready)('TLSA records with the data that OpenSSL computes (RFC 6698 section 2.1)', () => {
  test.each(FORMS)('DANE-EE, selector %i, matching type %i', (selector, matching) => {
    const record = `3 ${selector} ${matching} ${byOpenSsl(leaf, selector, matching)}`
    expect(matchesTlsa(record, [leaf, issuing], HOST)).toBe(true)
    expect(matchesTlsa(record.toUpperCase(), [leaf], HOST)).toBe(true)
    expect(matchesTlsa(record, [issuing, leaf], HOST)).toBe(false)
    expect(matchesTlsa(record, [stranger], HOST)).toBe(false)
  })

  test.each(FORMS)('DANE-TA, selector %i, matching type %i', (selector, matching) => {
    const record = `2 ${selector} ${matching} ${byOpenSsl(issuing, selector, matching)}`
    expect(matchesTlsa(record, [leaf, issuing], HOST)).toBe(true)
    expect(matchesTlsa(record, [leaf], HOST)).toBe(false)
  })

  test('DANE-EE does not look at names, DANE-TA does (RFC 7672 sections 3.1.1 and 3.1.2)', () => {
    expect(matchesTlsa(`3 1 1 ${byOpenSsl(leaf, 1, 1)}`, [leaf], 'elsewhere.test')).toBe(true)
    expect(matchesTlsa(`2 1 1 ${byOpenSsl(issuing, 1, 1)}`, [leaf, issuing], 'elsewhere.test')).toBe(false)
  })

  test('a trust anchor vouches only for what it signed: one that is merely sent along does not', () => {
    const anchor = `2 0 1 ${byOpenSsl(stranger, 0, 1)}`
    expect(matchesTlsa(anchor, [leaf, issuing, stranger], HOST)).toBe(false)
    expect(matchesTlsa(`2 0 1 ${byOpenSsl(root, 0, 1)}`, [leaf, issuing, root], HOST)).toBe(true)
    expect(matchesTlsa(`2 0 1 ${byOpenSsl(root, 0, 1)}`, [leaf, root], HOST)).toBe(false)
  })

  test.each(['0 0 1', '1 0 1', '3 2 1', '3 0 3', '4 0 1'])('%s is not used in SMTP', form => {
    expect(matchesTlsa(`${form} ${byOpenSsl(leaf, 0, 1)}`, [leaf], HOST)).toBe(false)
  })
})

test('no certificate matches nothing', () => {
  expect(matchesTlsa('3 1 1 00', [], HOST)).toBe(false)
})
