import { Gate } from '#engine/dns/gate.ts'
import { checkDomain } from '#engine/domain/check.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { printJson } from '#shared/escape.ts'
import type { OptionValues } from './command.ts'
import { CHECK_MS, checkOptions, faultOf } from './domain-check.ts'

/** One domain of a batch, looked at. */
export type Checked = {
  /** One JSON object. */
  readonly line: string
  readonly failed: boolean
  readonly findingIds: readonly string[]
}

/** Looks at one domain of a batch. @param domain normalized */
export type Checker = (domain: string) => Promise<Checked>

/**
 * A domain is begun when the questions of those before it have had their turn: begun all at once they would only fill the
 * memory with questions that wait.
 *
 * @param stopped ends all checks; what they say then is not to be used
 * @param atATime questions under way at a time; the resolver's own limit unless given
 * @throws Problem for options that make no sense
 */
export function createChecker(options: OptionValues, stopped?: AbortSignal, atATime?: number): Checker {
  const waiting: (() => void)[] = []
  const begin = () => {
    while (!gate.full) {
      const next = waiting.shift()
      if (next === undefined) return
      next()
    }
  }
  const gate = new Gate(atATime, begin)
  const check = checkOptions(options, gate)
  const deadlineNow = createDeadlines(stopped)

  async function run(domain: string): Promise<Checked> {
    const report = await checkDomain({ ...check, domain, deadline: deadlineNow() })
    const error = faultOf(report)
    return {
      line: printJson({ ...report, forecast: null, error }),
      failed: error !== null,
      findingIds: report.findings.map(({ id }) => id),
    }
  }

  return domain =>
    new Promise((resolve, reject) => {
      waiting.push(() => void run(domain).then(resolve, reject))
      begin()
    })
}

/** Domains that begin within the same second share a deadline: one timer for hundreds of them, not one for each. */
function createDeadlines(stopped: AbortSignal | undefined): () => Deadline {
  let current = { deadline: new Deadline(CHECK_MS, stopped), startedAt: performance.now() }
  return () => {
    const now = performance.now()
    if (now - current.startedAt > 1_000) current = { deadline: new Deadline(CHECK_MS, stopped), startedAt: now }
    return current.deadline
  }
}
