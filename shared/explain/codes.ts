import { HINT, LIKELY, MAYBE, SURE } from '#shared/explain/row.ts'
import type { Stage } from '#shared/explain/stage.ts'
import type { FailureClass } from '#shared/finding/classes.ts'

type Meaning = readonly [FailureClass, number]

/**
 * What enhanced status codes mean, without their first digit where both a temporary and a permanent form occur.
 * RFC 3463, 4954, 5248, 6710, 7372, 7504, 7505; those from 5.7.500 on and the likes of 5.2.252 are Exchange Online's own.
 */
const ENHANCED: Readonly<Record<string, Meaning>> = {
  '1.0': ['recipient-unknown', 0.2],
  '1.1': ['recipient-unknown', 0.75],
  '1.2': ['recipient-domain-not-found', MAYBE],
  '1.3': ['recipient-syntax', MAYBE],
  '1.6': ['recipient-unknown', MAYBE],
  '1.7': ['sender-syntax', MAYBE],
  '1.8': ['sender-domain-not-found', MAYBE],
  '1.10': ['recipient-unknown', 0.75],
  '1.20': ['policy-from-header', LIKELY],
  '1.90': ['rate-limited-or-quota', SURE],
  '2.1': ['recipient-unknown', 0.5],
  '2.2': ['recipient-mailbox-full', 0.75],
  '2.3': ['message-too-large', MAYBE],
  '2.121': ['rate-limited-or-quota', LIKELY],
  '2.122': ['rate-limited-or-quota', LIKELY],
  '2.252': ['sender-not-allowed-for-user', SURE],
  '3.0': ['server-temporary-error', 0.35],
  '3.1': ['server-temporary-error', 0.5],
  '3.2': ['server-temporary-error', 0.5],
  '3.4': ['message-too-large', 0.78],
  '3.5': ['server-temporary-error', 0.5],
  '4.1': ['connect-timeout-port-blocked', HINT],
  '4.2': ['server-shutting-down-or-idle-timeout', 0.6],
  '4.4': ['recipient-domain-not-found', 0.5],
  '4.5': ['server-temporary-error', 0.5],
  '4.6': ['mail-loop', LIKELY],
  '4.12': ['mail-loop', MAYBE],
  '4.14': ['mail-loop', LIKELY],
  '4.7': ['server-temporary-error', HINT],
  '4.300': ['server-temporary-error', MAYBE],
  '4.310': ['recipient-domain-not-found', SURE],
  '4.312': ['recipient-domain-not-found', LIKELY],
  '4.316': ['connect-refused', LIKELY],
  '4.317': ['starttls-advertised-but-broken', HINT],
  '5.2': ['client-config-invalid', 0.15],
  '5.3': ['rate-limited-or-quota', MAYBE],
  '6.0': ['content-malformed', 0.55],
  '6.1': ['content-malformed', MAYBE],
  '6.2': ['content-malformed', MAYBE],
  '6.3': ['content-malformed', MAYBE],
  '6.7': ['protocol-smtputf8-unsupported', LIKELY],
  '6.8': ['protocol-smtputf8-unsupported', LIKELY],
  '6.9': ['protocol-smtputf8-unsupported', LIKELY],
  '6.10': ['protocol-smtputf8-unsupported', MAYBE],
  '6.11': ['content-malformed', LIKELY],
  '7.3': ['auth-bad-credentials', 0.55],
  '7.4': ['auth-mechanism-unsupported', MAYBE],
  '7.8': ['auth-bad-credentials', 0.7],
  '7.9': ['auth-app-password-needed', 0.5],
  '7.11': ['auth-plaintext-over-insecure-refused', MAYBE],
  '7.12': ['auth-required', HINT],
  '7.13': ['auth-account-locked-or-blocked', MAYBE],
  '7.14': ['auth-account-locked-or-blocked', MAYBE],
  '7.20': ['policy-dkim-fail', MAYBE],
  '7.21': ['policy-dkim-fail', MAYBE],
  '7.22': ['policy-dkim-fail', MAYBE],
  '7.23': ['policy-spf-fail', MAYBE],
  '7.24': ['policy-spf-fail', LIKELY],
  '7.25': ['policy-ptr-missing', LIKELY],
  '7.26': ['policy-dmarc-fail', 0.5],
  '7.27': ['policy-spf-fail', MAYBE],
  '7.28': ['rate-limited-or-quota', MAYBE],
  '7.29': ['policy-tls-required-by-recipient', MAYBE],
  '7.30': ['policy-dkim-fail', 0.5],
  '7.32': ['policy-dmarc-fail', LIKELY],
  '7.40': ['policy-dmarc-fail', HINT],
  '7.51': ['relay-denied', MAYBE],
  '7.54': ['relay-denied', LIKELY],
  '7.57': ['auth-required', SURE],
  '7.60': ['sender-not-allowed-for-user', SURE],
  '7.64': ['relay-denied', LIKELY],
  '7.66': ['tls-protocol-too-old', LIKELY],
  '7.67': ['sender-not-allowed-for-user', HINT],
  '7.68': ['relay-denied', HINT],
  '7.124': ['sender-not-allowed-for-user', MAYBE],
  '7.133': ['auth-required', LIKELY],
  '7.134': ['auth-required', LIKELY],
  '7.135': ['auth-required', LIKELY],
  '7.136': ['auth-required', LIKELY],
  '7.139': ['auth-basic-disabled-by-tenant', 0.75],
  '7.232': ['rate-limited-or-quota', LIKELY],
  '7.233': ['rate-limited-or-quota', LIKELY],
  '7.236': ['rate-limited-or-quota', LIKELY],
  '7.321': ['starttls-not-offered', LIKELY],
  '7.322': ['tls-cert-expired', LIKELY],
  '7.325': ['tls-cert-name-mismatch', LIKELY],
  '7.504': ['recipient-unknown', MAYBE],
  '7.505': ['recipient-unknown', MAYBE],
  '7.506': ['helo-name-rejected', SURE],
  '7.507': ['policy-ip-blocklisted', LIKELY],
  '7.508': ['rate-limited-or-quota', SURE],
  '7.509': ['policy-dmarc-fail', SURE],
  '7.510': ['recipient-unknown', HINT],
  '7.511': ['policy-ip-blocklisted', SURE],
  '7.512': ['policy-from-header', SURE],
  '7.513': ['policy-ip-blocklisted', SURE],
  '7.515': ['policy-dmarc-fail', SURE],
  '7.708': ['policy-low-reputation', SURE],
  '7.709': ['policy-low-reputation', MAYBE],
  '7.712': ['policy-low-reputation', MAYBE],
  '7.750': ['sender-not-allowed-for-user', LIKELY],
}

/** Exchange Online's own codes come in blocks. */
const BLOCKS: readonly (readonly [from: number, to: number, ...Meaning])[] = [
  [323, 324, 'policy-tls-required-by-recipient', MAYBE],
  [501, 503, 'account-suspended-or-billing', LIKELY],
  [606, 649, 'policy-ip-blocklisted', SURE],
  [500, 500, 'policy-low-reputation', HINT],
  [650, 699, 'policy-low-reputation', LIKELY],
  [700, 705, 'account-suspended-or-billing', LIKELY],
  [707, 707, 'account-suspended-or-billing', LIKELY],
  [850, 899, 'policy-low-reputation', LIKELY],
]

export function meaningOfEnhanced(code: string): Meaning | null {
  // RFC 3463 section 2: class 2 is a success, which explains nothing.
  if (code.startsWith('2')) return null
  const detail = code.slice(2)
  const known = ENHANCED[detail]
  if (known) return known
  const number = /^7\.(\d{3})$/.exec(detail)?.[1]
  if (number === undefined) return null
  const block = BLOCKS.find(([from, to]) => Number(number) >= from && Number(number) <= to)
  return block ? [block[2], block[3]] : null
}

/** Reply codes that say something by themselves (RFC 5321 section 4.2.3, RFC 4954, RFC 5248, RFC 7504). */
const REPLIES: Readonly<Record<number, Meaning>> = {
  421: ['server-temporary-error', 0.3],
  432: ['auth-bad-credentials', HINT],
  450: ['server-temporary-error', 0.3],
  451: ['server-temporary-error', 0.3],
  452: ['server-temporary-error', 0.3],
  454: ['server-temporary-error', 0.25],
  504: ['auth-mechanism-unsupported', 0.2],
  521: ['policy-ip-blocklisted', 0.25],
  523: ['message-too-large', HINT],
  525: ['auth-account-locked-or-blocked', MAYBE],
  530: ['auth-required', 0.5],
  534: ['auth-app-password-needed', 0.5],
  535: ['auth-bad-credentials', MAYBE],
  538: ['auth-plaintext-over-insecure-refused', MAYBE],
  552: ['message-too-large', 0.4],
  553: ['sender-syntax', 0.2],
  554: ['policy-ip-blocklisted', 0.12],
  555: ['dsn-unsupported', 0.4],
  556: ['recipient-domain-not-found', MAYBE],
  571: ['policy-ip-blocklisted', HINT],
}

const AT: Readonly<Partial<Record<Stage, Readonly<Record<number, Meaning>>>>> = {
  greeting: {
    421: ['greeting-rejected-rate-limited', 0.5],
    450: ['server-temporary-error', HINT],
    521: ['greeting-rejected-ip-blocklisted', 0.5],
    550: ['greeting-rejected-ip-blocklisted', MAYBE],
    553: ['greeting-rejected-ip-blocklisted', MAYBE],
    554: ['greeting-rejected-ip-blocklisted', MAYBE],
  },
  connect: { 421: ['greeting-rejected-rate-limited', HINT], 554: ['greeting-rejected-ip-blocklisted', HINT] },
  ehlo: {
    421: ['greeting-rejected-rate-limited', 0.35],
    501: ['helo-name-rejected', LIKELY],
    504: ['helo-name-rejected', LIKELY],
    550: ['helo-name-rejected', MAYBE],
    553: ['helo-name-rejected', MAYBE],
    554: ['helo-name-rejected', HINT],
  },
  starttls: {
    454: ['starttls-advertised-but-broken', MAYBE],
    500: ['starttls-not-offered', MAYBE],
    502: ['starttls-not-offered', MAYBE],
    503: ['starttls-not-offered', HINT],
  },
  auth: {
    454: ['server-temporary-error', HINT],
    500: ['auth-not-offered', 0.5],
    502: ['auth-not-offered', MAYBE],
    503: ['auth-not-offered', MAYBE],
    504: ['auth-mechanism-unsupported', MAYBE],
    550: ['auth-bad-credentials', HINT],
    554: ['auth-bad-credentials', HINT],
  },
  mail: {
    501: ['sender-syntax', 0.5],
    503: ['auth-required', HINT],
    504: ['sender-syntax', HINT],
    550: ['sender-not-allowed-for-user', 0.3],
    552: ['message-too-large', 0.5],
    553: ['sender-syntax', HINT],
  },
  rcpt: {
    450: ['greylisted', 0.35],
    451: ['greylisted', 0.35],
    452: ['rate-limited-or-quota', 0.35],
    500: ['recipient-syntax', 0.3],
    501: ['recipient-syntax', 0.5],
    550: ['recipient-unknown', HINT],
    551: ['recipient-unknown', HINT],
    552: ['recipient-mailbox-full', HINT],
    553: ['recipient-syntax', 0.3],
    554: ['relay-denied', 0.25],
  },
  data: { 550: ['content-rejected-spam', 0.25], 554: ['content-rejected-spam', 0.3] },
}

export function meaningOfReply(code: number, stage: Stage | null): Meaning | null {
  return (stage && AT[stage]?.[code]) ?? REPLIES[code] ?? null
}

const CODES = /(?:^|[^\d.\w])(?:([245]\d\d)(?:[ -]|(?=$|[^\w.])))?(?:#?([245]\.\d{1,3}\.\d{1,3})(?![\d.\w]))?/g

/** Numbers behind this are a section of a document. */
const SECTION = /rfc[ -]?\d{3,4},? ?(?:section |sec\. ?|§ ?)?$/

export type FoundCode = {
  readonly reply: number | null
  readonly enhanced: string | null
  /** Where the codes begin and end. */
  readonly at: number
  readonly end: number
}

/** Reply and enhanced codes in a text, each with its place, at most 50. */
export function findCodes(text: string): readonly FoundCode[] {
  const found: FoundCode[] = []
  for (const match of text.matchAll(CODES)) {
    if (match[1] === undefined && match[2] === undefined) continue
    const at = text.indexOf(match[1] ?? match[2] ?? '', match.index)
    if (SECTION.test(text.slice(Math.max(0, at - 24), at))) continue
    const end = match.index + match[0].trimEnd().length
    found.push({ reply: match[1] === undefined ? null : Number(match[1]), enhanced: match[2] ?? null, at, end })
    if (found.length === 50) break
  }
  return found
}
