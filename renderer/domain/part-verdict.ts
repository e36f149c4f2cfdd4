import { LOOKUP_LIMIT } from '#shared/domain/edit-spf.ts'
import type { KnownParts } from '#shared/domain/judge-known.ts'
import type { DomainPartKind } from '#shared/domain/part.ts'
import type { Tone } from './state-mark.tsx'

export type PartVerdict = { readonly tone: Tone; readonly word: string }

export const PART_NAMES: Readonly<Record<DomainPartKind, string>> = {
  spf: 'SPF',
  dkim: 'DKIM',
  dmarc: 'DMARC',
  ptr: 'Reverse DNS',
  mx: 'MX',
  mtaSts: 'MTA-STS',
  tlsRpt: 'TLS-RPT',
  dane: 'DANE',
  bimi: 'BIMI',
  caa: 'CAA',
  blocklists: 'Blocklists',
  delegation: 'Name servers',
}

const is = (tone: Tone, word: string): PartVerdict => ({ tone, word })
const UNANSWERED = is('idle', 'No answer')
const NONE = is('idle', 'None')
const WAITING = is('wait', 'Waiting')

/** One word for each part; null where it has not come. */
export function verdictOfPart(kind: DomainPartKind, parts: KnownParts): PartVerdict {
  switch (kind) {
    case 'spf':
      return parts.spf ? spfVerdict(parts.spf) : WAITING
    case 'dmarc':
      return parts.dmarc ? dmarcVerdict(parts.dmarc) : WAITING
    case 'dkim':
      return parts.dkim ? dkimVerdict(parts.dkim) : WAITING
    case 'ptr': {
      if (!parts.ptr) return WAITING
      if (parts.ptr.state === 'unknown') return UNANSWERED
      if (parts.ptr.state === 'none') return is('bad', 'Missing')
      if (!parts.ptr.confirmed) return is('bad', 'Does not lead back')
      return parts.ptr.generic ? is('warn', 'Looks generic') : is('ok', 'Leads back')
    }
    case 'mx': {
      if (!parts.mx) return WAITING
      if (parts.mx.state === 'unknown') return UNANSWERED
      if (parts.mx.state === 'no-domain') return is('bad', 'No such domain')
      if (parts.mx.state === 'null-mx') return is('warn', 'Takes no mail')
      if (parts.mx.state === 'none') return is('warn', 'Missing')
      if (parts.mx.hosts.some(({ state }) => state === 'no-address')) return is('bad', 'Host without address')
      return parts.mx.hosts.some(({ state }) => state === 'alias') ? is('warn', 'Alias') : is('ok', 'Takes mail')
    }
    case 'mtaSts': {
      const seen = parts.mtaSts
      if (!seen) return WAITING
      if (seen.state === 'unknown') return UNANSWERED
      if (seen.state === 'none') return NONE
      if (seen.state !== 'ok') return is('warn', 'Does not work')
      if (seen.uncovered.length > 0) return is('bad', 'Leaves hosts out')
      return seen.mode === 'enforce' ? is('ok', 'Enforced') : is('warn', seen.mode === 'testing' ? 'Testing' : 'Off')
    }
    case 'tlsRpt':
    case 'bimi': {
      const seen = parts[kind]
      if (!seen) return WAITING
      if (seen.state === 'unknown') return UNANSWERED
      if (seen.state === 'none') return NONE
      return seen.state === 'ok' ? is('ok', 'Published') : is('warn', 'Does not count')
    }
    case 'dane': {
      if (!parts.dane) return WAITING
      if (parts.dane.length === 0) return parts.mx?.state === 'unknown' ? UNANSWERED : NONE
      if (parts.dane.some(({ certificate }) => certificate === 'mismatch')) return is('bad', 'Other certificate')
      if (parts.dane.some(({ state }) => state === 'unknown')) return UNANSWERED
      return parts.dane.every(({ state }) => state === 'ok') ? is('ok', 'Signed') : is('warn', 'Does nothing')
    }
    case 'caa':
      return !parts.caa
        ? WAITING
        : parts.caa.state === 'unknown'
          ? UNANSWERED
          : parts.caa.state === 'none'
            ? NONE
            : is('ok', 'Published')
    case 'blocklists': {
      if (!parts.blocklists) return WAITING
      if (parts.blocklists.some(({ state }) => state === 'listed')) return is('bad', 'Listed')
      return parts.blocklists.every(({ state }) => state === 'not-listed')
        ? is('ok', 'Not listed')
        : is('idle', 'Cannot tell')
    }
    case 'delegation': {
      if (!parts.delegation) return WAITING
      if (parts.delegation.servers.length === 0) return UNANSWERED
      return parts.delegation.servers.every(({ state }) => state === 'ok')
        ? is('ok', 'All answer')
        : is('bad', 'Some do not')
    }
  }
}

function spfVerdict({ state, cost, verdict, voidTerms }: NonNullable<KnownParts['spf']>): PartVerdict {
  if (state === 'unknown') return UNANSWERED
  if (state === 'none') return is('bad', 'Missing')
  if (state === 'several') return is('bad', 'Several records')
  if (cost?.fault != null) return is('bad', 'Has a mistake')
  if (cost !== null && (cost.lookups > LOOKUP_LIMIT || hasFault(cost))) return is('bad', 'Error for receivers')
  if (voidTerms.length > 2) return is('bad', 'Error for receivers')
  if (verdict === null) return is('ok', 'Published')
  if (verdict.result === 'pass') return is('ok', 'Passes')
  const soft = verdict.result === 'softfail' || verdict.result === 'neutral'
  return is(verdict.result === 'temperror' ? 'idle' : soft ? 'warn' : 'bad', `Says ${verdict.result}`)
}

function hasFault({ fault, children }: NonNullable<NonNullable<KnownParts['spf']>['cost']>): boolean {
  const dead = fault === 'missing' || fault === 'several' || fault === 'syntax' || fault === 'circular'
  return dead || children.some(hasFault)
}

function dmarcVerdict({ state, policy, tags }: NonNullable<KnownParts['dmarc']>): PartVerdict {
  if (state === 'unknown') return UNANSWERED
  if (state === 'none') return is('bad', 'Missing')
  if (state === 'several' && tags === null) return is('bad', 'Several records')
  if (policy === null) return is('bad', 'Does not apply')
  if (policy === 'none') return is('warn', 'Only watches')
  return is('ok', policy === 'reject' ? 'Rejects' : 'Quarantines')
}

function dkimVerdict(keys: NonNullable<KnownParts['dkim']>): PartVerdict {
  if (keys.length === 0) return is('idle', 'None seen')
  if (keys.every(({ state }) => state === 'unknown')) return UNANSWERED
  const bad = keys.some(({ state }) => state === 'missing' || state === 'malformed' || state === 'several')
  if (bad) return is('bad', 'Key cannot be used')
  if (keys.some(({ state }) => state === 'weak')) return is('warn', 'Short key')
  return keys.some(({ state }) => state === 'ok')
    ? is('ok', keys.length === 1 ? '1 key' : `${keys.length} keys`)
    : is('warn', 'Withdrawn')
}
