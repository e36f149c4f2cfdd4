import { entryOf } from '#shared/finding/catalogue.ts'
import type { Finding } from '#shared/finding/finding.ts'
import { judge, type JudgeInput } from '#shared/finding/judge.ts'
import type { Judged } from '#shared/finding/judged.ts'
import { providerOf } from '#shared/finding/provider.ts'
import { fillWords } from '#shared/finding/words.ts'
import { fixesFor } from '#shared/fix/fixes-for.ts'

/** Findings with their words and fixes, in the order in which they were judged. */
export function present(found: readonly Judged[], { account, provider = providerOf(account) }: JudgeInput): Finding[] {
  return found.map(each => {
    const { title, why } = entryOf(each.id)
    return {
      id: each.id,
      class: each.class,
      severity: each.severity,
      step: each.step,
      title: fillWords(title, each.facts),
      explanation: fillWords(why, each.facts),
      evidence: [...each.evidence],
      confidence: each.confidence,
      explainedBy: each.explainedBy,
      fixes: [...fixesFor(each, account, provider)],
    }
  })
}

/** Everything that a run, or a saved report of one, has to say by today's rules: judged, worded, with fixes. */
export function judgeReport(run: JudgeInput): Finding[] {
  return present(judge(run), run)
}
