import { type Ip, unmapIp } from '#engine/dns/ip.ts'
import { evaluateDomain, type Outcome, withoutTerms } from '#engine/spf/evaluate.ts'
import type { Lookup } from '#engine/dns/lookup.ts'
import { type Evaluation, SpfBudget } from '#engine/spf/evaluation.ts'
import { lookupExplanation } from '#engine/spf/explain.ts'
import { isCheckable, senderOf } from '#engine/spf/sender.ts'
import type { SpfVerdict } from '#shared/domain/spf.ts'

export type SpfQuery = {
  /** The address of the SMTP client. */
  readonly ip: Ip
  /** MAIL FROM; `''` or `<>` for the null reverse-path. */
  readonly mailFrom: string
  /** The name in HELO or EHLO. */
  readonly helo: string
  /** The host that checks, for `%{r}`. */
  readonly receiver?: string
}

/**
 * `check_host` of RFC 7208 section 4, with the trace of every term. Never rejects as long as `lookup` does not; running
 * out of time shows as failed answers and so as `temperror`.
 */
export async function checkHost(query: SpfQuery, lookup: Lookup): Promise<SpfVerdict> {
  const sender = senderOf(query.mailFrom, query.helo)
  const evaluation: Evaluation = {
    ip: unmapIp(query.ip),
    sender,
    helo: query.helo,
    receiver: query.receiver ?? 'unknown',
    nowSeconds: Math.floor(Date.now() / 1000),
    lookup,
    budget: new SpfBudget(),
    validated: new Map<string, Promise<string>>(),
  }
  const outcome: Outcome = isCheckable(sender.domain)
    ? await evaluateDomain(evaluation, sender.domain)
    : withoutTerms('none', sender.domain, 'not a domain name with at least two parts', null)
  const { lookups, voidLookups } = evaluation.budget
  const explanation = outcome.result === 'fail' ? await lookupExplanation(evaluation, outcome) : null
  const { result, reason, record, trace } = outcome
  return { result, explanation, domain: sender.domain, record, lookups, voidLookups, reason, trace: [...trace] }
}
