import { brokenSpf } from '#shared/domain/broken-spf.ts'
import { isAll, termsOf } from '#shared/domain/edit-spf.ts'
import type { ForecastInput, ForecastLeg, Sure } from '#shared/domain/forecast.ts'
import type { SpfCost } from '#shared/domain/spf.ts'

type Told = { readonly passes: Sure; readonly why: string; readonly change: readonly string[] }

/** SPF speaks for the domain of MAIL FROM. */
export function spfLeg(input: ForecastInput): ForecastLeg {
  const { facts, from, path } = input
  const name = path.provider?.name ?? 'the provider'
  if (path.mailFrom.kind === 'provider') {
    const { domain } = path.mailFrom
    return {
      domain,
      passes: 'yes',
      aligned: 'no',
      carries: 'no',
      why: [`${name} puts ${domain} in MAIL FROM, so SPF passes for ${domain} and says nothing about ${from}.`],
      change: [`Set up a MAIL FROM domain below ${from} at ${name}: then SPF counts for ${from} too.`],
    }
  }
  const told = path.mailFrom.kind === 'unknown' ? UNKNOWN_PATH : tellSpf(input)
  const aligned = alignedWith(facts.domain, input, facts.dmarc.tags?.aspf ?? 'r')
  return {
    domain: facts.domain,
    passes: told.passes,
    aligned,
    carries: both(told.passes, aligned),
    why: [told.why, alignmentWords('SPF', facts.domain, from, aligned, facts.dmarc.tags?.aspf ?? 'r')],
    change: [
      ...told.change,
      ...(aligned === 'no' ? [`Send with an address of ${from} in MAIL FROM (the setting "from").`] : []),
    ],
  }
}

/** DKIM speaks for the domain that signs. */
export function dkimLeg(input: ForecastInput): ForecastLeg {
  const { facts, from, path, signing } = input
  const mode = facts.dmarc.tags?.adkim ?? 'r'
  if (signing !== null) {
    const told = tellKeys(input, `The mail is signed as ${signing}.`)
    const passes = signing === from ? told.passes : 'unknown'
    return legOf(signing, { ...told, passes }, alignedWith(signing, input, mode), input)
  }
  const name = path.provider?.name ?? 'the provider'
  switch (path.dkim.kind) {
    case 'yours':
      return legOf(from, { passes: 'yes', why: `${name} signs mail from its own addresses.`, change: [] }, 'yes', input)
    case 'when-set-up': {
      const told = tellKeys(input, `${name} signs for ${from} once that is set up there.`)
      if (told.passes === 'yes') return legOf(from, told, 'yes', input)
      if (told.passes === 'unknown') {
        const sure = `Make sure that DKIM is turned on for ${from} at ${name}: a message that you sent shows it.`
        return legOf(from, { ...told, change: [...told.change, sure] }, 'yes', input)
      }
      const meanwhile = path.dkim.domain
      const change = [`Turn DKIM on for ${from} at ${name}, and publish the records that it shows.`]
      if (meanwhile === null) return legOf(null, { ...told, passes: 'unknown', change }, 'no', input)
      const why = `${told.why} Until then ${name} signs as ${meanwhile}.`
      return legOf(meanwhile, { passes: 'yes', why, change }, 'no', input)
    }
    case 'self':
    case 'unknown': {
      const told = tellKeys(input, 'Whether the sending server signs, only a message shows.')
      if (told.passes === 'no') return legOf(null, told, 'no', input)
      // A key that is there is that of the From domain; without one, who signs and for whom is open.
      const seen = input.facts.dkim.some(({ state }) => state === 'ok' || state === 'weak')
      return seen ? legOf(from, told, 'yes', input) : legOf(null, told, 'unknown', input)
    }
  }
}

const UNKNOWN_PATH: Told = {
  passes: 'unknown',
  why: 'It is not known which domain stands in MAIL FROM when the mail arrives.',
  change: [],
}

function tellSpf({ facts, path }: ForecastInput): Told {
  const { domain, spf } = facts
  const { record, cost } = spf
  if (spf.state === 'unknown') return { passes: 'unknown', why: `Nobody answered about SPF of ${domain}.`, change: [] }
  if (spf.state !== 'one' || record === null || cost === null) {
    const why =
      spf.state === 'several' ? `${domain} has several SPF records, so none counts.` : `${domain} has no SPF record.`
    return { passes: 'no', why, change: [`Give ${domain} one SPF record that names its senders.`] }
  }
  if (spf.verdict !== null) {
    const { result, reason } = spf.verdict
    const passes = result === 'pass' ? 'yes' : result === 'temperror' ? 'unknown' : 'no'
    return {
      passes,
      why: `SPF says ${result}: ${reason}.`,
      change:
        passes !== 'no' ? [] : [result === 'permerror' ? 'Mend the SPF record.' : 'Let the record name this address.'],
    }
  }
  const broken = brokenSpf(cost)
  if (broken !== null)
    return {
      passes: 'no',
      why: `The record of ${domain} is an error for receivers: ${broken}.`,
      change: ['Mend the SPF record.'],
    }
  if (termsOf(record).every(isAll)) {
    const change = [`Name the senders of ${domain} in its SPF record.`]
    return /^v=spf1 +\+?all/i.test(record)
      ? { passes: 'yes', why: `The record of ${domain} allows everybody.`, change: [] }
      : { passes: 'no', why: `The record of ${domain} allows nobody to send.`, change }
  }
  if (path.include === null) {
    const why = 'Which addresses the mail comes from is not known: give the sending address to have it checked.'
    return { passes: 'unknown', why, change: [] }
  }
  const named = names(cost, path.include)
  const include = `include:${path.include}`
  return named
    ? { passes: 'yes', why: `The record of ${domain} has ${include}.`, change: [] }
    : {
        passes: 'no',
        why: `The record of ${domain} lacks ${include}.`,
        change: [`Add ${include} to the SPF record of ${domain}.`],
      }
}

function tellKeys({ facts, from, path, signing }: ForecastInput, known: string): Told {
  const wanted =
    path.selectors.length === 0 ? facts.dkim : facts.dkim.filter(key => path.selectors.includes(key.selector))
  const keys = wanted.length > 0 ? wanted : facts.dkim.filter(({ state }) => state !== 'missing')
  const usable = keys.find(({ state, bits }) => state === 'ok' || (state === 'weak' && (bits ?? 0) >= 1024))
  const change = [`Publish a DKIM key for ${from} and have the mail signed with it.`]
  if (usable !== undefined) {
    const there = `A key is published at ${usable.name}.`
    // A key of the provider's own selector stands there only because the domain was set up with it.
    const sure = signing !== null || path.selectors.includes(usable.selector) || usable.delegatedTo !== null
    return sure
      ? { passes: 'yes', why: there, change: [] }
      : { passes: 'unknown', why: `${there} ${known} Have a message checked to be sure.`, change: [] }
  }
  const unseen = keys.some(({ state }) => state === 'unknown')
  if (unseen) return { passes: 'unknown', why: `Nobody answered about the DKIM keys of ${from}.`, change: [] }
  const looked = path.selectors.length > 0 || path.dkim.kind === 'self' || facts.dkim.length > 0
  // Without the provider's selector an absent key may only have a name that was not tried.
  return looked
    ? { passes: 'no', why: `No usable DKIM key of ${from} was found. ${known}`, change }
    : {
        passes: 'unknown',
        why: `No DKIM key was found at the usual names. ${known}`,
        change: ['Name the selector to have its key looked at.'],
      }
}

function legOf(domain: string | null, told: Told, aligned: Sure, { facts, from }: ForecastInput): ForecastLeg {
  const words = domain === null ? [] : [alignmentWords('DKIM', domain, from, aligned, facts.dmarc.tags?.adkim ?? 'r')]
  const { passes, why, change } = told
  return { domain, passes, aligned, carries: both(passes, aligned), why: [why, ...words], change: [...change] }
}

/** RFC 9989 section 4.10.2: the same domain where strict, of the same organization where relaxed. */
function alignedWith(domain: string, { from, organizations }: ForecastInput, mode: 'r' | 's'): Sure {
  if (domain === from) return 'yes'
  if (mode === 's') return 'no'
  const [one, other] = [organizations[domain] ?? null, organizations[from] ?? null]
  if (one === null || other === null) return 'unknown'
  return one === other ? 'yes' : 'no'
}

function alignmentWords(leg: string, domain: string, from: string, aligned: Sure, mode: 'r' | 's'): string {
  if (domain === from) return `${domain} is the From domain itself, so ${leg} is aligned.`
  const way = mode === 's' ? 'alignment is strict' : 'alignment is relaxed'
  if (aligned === 'unknown') return `Whether ${domain} belongs to ${from} is not known.`
  return `${domain} ${aligned === 'yes' ? 'belongs' : 'does not belong'} to ${from} (${way}).`
}

function names(cost: SpfCost, include: string): boolean {
  const own = termsOf(cost.record ?? 'v=spf1').some(
    term => term.toLowerCase().replace(/^\+/, '') === `include:${include}`,
  )
  return own || cost.children.some(child => child.domain.toLowerCase() === include || names(child, include))
}

function both(one: Sure, other: Sure): Sure {
  if (one === 'no' || other === 'no') return 'no'
  return one === 'yes' && other === 'yes' ? 'yes' : 'unknown'
}
