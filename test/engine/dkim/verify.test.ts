import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { describe, expect, test } from 'vitest'
import { canonicalizeBody, canonicalizeField } from '#engine/dkim/canonicalize.ts'
import { createDkimKey, printDkimRecord } from '#engine/dkim/new-key.ts'
import { verifySignatures } from '#engine/dkim/verify.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import { splitMessage } from '#engine/message/split-message.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { signMessage } from '../../support/sign-message.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

const NOW = new Date('2026-11-21T00:00:00Z')
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ZONE: Zone = { 's1._domainkey.a.test': [['TXT', printDkimRecord(publicKey)]] }

async function verify(message: string | Buffer, zone: Zone = ZONE) {
  const { resolver } = await withZone(zone)
  const split = splitMessage(typeof message === 'string' ? Buffer.from(message, 'latin1') : message)
  return verifySignatures(split, lookupWith(resolver, new Deadline(5_000)), NOW)
}

/** Signed by nodemailer: another implementation than ours. */
async function signed(text = 'Hello,\r\n\r\n  this is  it. \r\n\r\n\r\n'): Promise<string> {
  const dkim = {
    domainName: 'a.test',
    keySelector: 's1',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows', dkim })
  const sent = await transport.sendMail({ from: 'Ann <ann@a.test>', to: 'bob@b.test', subject: 'Grüße an alle', text })
  if (!Buffer.isBuffer(sent.message)) throw new Error('the transport buffers')
  return sent.message.toString('latin1')
}

test('a signature of another implementation passes, and what it covers is named', async () => {
  const [one] = await verify(await signed())
  expect(one).toMatchObject({
    result: 'pass',
    domain: 'a.test',
    selector: 's1',
    bodyMatches: true,
    headerMatches: true,
  })
  expect(one?.covers).toEqual(expect.arrayContaining(['from', 'to', 'subject']))
})

test('line ends that a program changed do not break it', async () => {
  expect(await verify((await signed()).replaceAll('\r\n', '\n'))).toMatchObject([{ result: 'pass' }])
})

test('a changed body is told apart from a changed header', async () => {
  const message = await signed()
  expect(await verify(`${message}-- \r\nlist footer\r\n`)).toMatchObject([
    { result: 'fail', bodyMatches: false, headerMatches: true },
  ])
  expect(await verify(message.replace('bob@b.test', 'eve@b.test'))).toMatchObject([
    { result: 'fail', bodyMatches: true, headerMatches: false },
  ])
})

describe('the key', () => {
  test.for([
    ['is missing', {}, 'permerror', 'there is no key'],
    ['was withdrawn', { 's1._domainkey.a.test': [['TXT', 'v=DKIM1; p=']] }, 'permerror', 'withdrawn'],
    ['cannot be had', { 's1._domainkey.a.test': [['RCODE', 2]] }, 'temperror', 'nobody answered'],
    [
      'is another one',
      {
        's1._domainkey.a.test': [
          ['TXT', printDkimRecord(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)],
        ],
      },
      'fail',
      'the key is not the one',
    ],
    [
      'is of another type',
      { 's1._domainkey.a.test': [['TXT', printDkimRecord(generateKeyPairSync('ed25519').publicKey)]] },
      'permerror',
      'another type',
    ],
  ] as const satisfies readonly (readonly [string, Zone, string, string])[])(
    'that %s',
    async ([, zone, result, why]) => {
      expect(await verify(await signed(), zone)).toMatchObject([{ result, why: expect.stringContaining(why) }])
    },
  )
})

test.for([
  ['v=1; a=rsa-sha1; d=a.test; s=s1; h=from; bh=x; b=y', 'neutral', 'rsa-sha1'],
  ['v=1; a=rsa-sha256; d=a.test; s=s1; h=to; bh=x; b=y', 'permerror', 'From is not among'],
  ['v=1; a=rsa-sha256; d=a.test; s=s1; i=@b.test; h=from; bh=x; b=y', 'permerror', 'i= is not within'],
  ['v=1; a=rsa-sha256; d=a.test; h=from; bh=x; b=y', 'permerror', 's= is missing'],
  ['nonsense', 'permerror', 'v= is not 1'],
] as const)('the signature %s is %s', async ([field, result, why]) => {
  const message = `DKIM-Signature: ${field}\r\nFrom: ann@a.test\r\n\r\nHello\r\n`
  expect(await verify(message)).toMatchObject([{ result, why: expect.stringContaining(why) }])
})

test('a message with a hundred signatures costs no more than ten', async () => {
  const field = 'DKIM-Signature: v=1; a=rsa-sha256; d=a.test; s=s1; h=from; bh=x; b=y\r\n'
  expect(await verify(`${field.repeat(100)}From: ann@a.test\r\n\r\n`)).toHaveLength(10)
})

test('the examples of RFC 6376 section 3.4.5 are canonicalized as it says', () => {
  const { fields, body } = splitMessage(Buffer.from('A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n'))
  expect(fields.map(field => canonicalizeField(field, 'relaxed')).join('')).toBe('a:X\r\nb:Y Z\r\n')
  expect(canonicalizeBody(body, 'relaxed')).toBe(' C\r\nD E\r\n')
  expect(fields.map(field => canonicalizeField(field, 'simple')).join('')).toBe('A: X\r\nB : Y\t\r\n\tZ  \r\n')
  expect(canonicalizeBody(body, 'simple')).toBe(' C \r\nD \t E\r\n')
  expect([canonicalizeBody('', 'simple'), canonicalizeBody('', 'relaxed')]).toEqual(['\r\n', ''])
})

test('relaxed takes blanks and tabs away, and no octet of a letter', () => {
  // "voilà" in UTF-8 ends with the octet A0, which is a blank in Latin-1.
  const [field] = splitMessage(Buffer.from('Subject: voilà \t\r\n\r\n')).fields
  if (!field) throw new Error('no field')
  expect(canonicalizeField(field, 'relaxed')).toBe('subject:voil\xc3\xa0\r\n')
})

test('nothing is said about the body under an algorithm that nobody accepts', async () => {
  const message =
    'DKIM-Signature: v=1; a=rsa-sha1; d=a.test; s=s1; h=from; bh=x; b=y\r\nFrom: ann@a.test\r\n\r\nHello\r\n'
  expect(await verify(message)).toMatchObject([{ result: 'neutral', bodyMatches: null, headerMatches: null }])
})

test.for(['rsa-2048', 'ed25519'] as const)('a new %s key verifies what its private half signs', async kind => {
  const made = await createDkimKey(kind)
  const key = createPrivateKey(made.privateKeyPem)
  expect(key.asymmetricKeyType).toBe(kind === 'ed25519' ? 'ed25519' : 'rsa')
  const message = signMessage(key, 'a.test', 's1')
  expect(await verify(message, { 's1._domainkey.a.test': [['TXT', made.record]] })).toMatchObject([
    { result: 'pass', key: { state: 'ok', keyType: kind === 'ed25519' ? 'ed25519' : 'rsa' } },
  ])
})
