import { type Ip, nibblesOf, printIp } from '#engine/dns/ip.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import type { MacroValues } from '#engine/spf/expand.ts'
import type { SpfSender } from '#engine/spf/sender.ts'

/** RFC 7208 section 4.6.4. */
export const LOOKUP_LIMIT = 10
export const VOID_LIMIT = 2
/** MX and PTR names of one term. */
export const NAME_LIMIT = 10

/** What one `check_host` has cost until now: the one place where its limits are counted. */
export class SpfBudget {
  lookups = 0
  voidLookups = 0

  /** For each term that asks the DNS. False: that was one too many. */
  spendLookup(): boolean {
    this.lookups++
    return this.lookups <= LOOKUP_LIMIT
  }

  /** For each term whose questions found nothing; the RFC counts terms, however many questions one asked. */
  spendVoid(): boolean {
    this.voidLookups++
    return this.voidLookups <= VOID_LIMIT
  }
}

/** What stays the same through includes and redirects. */
export type Evaluation = {
  /** IPv4-mapped addresses as IPv4. */
  readonly ip: Ip
  readonly sender: SpfSender
  readonly helo: string
  readonly receiver: string
  readonly nowSeconds: number
  readonly lookup: Lookup
  readonly budget: SpfBudget
  /** The `%{p}` of a domain, found once. */
  readonly validated: Map<string, Promise<string>>
}

/** @param domain the domain of the record in which the macros stand @param p how to find `%{p}` */
export function macroValues(evaluation: Evaluation, domain: string, p: () => Promise<string>): MacroValues {
  const { ip, sender } = evaluation
  return {
    s: `${sender.localPart}@${sender.domain}`,
    l: sender.localPart,
    o: sender.domain,
    d: domain,
    i: ip.family === 4 ? printIp(ip) : nibblesOf(ip).join('.'),
    h: evaluation.helo,
    c: printIp(ip),
    r: evaluation.receiver,
    t: String(evaluation.nowSeconds),
    v: ip.family === 4 ? 'in-addr' : 'ip6',
    p,
  }
}

/** Text from macros is literal: a backslash in it is no escape of a zone file. */
export function asName(text: string): string {
  return text.replaceAll('\\', '\\\\')
}
