import { textOf } from '#engine/dns/record.ts'
import { asName, type Evaluation, macroValues } from '#engine/spf/evaluation.ts'
import { expandMacros, fitDomain } from '#engine/spf/expand.ts'
import type { Outcome } from '#engine/spf/evaluate.ts'
import { parseMacroString } from '#engine/spf/macro.ts'
import { lookupMacroP } from '#engine/spf/validated-names.ts'

/**
 * RFC 7208 section 6.2: the text of `exp=`. Whatever goes wrong (no record, several, not ASCII, bad macros), the result
 * stands and there is no explanation. It costs no lookups of the ten.
 */
export async function lookupExplanation(evaluation: Evaluation, outcome: Outcome): Promise<string | null> {
  if (outcome.exp === null) return null
  const { domain, modifier } = outcome.exp
  const values = macroValues(evaluation, domain, () => lookupMacroP(evaluation, domain))
  const target = fitDomain(await expandMacros(modifier.domain, values))
  const answer = await evaluation.lookup(asName(target), 'TXT')
  if (answer.kind !== 'found') return null
  const [record] = answer.records
  if (record === undefined || answer.records.length !== 1) return null
  const parsed = parseMacroString(textOf(record), 'explanation')
  return parsed.ok ? expandMacros(parsed.value, values) : null
}
