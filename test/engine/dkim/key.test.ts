import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseDkimKey } from '#engine/dkim/key.ts'

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).publicKey
const base64 = (key: KeyObject, type: 'spki' | 'pkcs1') => key.export({ format: 'der', type }).toString('base64')
const KEY = rsa(2048)
const ED = generateKeyPairSync('ed25519')
  .publicKey.export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('base64')

test.for([
  [`v=DKIM1; k=rsa; p=${base64(KEY, 'spki')}`, { keyType: 'rsa', bits: 2048, testing: false, strict: false }],
  [`p=${base64(KEY, 'pkcs1')}`, { keyType: 'rsa', bits: 2048 }],
  [`p=${base64(rsa(1024), 'spki')}`, { bits: 1024 }],
  [`p=${base64(rsa(1536), 'spki')}`, { bits: 1536 }],
  [
    `p=${base64(generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 }).publicKey, 'spki')}`,
    { bits: 1024 },
  ],
  [`v=DKIM1; k=ed25519; p=${ED}`, { keyType: 'ed25519', bits: 256 }],
  ['v=DKIM1; p=', { bits: null }],
  [`v=DKIM1; t=y:s; p=${ED}; k=ed25519`, { testing: true, strict: true }],
  [`v=DKIM1; p=${base64(KEY, 'spki').replace(/.{64}/g, '$& \t')}`, { bits: 2048 }],
  [`v=DKIM1; h=sha1:sha256; s=email; p=${base64(KEY, 'spki')}; x=unknown`, { bits: 2048 }],
] as const)('%s is a key', ([text, key]) => {
  const parsed = parseDkimKey(text)
  expect(parsed.ok ? parsed.value : parsed.error).toMatchObject(key)
})

test.for([
  [`p=${ED}; v=DKIM1; k=ed25519`, 'first tag'],
  [`v=DKIM2; p=${ED}`, 'first tag'],
  ['v=DKIM1; k=rsa', 'missing'],
  [`v=DKIM1; k=dsa; p=${ED}`, 'not known'],
  ['v=DKIM1; p=!!!', 'does not hold'],
  ['v=DKIM1; k=ed25519; p=AAAA', 'does not hold'],
  [`v=DKIM1; p=${'A'.repeat(8000)}`, 'does not hold'],
  [`v=DKIM1; h=sha1; p=${base64(KEY, 'spki')}`, 'SHA-1'],
  [`v=DKIM1; s=tlsrpt; p=${base64(KEY, 'spki')}`, 'not for mail'],
  [`v=DKIM1; nonsense; p=${base64(KEY, 'spki')}`, 'not a tag'],
] as const)('%s is none', ([text, reason]) => {
  expect(parseDkimKey(text)).toEqual({ ok: false, error: expect.stringContaining(reason) })
})
