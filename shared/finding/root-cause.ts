import type { FindingId } from '#shared/finding/catalogue.ts'
import type { Judged } from '#shared/finding/judged.ts'

/** Findings that follow from others: the cause, and the beginnings of the ids that it explains. */
const EXPLAINS: readonly (readonly [cause: string, explained: readonly string[]])[] = [
  ['encrypt-certificate-', ['sign-in-certificate-not-trusted']],
  ['sign-in-needs-encryption', ['encrypt-not-used']],
  ['sign-in-starttls-required', ['encrypt-not-used', 'sign-in-plaintext']],
  ['deliver-starttls-required', ['encrypt-not-used']],
  ['encrypt-starttls-stripped', ['sign-in-', 'encrypt-not-used']],
  ['encrypt-helo-only', ['encrypt-starttls-not-offered', 'sign-in-not-offered']],
  ['domain-spf-', ['deliver-spf']],
  ['domain-dmarc-several', ['deliver-dmarc']],
  ['domain-ptr-', ['deliver-ptr-missing', 'connect-greeting-no-ptr']],
]

/** One cause explains others: those name it, and are shown folded under it. A warning never takes an error's place. */
export function findRootCauses(found: readonly Judged[]): readonly Judged[] {
  return found.map(each => ({ ...each, explainedBy: causeOf(each, found) }))
}

function causeOf(each: Judged, found: readonly Judged[]): FindingId | null {
  for (const [cause, explained] of EXPLAINS) {
    if (!explained.some(prefix => each.id.startsWith(prefix))) continue
    const root = found.find(other => other !== each && other.id.startsWith(cause))
    if (!root) continue
    // The error is what a person sees fail; a warning that belongs to it is folded under the error instead.
    if (root.severity === each.severity || root.severity === 'error') return root.id
  }
  for (const [cause, explained] of EXPLAINS) {
    if (each.severity === 'error' || !each.id.startsWith(cause)) continue
    const failed = found.find(
      other => other.severity === 'error' && explained.some(prefix => other.id.startsWith(prefix)),
    )
    if (failed) return failed.id
  }
  return null
}
