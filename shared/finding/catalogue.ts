import { CERTIFICATE } from '#shared/finding/catalogue/certificate.ts'
import { CONNECT } from '#shared/finding/catalogue/connect.ts'
import { DELIVER } from '#shared/finding/catalogue/deliver.ts'
import { DOMAIN } from '#shared/finding/catalogue/domain.ts'
import { ENCRYPT } from '#shared/finding/catalogue/encrypt.ts'
import type { Entry } from '#shared/finding/catalogue/entry.ts'
import { RESOLVE } from '#shared/finding/catalogue/resolve.ts'
import { SIGN_IN } from '#shared/finding/catalogue/sign-in.ts'

/** Every finding that there is. A rule can only name a key of it, so a finding without words does not compile. */
export const CATALOGUE = { ...RESOLVE, ...CONNECT, ...ENCRYPT, ...CERTIFICATE, ...SIGN_IN, ...DELIVER, ...DOMAIN }

export type FindingId = keyof typeof CATALOGUE

export function entryOf(id: FindingId): Entry {
  return CATALOGUE[id]
}

/** `sign-in-refused` → `sign-in`: every id begins with the step that it belongs to. */
export function stepOf(id: FindingId) {
  if (id in RESOLVE) return 'resolve'
  if (id in CONNECT) return 'connect'
  if (id in ENCRYPT || id in CERTIFICATE) return 'encrypt'
  if (id in SIGN_IN) return 'sign-in'
  return id in DELIVER ? 'deliver' : 'domain'
}
