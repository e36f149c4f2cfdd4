import type { Scores, Setting } from '#shared/explain/scores.ts'
import { CONNECTION_RULES } from '#shared/explain/settle-connection.ts'
import { SESSION_RULES } from '#shared/explain/settle-session.ts'

/** Moves weight between classes whose texts are alike, by who said it, where, and with which settings. */
export function settle(scores: Scores, setting: Setting): Scores {
  const settled = new Map(scores)
  for (const rule of [...CONNECTION_RULES, ...SESSION_RULES]) rule(settled, setting)
  return settled
}
