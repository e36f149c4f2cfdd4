import type { ResolveEvidence } from '#shared/diagnosis/evidence.ts'
import { judged, type JudgeContext, type Judged } from '#shared/finding/judged.ts'
import { assertNever } from '#shared/result.ts'

// RFC 1123 section 2.1 host names; the underscore occurs in names of containers.
const HOST_NAME = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?$/i

export function judgeResolve(seen: ResolveEvidence, { account }: JudgeContext): readonly Judged[] {
  switch (seen.kind) {
    case 'resolved':
    case 'literal':
      return []
    case 'not-found': {
      const facts = { host: seen.host, resolver: resolverName(seen.resolver), code: seen.code }
      const evidence = [`${seen.host}: ${seen.code} (${seen.resolver})`]
      if (account.host === '' || !isHostName(seen.host))
        return [judged('resolve-settings-invalid', { facts, evidence })]
      if (isSignIn(seen.host, account)) return [judged('resolve-host-is-user', { facts, evidence, confidence: 0.85 })]
      return [judged(seen.code === 'NODATA' ? 'resolve-no-address' : 'resolve-name-not-found', { facts, evidence })]
    }
    case 'resolver-failed':
      return [
        judged('resolve-resolver-failed', {
          facts: { host: seen.host, resolver: resolverName(seen.resolver), code: seen.code },
          evidence: [`${seen.host}: ${seen.code} (${seen.resolver})`],
        }),
      ]
    default:
      return assertNever(seen)
  }
}

/** How keys begin that providers give out as user names: Amazon's, SendGrid's. */
const KEY = /^(?:akia[a-z0-9]{8,}|apikey)$/i

function isSignIn(host: string, { user }: JudgeContext['account']): boolean {
  const local = user?.split('@')[0]?.toLowerCase() ?? ''
  return !host.includes('.') && (KEY.test(host) || (local !== '' && host.toLowerCase() === local))
}

function resolverName(resolver: string): string | undefined {
  return resolver === 'system' ? undefined : resolver
}

function isHostName(host: string): boolean {
  // Letters beyond ASCII are allowed here: they stand for an internationalised name.
  return /[^\u0000-\u007f]/.test(host) ? !/[\s@/:]/.test(host) : HOST_NAME.test(host)
}
