import type { AccountSettings } from '#shared/account/account.ts'
import { STEP_IDS } from '#shared/diagnosis/step-ids.ts'
import type { Step, StepId } from '#shared/diagnosis/step.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import { findRootCauses } from '#shared/finding/root-cause.ts'
import type { Severity } from '#shared/finding/finding.ts'
import { judged, type JudgeContext, type Judged } from '#shared/finding/judged.ts'
import { providerOf, type ProviderPolicy } from '#shared/finding/provider.ts'
import { judgeConnect } from '#shared/finding/rules/connect.ts'
import { judgeDeliver } from '#shared/finding/rules/deliver.ts'
import { judgeDomain } from '#shared/finding/rules/domain.ts'
import { judgeEncrypt } from '#shared/finding/rules/encrypt.ts'
import { judgeResolve } from '#shared/finding/rules/resolve.ts'
import { judgeSignIn } from '#shared/finding/rules/sign-in.ts'
import { assertNever } from '#shared/result.ts'

export type JudgeInput = {
  readonly account: AccountSettings
  readonly steps: readonly Step[]
  /** Absent: the one that the account or its host belongs to. */
  readonly provider?: ProviderPolicy | null
}

/**
 * What the evidence means: causes of their own first, then what they explain; errors before warnings;
 * in the order of the path. Pure, so an old report can be judged again by newer rules.
 */
export function judge({ account, steps, provider = providerOf(account) }: JudgeInput): readonly Judged[] {
  const context: JudgeContext = { account, steps, provider }
  return sortFindings(findRootCauses(steps.flatMap(step => judgeStep(step, context))))
}

function judgeStep(step: Step, context: JudgeContext): readonly Judged[] {
  if (step.state === 'skipped') return []
  // What a stop cut short proves nothing: a server that had no time to greet is not silent.
  if (step.state === 'cancelled' && step.because === 'stopped') {
    const first = context.steps.find(({ state }) => state === 'cancelled')
    return step === first ? [judgeCancelled(step, context)] : []
  }
  const found = step.evidence === null ? [] : judgeEvidence(step, context)
  if (step.state !== 'cancelled' || found.some(({ severity }) => severity === 'error')) return found
  return [...found, judgeCancelled(step, context)]
}

function judgeCancelled(step: Extract<Step, { state: 'cancelled' }>, { account }: JudgeContext): Judged {
  const facts = { host: account.host, port: account.port ?? undefined }
  if (step.because === 'stopped') {
    const after = step.ms === null ? 'before it began' : `after ${Math.round(step.ms)} ms`
    return judged(`${step.id}-stopped`, { facts, evidence: [`stopped ${after}`] })
  }
  // Connected, and then silence until the time was up.
  const silent = step.id === 'connect' && step.evidence?.kind === 'connected'
  const id: FindingId = silent ? 'connect-greeting-silent' : `${step.id}-out-of-time`
  const evidence = [step.ms === null ? 'no time was left' : `no answer within ${Math.round(step.ms)} ms`]
  return judged(id, { facts, evidence, confidence: 0.7 })
}

function judgeEvidence(step: Step, context: JudgeContext): readonly Judged[] {
  if (step.evidence === null) return []
  switch (step.id) {
    case 'resolve':
      return judgeResolve(step.evidence, context)
    case 'connect':
      return judgeConnect(step.evidence, context)
    case 'encrypt':
      return judgeEncrypt(step.evidence, context)
    case 'sign-in':
      return judgeSignIn(step.evidence, context)
    case 'deliver':
      return judgeDeliver(step.evidence, context)
    case 'domain':
      return judgeDomain(step.evidence, context)
    default:
      return assertNever(step)
  }
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info']
const ORDER: readonly StepId[] = STEP_IDS

function sortFindings(found: readonly Judged[]): readonly Judged[] {
  const rank = (each: Judged): readonly number[] => [
    SEVERITIES.indexOf(each.severity),
    each.explainedBy === null ? 0 : 1,
    ORDER.indexOf(each.step),
  ]
  return [...found].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)]
    const at = left.findIndex((value, index) => value !== right[index])
    return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0)
  })
}
