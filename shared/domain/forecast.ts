import { z } from 'zod'
import type { DmarcPolicy } from '#shared/domain/dmarc.ts'
import { dkimLeg, spfLeg } from '#shared/domain/forecast-legs.ts'
import { RECEIVERS, type ReceiverRule, RULES } from '#shared/domain/receivers.ts'
import type { DomainFacts } from '#shared/domain/report.ts'
import type { SenderPath } from '#shared/domain/sender-path.ts'

/*
 * Before a message is sent: will SPF and DKIM speak for its From domain, and so carry DMARC? Where the DNS alone cannot
 * tell, the answer is `unknown`, never a guess.
 */

export const Sure = z.enum(['yes', 'no', 'unknown'])
export type Sure = z.infer<typeof Sure>

/** One of the two ways in which a message can pass DMARC. */
export const ForecastLeg = z.object({
  /** The domain that it will speak for: of MAIL FROM, of the signature. */
  domain: z.string().nullable(),
  passes: Sure,
  aligned: Sure,
  /** Both: then DMARC passes through this leg. */
  carries: Sure,
  why: z.array(z.string()),
  /** What to change; empty where nothing needs to. */
  change: z.array(z.string()),
})
export type ForecastLeg = z.infer<typeof ForecastLeg>

/** `unseen`: not in the DNS. `provider`: up to whoever owns the addresses that the mail comes from. */
export const Met = z.enum(['yes', 'no', 'unknown', 'unseen', 'provider'])
export type Met = z.infer<typeof Met>

const RuleForecast = z.object({ text: z.string(), met: Met })
export const ReceiverForecast = z.object({
  id: z.string(),
  name: z.string(),
  everybody: z.array(RuleForecast),
  bulk: z.object({ perDay: z.int(), rules: z.array(RuleForecast) }),
  since: z.string(),
  evidence: z.string(),
  url: z.string().nullable(),
})
export type ReceiverForecast = z.infer<typeof ReceiverForecast>

export const Forecast = z.object({
  from: z.string(),
  provider: z.string().nullable(),
  spf: ForecastLeg,
  dkim: ForecastLeg,
  /** Whether a message passes DMARC. */
  passes: Sure,
  /** Which leg carries it. */
  by: z.array(z.enum(['spf', 'dkim'])),
  /** What receivers are asked to do with mail that fails; null: DMARC does not apply. */
  policy: z.enum(['none', 'quarantine', 'reject']).nullable(),
  summary: z.string(),
  /** Where what is said of the provider comes from. */
  source: z.object({ text: z.string(), evidence: z.string(), url: z.string().nullable() }).nullable(),
  receivers: z.array(ReceiverForecast),
})
export type Forecast = z.infer<typeof Forecast>

export type ForecastFacts = Pick<DomainFacts, 'domain' | 'spf' | 'dmarc' | 'dkim' | 'ptr'>

export type ForecastInput = {
  /** `domain` is that of MAIL FROM; DMARC and DKIM keys are those of `from`. */
  readonly facts: ForecastFacts
  /** The domain of the From address, normalized. */
  readonly from: string
  readonly path: SenderPath
  /** The `d=` of the signature, where it is known. */
  readonly signing: string | null
  /** The organizational domain of each domain in question (RFC 9989 section 4.10.2); absent or null where it is not known. */
  readonly organizations: Readonly<Record<string, string | null>>
}

export function forecastAlignment(input: ForecastInput): Forecast {
  const { facts, from, path } = input
  const [spf, dkim] = [spfLeg(input), dkimLeg(input)]
  const by = [
    ...(spf.carries === 'yes' ? (['spf'] as const) : []),
    ...(dkim.carries === 'yes' ? (['dkim'] as const) : []),
  ]
  const passes = either(spf.carries, dkim.carries)
  const applies = facts.dmarc.state === 'one' || (facts.dmarc.state === 'several' && facts.dmarc.tags !== null)
  const policy = applies ? facts.dmarc.policy : null
  const met = (rule: ReceiverRule) => ({ text: RULES[rule], met: judgeRule(rule, spf, dkim, passes, input) })
  return {
    from,
    provider: path.provider?.name ?? null,
    spf,
    dkim,
    passes,
    by,
    policy,
    summary: summaryOf(from, passes, { spf, dkim }, policy, facts),
    source: path.source,
    receivers: RECEIVERS.map(({ everybody, bulk, ...receiver }) => ({
      ...receiver,
      everybody: everybody.map(met),
      bulk: { perDay: bulk.perDay, rules: bulk.rules.map(met) },
    })),
  }
}

function summaryOf(
  from: string,
  passes: Sure,
  { spf, dkim }: { readonly spf: ForecastLeg; readonly dkim: ForecastLeg },
  policy: DmarcPolicy | null,
  { dmarc }: ForecastFacts,
): string {
  if (dmarc.state === 'unknown') return `Nobody answered about DMARC of ${from}, so nothing can be said.`
  const carried = carriedBy(spf.carries, dkim.carries)
  if (policy === null) {
    const otherwise = passes === 'yes' ? `with one, ${carried}` : 'as things are, it is not sure that mail would pass'
    return `${from} has no DMARC that applies, so receivers decide for themselves; ${otherwise}.`
  }
  if (passes === 'yes') return `Mail from ${from} will pass DMARC: ${carried}.`
  if (passes === 'unknown') return `Whether mail from ${from} passes DMARC cannot be told from the DNS alone.`
  return `Mail from ${from} will fail DMARC, ${CONSEQUENCE[policy]}.`
}

function carriedBy(spf: Sure, dkim: Sure): string {
  if (spf === 'yes' && dkim === 'yes') return 'SPF and DKIM both carry it'
  if (dkim === 'yes') return spf === 'no' ? 'DKIM alone carries it' : 'DKIM carries it'
  // A forwarder sends from its own address, which the record does not name.
  if (dkim === 'no') return 'SPF alone carries it, so forwarded mail will fail'
  return 'SPF carries it; whether DKIM does too is not known, and without it forwarded mail fails'
}

const CONSEQUENCE: Readonly<Record<DmarcPolicy, string>> = {
  none: 'and receivers are asked to do nothing about it but report',
  quarantine: 'and receivers are asked to put it with the spam',
  reject: 'and receivers are asked to refuse it',
}

function judgeRule(
  rule: ReceiverRule,
  spf: ForecastLeg,
  dkim: ForecastLeg,
  passes: Sure,
  { facts: { dmarc, ptr }, path }: ForecastInput,
): Met {
  switch (rule) {
    case 'spf-or-dkim':
      return either(spf.passes, dkim.passes)
    case 'spf':
      return spf.passes
    case 'dkim':
      return dkim.passes
    case 'dmarc':
      return dmarc.state === 'unknown' ? 'unknown' : dmarc.policy === null ? 'no' : 'yes'
    case 'aligned':
      return passes
    case 'ptr':
      // The addresses of a provider are named by the provider; of one's own server only its address tells.
      if (ptr === null) return path.provider !== null && path.dkim.kind !== 'self' ? 'provider' : 'unknown'
      return ptr.state === 'unknown' ? 'unknown' : ptr.confirmed ? 'yes' : 'no'
    case 'tls':
    case 'unsubscribe':
    case 'complaints':
      return 'unseen'
  }
}

function either(one: Sure, other: Sure): Sure {
  if (one === 'yes' || other === 'yes') return 'yes'
  return one === 'no' && other === 'no' ? 'no' : 'unknown'
}
