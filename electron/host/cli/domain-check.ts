import { readFileSync } from 'node:fs'
import type { Gate } from '#engine/dns/gate.ts'
import { parseIp } from '#engine/dns/ip.ts'
import { createResolver } from '#engine/dns/resolver.ts'
import { parseServer } from '#engine/dns/server.ts'
import type { DomainCheck } from '#engine/domain/check.ts'
import { domainOf } from '#engine/domain/domain-of.ts'
import { lookupCaa } from '#engine/policy/caa.ts'
import type { DomainReport } from '#shared/domain/report.ts'
import { Problem } from '#shared/problem.ts'
import { caProblem, requirePem } from './ca-option.ts'
import type { OptionValues } from './command.ts'

/** The longest chain is MX, its addresses, TLSA and the policy file; a minute is what RFC 8461 section 3.3 gives that file alone. */
export const CHECK_MS = 60_000

/**
 * What the options say about every domain that is checked.
 *
 * @param gate of the resolver; one of its own unless given
 * @throws Problem
 */
export function checkOptions(options: OptionValues, gate?: Gate): Omit<DomainCheck, 'domain' | 'deadline'> {
  const ipText = typeof options['ip'] === 'string' ? options['ip'] : null
  const ip = ipText === null ? null : parseIp(ipText)
  if (ipText !== null && ip === null) {
    throw new Problem('bad-input', `"${ipText}" is not an IP address`, { field: '--ip' })
  }
  const from = typeof options['from'] === 'string' ? options['from'] : null
  if (from !== null && domainOf(from) === null) {
    throw new Problem('bad-input', `"${from}" is not a mail address`, { field: '--from' })
  }
  const ehlo = typeof options['ehlo'] === 'string' && options['ehlo'] !== '' ? options['ehlo'] : null
  const servers = typeof options['dns'] === 'string' ? [parseServer(options['dns'], '--dns')] : 'system'
  const { selector } = options
  const ca = typeof options['ca'] === 'string' ? readCa(options['ca']) : null
  const extraCas = ca === null ? [] : [ca]
  return {
    ip,
    ehlo,
    from,
    selectors: Array.isArray(selector) ? selector.filter(text => text !== '') : [],
    blocklists: options['blocklists'] === true,
    probe: options['probe'] === true ? { port: 25 } : null,
    resolver: createResolver({ servers, extraCas, ...(gate === undefined ? {} : { gate }) }),
    ...(ca === null ? {} : { fetchOptions: { ca } }),
    aside: async (lookup, domain) => ({
      caa: await lookupCaa(domain, lookup),
      delegation: null,
      invented: null,
      include: null,
    }),
  }
}

export type CheckFault = { readonly exit: number; readonly code: string; readonly message: string }

/** Null: something was learnt about an existing domain. */
export function faultOf({ domain, mx, spf, dmarc }: DomainReport): CheckFault | null {
  if (mx.state === 'no-domain') return { exit: 68, code: 'host-unknown', message: `${domain} does not exist` }
  const silent = mx.state === 'unknown' && spf.state === 'unknown' && dmarc.state === 'unknown'
  return silent ? { exit: 75, code: 'resolver-failed', message: 'the DNS gave no answer' } : null
}

/** @throws Problem `file-missing`, `io`, `bad-input` */
export function readCa(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'latin1')
  } catch (error) {
    throw caProblem(error, path)
  }
  return requirePem(text, path)
}
