import { AccountSettings } from '#shared/account/account.ts'
import { portOf } from '#shared/account/port-of.ts'
import { FIELD_NAMES, FIELDS, type FieldName } from '#shared/account/field.ts'
import { FILL_IN, PASSWORD_PLACEHOLDER, type Written } from '#shared/formats/format.ts'

/** An account on its way into a format. */
export type Draft = {
  readonly settings: AccountSettings
  readonly port: number
  /** Null where nobody signs in. */
  readonly user: string | null
  /** The placeholder unless the secret was given; null where nobody signs in. */
  readonly password: string | null
  /** Adds to what is not carried over. */
  lose(what: string): void
  /** The value, or a placeholder with a note when the target cannot hold it. */
  keep(value: string, fits: boolean, what: string): string
}

/** Every format says where to connect and who signs in; where the secret lies and whose table it came from is ours. */
const ALWAYS: ReadonlySet<FieldName> = new Set([
  'provider',
  'secret',
  'host',
  'port',
  'security',
  'user',
  // Limits on what this program does; another program has its own.
  'allowPlaintextSignIn',
])

/** What msmtp does with a message that other programs compose themselves: nothing to carry. */
const OF_MSMTP: ReadonlySet<FieldName> = new Set([
  'allowFromOverride',
  'setFromHeader',
  'setDateHeader',
  'setMsgidHeader',
  'removeBccHeaders',
  'undisclosedRecipients',
  'aliases',
  'logFile',
  'logFileTimeFormat',
  'syslog',
])

const DEFAULTS = AccountSettings.parse({})

/** A writer that names by itself every setting which the format does not carry. */
export function writer(
  carries: readonly FieldName[],
  compose: (draft: Draft) => string,
): (settings: AccountSettings, password: string | null) => Written {
  return (settings, password) => {
    const lost = lostFields(settings, new Set(carries)).map(name => `${FIELDS[name].label} (${name})`)
    const signsIn = settings.user !== null && settings.auth !== 'none'
    const draft: Draft = {
      settings,
      port: portOf(settings),
      user: signsIn ? settings.user : null,
      password: signsIn ? (password ?? PASSWORD_PLACEHOLDER) : null,
      lose: what => lost.push(what),
      keep(value, fits, what) {
        if (fits) return value
        lost.push(`${what}: it holds characters that this format cannot carry, so fill it in by hand`)
        return value === draft.password ? PASSWORD_PLACEHOLDER : FILL_IN
      },
    }
    return { text: compose(draft), lost }
  }
}

function lostFields(settings: AccountSettings, carries: ReadonlySet<FieldName>): readonly FieldName[] {
  return FIELD_NAMES.filter(name => {
    if (ALWAYS.has(name) || OF_MSMTP.has(name) || carries.has(name)) return false
    if (name === 'auth') return settings.auth !== 'auto' && settings.auth !== 'none'
    return JSON.stringify(settings[name]) !== JSON.stringify(DEFAULTS[name])
  })
}
