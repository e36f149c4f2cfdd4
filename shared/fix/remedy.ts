import type { AccountSettings } from '#shared/account/account.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import type { Judged } from '#shared/finding/judged.ts'
import type { ProviderPolicy } from '#shared/finding/provider.ts'
import type { Fix } from '#shared/fix/fix.ts'

/** What a remedy may look at. */
export type Patient = {
  readonly found: Judged
  readonly account: AccountSettings
  readonly provider: ProviderPolicy | null
  /** The port that is used. */
  readonly port: number
}

export type Remedy = (patient: Patient) => readonly Fix[]
export type Remedies = Readonly<Partial<Record<FindingId, Remedy>>>

/** The same remedy for several findings. */
export function sharedBy(ids: readonly FindingId[], remedy: Remedy): Remedies {
  return Object.fromEntries(ids.map(id => [id, remedy]))
}
