import { parseFingerprint } from '#shared/account/fingerprint.ts'
import type { ServerDane, StapledStatus, TlsFacts } from '#shared/diagnosis/tls-facts.ts'
import type { Severity } from '#shared/finding/finding.ts'
import { judged, type JudgeContext, type Judged } from '#shared/finding/judged.ts'

/** What stands beside a certificate: the stapled answer of its CA, what DNS says about it, how the account pins it. */
export function judgeAside(tls: TlsFacts, atMs: number, context: JudgeContext): readonly Judged[] {
  return [...judgeStaple(tls, atMs), ...judgeDane(tls.dane ?? null), ...judgePin(tls, context)]
}

/** What msmtp 1.8.23 with GnuTLS 3.7.9 was seen to do with each. */
const REFUSED = 'Programs with GnuTLS, msmtp among them, refuse the connection for that'
const PASSED_OVER = 'Programs pass it over, so that nothing is gained by it'

type Useless = { readonly what: string; readonly consequence: string; readonly severity: Severity }

const USELESS: Readonly<Partial<Record<StapledStatus['status'], Useless>>> = {
  unknown: {
    what: 'an answer in which the authority does not know the certificate',
    consequence: PASSED_OVER,
    severity: 'info',
  },
  'no-answer': { what: "an error of the authority's responder", consequence: PASSED_OVER, severity: 'info' },
  'other-certificate': { what: 'an answer about another certificate', consequence: REFUSED, severity: 'warning' },
  unreadable: { what: 'something that is no OCSP response', consequence: REFUSED, severity: 'warning' },
}

function judgeStaple({ ocsp, chain }: TlsFacts, atMs: number): readonly Judged[] {
  const [leaf] = chain
  if (!ocsp) {
    // Absent, and not null: nobody looked.
    if (ocsp === undefined || leaf?.mustStaple !== true) return []
    const facts = { subject: leaf.subject }
    return [judged('encrypt-staple-missing', { facts, evidence: ['must-staple in the certificate, no staple'] })]
  }
  const { status, thisUpdate, nextUpdate } = ocsp
  const useless = USELESS[status]
  const evidence = [`OCSP: ${status}${thisUpdate === null ? '' : `, ${thisUpdate} to ${nextUpdate ?? 'no end'}`}`]
  if (useless !== undefined) {
    const { what, consequence, severity } = useless
    return [judged('encrypt-staple-useless', { facts: { what, consequence }, evidence, severity })]
  }
  if (nextUpdate === null || !(Date.parse(nextUpdate) < atMs)) return []
  return [
    judged('encrypt-staple-stale', { facts: { nextUpdate: nextUpdate.slice(0, 16).replace('T', ' ') }, evidence }),
  ]
}

/** RFC 7672 section 2.2: only records that are signed count, and of those only the ones that SMTP uses. */
function judgeDane(dane: ServerDane | null): readonly Judged[] {
  if (dane === null) return []
  const { name, state, records, matches, wanted } = dane
  const facts = { name, records: records.join('; '), wanted: wanted ?? undefined }
  const evidence = [
    ...records.map(record => `${name} TLSA ${record}`),
    ...(wanted === null ? [] : [`the certificate would need: ${wanted}`]),
  ]
  switch (state) {
    case 'ok':
      return matches === false ? [judged('encrypt-dane-mismatch', { facts, evidence })] : []
    case 'unusable':
      return [judged('encrypt-dane-unusable', { facts, evidence })]
    case 'unsigned':
      return [judged('encrypt-dane-unsigned', { facts, evidence })]
    case 'none':
    case 'unknown':
      return []
  }
}

function judgePin(tls: TlsFacts, { account }: JudgeContext): readonly Judged[] {
  const pinned = account.fingerprint === null ? null : parseFingerprint(account.fingerprint)
  const [leaf] = tls.chain
  if (pinned?.ok !== true || pinned.value.hash === 'sha256' || !leaf || !tls.trusted) return []
  const facts = { hash: pinned.value.hash === 'sha1' ? 'SHA-1' : 'MD5', sha256: leaf.sha256 }
  return [judged('encrypt-pin-weak', { facts, evidence: [`pinned: ${account.fingerprint}`] })]
}
