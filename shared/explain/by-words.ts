import type { FindingId } from '#shared/finding/catalogue.ts'

/** Where the words of a text say more than its class: the finding for it, and that in place of which it stands. */
const NARROWER: readonly (readonly [words: RegExp, of: FindingId, is: FindingId])[] = [
  [/basic authentication/i, 'sign-in-disabled-for-tenant', 'sign-in-basic-auth-retired'],
  [
    /too many (?:failed |bad |invalid |unsuccessful )?(?:log-?ins?|sign-?ins?|auth\w*)\b/i,
    'deliver-rate-limited',
    'sign-in-too-many-attempts',
  ],
  [/client host rejected: access denied/i, 'deliver-ip-blocklisted', 'deliver-address-refused'],
  [
    /unable to verify the first certificate/i,
    'encrypt-certificate-unknown-issuer',
    'encrypt-certificate-incomplete-chain',
  ],
  [/(?:dh )?key too small|dh_key_too_small/i, 'encrypt-no-shared-cipher', 'encrypt-weak-key'],
  [
    /(?<!expired or is )not yet valid|not valid yet|current time \S{1,40} is before/i,
    'encrypt-certificate-expired',
    'encrypt-certificate-not-yet-valid',
  ],
  [/enotfound (?:akia|apikey)/i, 'resolve-settings-invalid', 'resolve-host-is-user'],
]

export function narrowByWords(id: FindingId, text: string): FindingId {
  return NARROWER.find(([words, of]) => of === id && words.test(text))?.[2] ?? id
}
