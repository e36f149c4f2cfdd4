import type { RunSummary } from '#shared/contract/run.ts'
import type { Report } from '#shared/report/report.ts'

/** The newest run before this one that worked: of the same kind where there is one. History is newest first. */
export function lastWorkedBefore(history: readonly RunSummary[], run: Report): RunSummary | null {
  const worked = history.filter(({ verdict, startedAt }) => verdict === 'works' && startedAt < run.startedAt)
  return worked.find(({ purpose }) => purpose === run.purpose) ?? worked[0] ?? null
}

/** As far as encryption, for a run that went no further and signed nobody in: what it left out is no change. */
export function connectionPart(report: Report, alike: Report): Report {
  const { auth, user, secret, from } = alike.account
  const steps = report.steps.filter(({ id }) => id === 'resolve' || id === 'connect' || id === 'encrypt')
  return { ...report, account: { ...report.account, auth, user, secret, from }, steps }
}
