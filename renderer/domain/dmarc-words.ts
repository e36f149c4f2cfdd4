import type { DmarcRecord, DmarcReport } from '#shared/domain/dmarc.ts'
import { capital } from '../form/words.ts'

export type TagRow = {
  readonly tag: string
  readonly value: string
  readonly meaning: string
  /** `default`: the tag is not there, this is what counts then. `old`: RFC 9989 took it away. */
  readonly state: 'set' | 'default' | 'old' | 'unknown' | 'faulty'
}

/** Each tag of the record in plain words (RFC 9989 section 4.7), those that count by default, and those that mean nothing. */
export function explainTags(record: DmarcRecord): readonly TagRow[] {
  const written = new Map(
    record.text.split(';').flatMap(part => {
      const at = part.indexOf('=')
      return at < 1 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()] as const]
    }),
  )
  const row = (tag: string, meaning: string, fallback: string): TagRow => {
    const value = written.get(tag)
    if (value === undefined) return { tag, value: fallback, meaning, state: 'default' }
    const faulty = record.faults.some(fault => fault.startsWith(`${tag}=`) || fault.startsWith(`${tag}:`))
    return {
      tag,
      value,
      meaning: faulty ? 'This value is not known, so the default counts.' : meaning,
      state: faulty ? 'faulty' : 'set',
    }
  }
  const optional = (tag: string, meaning: string) => (written.has(tag) ? [row(tag, meaning, '')] : [])
  return [
    row('p', policyWords('Mail that fails', record.p ?? 'none'), 'none'),
    row('sp', policyWords('Mail of subdomains that fails', record.sp ?? record.p ?? 'none'), 'as p'),
    row(
      'np',
      policyWords('Mail of subdomains that do not exist', record.np ?? record.sp ?? record.p ?? 'none'),
      'as sp',
    ),
    row('aspf', alignmentWords('SPF', record.aspf), 'r'),
    row('adkim', alignmentWords('DKIM', record.adkim), 'r'),
    row(
      'rua',
      record.rua.length === 0 ? 'Nobody gets the daily reports.' : 'Daily reports about all mail go here.',
      'none',
    ),
    ...optional('ruf', 'Reports about single messages go here; hardly anybody sends them.'),
    ...optional('fo', 'When a report about a single message is wanted.'),
    row(
      't',
      record.testing
        ? 'A test: receivers apply the policy one step milder.'
        : 'No test: the policy counts as it stands.',
      'n',
    ),
    row('psd', PSD[record.psd], 'u'),
    ...record.obsolete.map((text): TagRow => ({
      tag: text.slice(0, text.indexOf('=')),
      value: text.slice(text.indexOf('=') + 1),
      meaning: OBSOLETE[text.slice(0, text.indexOf('='))] ?? 'RFC 9989 took this tag away.',
      state: 'old',
    })),
    ...record.unknown.map((tag): TagRow => ({
      tag,
      value: written.get(tag) ?? '',
      meaning: 'Not a tag of DMARC: receivers pass it over.',
      state: 'unknown',
    })),
  ]
}

const PSD = {
  y: 'This is a public suffix: others register below it.',
  n: 'This is an organization of its own, whatever stands above it.',
  u: 'The organization is found by walking up the DNS.',
} as const

const OBSOLETE: Readonly<Record<string, string>> = {
  pct: 'Taken away by RFC 9989: a share of mail can no longer be named. “t=y” says that it is a test.',
  rf: 'Taken away by RFC 9989: there is one format of reports.',
  ri: 'Taken away by RFC 9989: reports come once a day.',
}

function policyWords(subject: string, policy: 'none' | 'quarantine' | 'reject'): string {
  const then = { none: 'is treated as before', quarantine: 'goes to the spam folder', reject: 'is refused' }[policy]
  return `${subject} ${then}.`
}

function alignmentWords(leg: string, mode: 'r' | 's'): string {
  return mode === 's'
    ? `${leg} counts only for exactly the From domain (strict).`
    : `${leg} counts for any domain of the same organization (relaxed).`
}

/** Which record applies, in a sentence. */
export function whereWords({ at, asked, organizationalDomain }: DmarcReport, domain: string): string {
  if (at === null) return `No record applies to ${domain}; asked at ${asked.join(', ')}.`
  const own = at === domain ? 'its own record' : `the record of ${at}`
  return `${capital(own)} applies. The organization is ${organizationalDomain ?? 'not known'}.`
}
