/** What a step saw, and whether the path goes on from it. */
export type StepOutcome<Evidence> = { readonly ok: boolean; readonly evidence: Evidence }
