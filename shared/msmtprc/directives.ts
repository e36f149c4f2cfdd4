import { CONNECTION_DIRECTIVES } from '#shared/msmtprc/connection-directives.ts'
import type { Directive, SettingName } from '#shared/msmtprc/directive.ts'
import { MESSAGE_DIRECTIVES } from '#shared/msmtprc/message-directives.ts'
import { OBSOLETE_DIRECTIVES } from '#shared/msmtprc/obsolete.ts'

/** Every command of msmtp 1.8.23 to 1.8.33, the obsolete spellings last. Editor, checker and converters read it. */
export const DIRECTIVES: readonly Directive[] = [
  ...CONNECTION_DIRECTIVES,
  ...MESSAGE_DIRECTIVES,
  ...OBSOLETE_DIRECTIVES,
]

const BY_COMMAND: ReadonlyMap<string, Directive> = new Map(DIRECTIVES.map(directive => [directive.command, directive]))

/** The directive with exactly this name (case counts); null for an unknown command. */
export function findDirective(command: string): Directive | null {
  return BY_COMMAND.get(command) ?? null
}

/** The setting without any command, in the words of `--pretend`. */
export function fallbackOf(setting: SettingName): string | null {
  return FALLBACKS.get(setting) ?? null
}

const FALLBACKS: ReadonlyMap<SettingName, string | null> = new Map(
  [...DIRECTIVES]
    .reverse()
    .flatMap(directive => (directive.setting === null ? [] : [[directive.setting, directive.fallback]])),
)

/** Every setting once. */
export const SETTING_NAMES: readonly SettingName[] = [
  ...new Set(DIRECTIVES.flatMap(directive => (directive.setting === null ? [] : [directive.setting]))),
]
