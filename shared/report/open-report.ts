import { judgeReport } from '#shared/finding/present.ts'
import { Report } from '#shared/report/report.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** A report of a run with a hundred thousand lines has some 15 million characters. */
const LARGEST = 40_000_000

export type OpenedReport = {
  /** With the findings of today's rules. */
  readonly report: Report
  /** What it said when it was made, where that was something else. */
  readonly saidThen: readonly string[]
}

/** A saved report, judged again by the rules of this version. What is in it was written by somebody else: it is checked. */
export function openReport(text: string): Result<OpenedReport, string> {
  if (text.length > LARGEST) return err('the file is larger than any report')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err('the file is not JSON')
  }
  const parsed = Report.safeParse(value)
  if (!parsed.success) {
    const [first] = parsed.error.issues
    const place = first?.path.join('.') ?? ''
    return err(`the file is no report of this program${place === '' ? '' : `: ${place}`}`)
  }
  const saved = parsed.data
  const findings = judgeReport({ account: saved.account, steps: saved.steps })
  const now = new Set(findings.map(({ id }) => id))
  return ok({
    report: { ...saved, findings },
    saidThen: saved.findings.filter(({ id }) => !now.has(id)).map(({ title }) => title),
  })
}
