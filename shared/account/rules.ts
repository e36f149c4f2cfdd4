import type { AccountSettings } from '#shared/account/account.ts'
import { CONNECTION_RULES } from '#shared/account/rules/connection.ts'
import type { SettingsRemark } from '#shared/account/rules/rule.ts'
import { SENDER_RULES } from '#shared/account/rules/sender.ts'
import { SIGN_IN_RULES } from '#shared/account/rules/sign-in.ts'
import { TLS_RULES } from '#shared/account/rules/tls.ts'

const RULES = [...CONNECTION_RULES, ...TLS_RULES, ...SIGN_IN_RULES, ...SENDER_RULES]

/** Which settings contradict each other, errors first; empty when they fit. */
export function checkSettings(settings: AccountSettings): readonly SettingsRemark[] {
  const remarks = RULES.flatMap(rule => rule(settings) ?? [])
  return [...remarks.filter(isError), ...remarks.filter(remark => !isError(remark))]
}

function isError(remark: SettingsRemark): boolean {
  return remark.severity === 'error'
}
