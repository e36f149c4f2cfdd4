import type { ProblemCode } from '#shared/problem-data.ts'
import { Problem } from '#shared/problem.ts'
import { checkCiphers } from '#engine/tls/limits.ts'

/** @throws Problem where OpenSSL can do nothing with the list, or does not know a part of it */
export function requireCiphers(list: string, code: ProblemCode, field: string): void {
  const checked = checkCiphers(list)
  if (checked.ok) return
  const { unknown } = checked.error
  const message =
    unknown === null
      ? 'this cipher list leaves no cipher that encrypts'
      : `there is no cipher ‘${unknown.slice(0, 64)}’ here`
  const remedy =
    unknown === null
      ? 'name ciphers as OpenSSL does, such as HIGH or ECDHE-RSA-AES256-GCM-SHA384'
      : 'leave it out, or write it as OpenSSL does: `openssl ciphers -v` lists the names; TLS 1.3 has TLS_AES_256_GCM_SHA384 and the like'
  throw new Problem(code, message, { field, remedy })
}
