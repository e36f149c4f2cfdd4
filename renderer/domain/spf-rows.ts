import { isAll, termsOf } from '#shared/domain/edit-spf.ts'
import type { SpfCost, SpfReport, SpfTrace } from '#shared/domain/spf.ts'

/** One term of the policy as the tree shows it. */
export type SpfRow = {
  /** Its place in the tree: terms may be equal. */
  readonly key: string
  readonly term: string
  /** With everything below it. */
  readonly lookups: number
  /** It finds nothing, which receivers count too. */
  readonly void: boolean
  /** Why it cannot be used; null where it can. */
  readonly fault: string | null
  /** For the sending address: true where it decided, false where it did not match, null where that was not reached or asked. */
  readonly matched: boolean | null
  /** What the check of the address says about it. */
  readonly detail: string | null
  /** The record that it leads to. */
  readonly record: string | null
  readonly children: readonly SpfRow[]
}

const ASKS = /^[+\-~?]?(?:a|mx|ptr|exists|include)(?:[:/]|$)|^redirect=/i
const LEADS = /^[+\-~?]?include:|^redirect=/i

/** What is published, term by term, with what the check of an address saw of it. */
export function spfRows({ cost, verdict, voidTerms }: SpfReport): readonly SpfRow[] {
  return cost === null ? [] : rowsOf(cost, verdict?.trace ?? [], voidTerms, '')
}

/** How many terms find nothing, as a receiver counts them at worst. */
export function voidCount({ voidTerms }: SpfReport): number {
  return voidTerms.length
}

function rowsOf(
  cost: SpfCost,
  trace: readonly SpfTrace[],
  voidTerms: SpfReport['voidTerms'],
  place: string,
): readonly SpfRow[] {
  const terms = termsOf(cost.record ?? '')
  const all = terms.findIndex(isAll)
  const children = [...cost.children]
  const nodes = [...trace]
  return terms.map((term, index) => {
    // Behind `all` nothing is reached, and nothing costs.
    const reached = all < 0 || index <= all
    const child = reached && LEADS.test(term) ? take(children, node => node.term === term) : null
    const seen = take(nodes, node => node.term === term)
    const key = `${place}/${index}`
    return {
      key,
      term,
      lookups: reached && ASKS.test(term) ? 1 + (child?.lookups ?? 0) : 0,
      void: voidTerms.some(one => one.term === term && one.domain === cost.domain),
      fault: faultOf(child),
      matched: seen?.matched ?? null,
      detail: seen?.detail ?? null,
      record: child?.record ?? null,
      children: child === null ? [] : rowsOf(child, seen?.children ?? [], voidTerms, key),
    }
  })
}

function faultOf(child: SpfCost | null): string | null {
  return child === null || child.fault === null ? null : (child.detail ?? child.fault)
}

/** Takes the first that fits out of the list: the same term may stand there twice. */
function take<T>(from: T[], fits: (one: T) => boolean): T | null {
  const at = from.findIndex(fits)
  return at < 0 ? null : (from.splice(at, 1)[0] ?? null)
}
