import type { ServerChecks } from '#shared/diagnosis/server-checks.ts'
import { checkInjection } from '#engine/smtp/check-injection.ts'
import { checkRelay, type Strangers } from '#engine/smtp/check-relay.ts'
import type { LookOptions, LookTarget } from '#engine/smtp/look.ts'

export type WantedChecks = {
  readonly injection: boolean
  /** Null: not asked for. */
  readonly relay: Strangers | null
}

/**
 * Tries whether the server itself is at risk, in the ways that are asked for: at the same time, each on a connection of
 * its own.
 *
 * @throws Problem `bad-input` for what is no address
 */
export async function checkServer(
  wanted: WantedChecks,
  target: LookTarget,
  options: LookOptions,
): Promise<ServerChecks> {
  const [injection, relay] = await Promise.all([
    wanted.injection ? checkInjection(target, options) : null,
    wanted.relay === null ? null : checkRelay(target, wanted.relay, options),
  ])
  return { injection, relay }
}
