import { AccountSettings, type Security } from '#shared/account/account.ts'
import { understandHost } from '#shared/account/host-input.ts'
import {
  PASSWORD_PLACEHOLDER,
  TEXT_MAX_CHARACTERS,
  type FormatFault,
  type ReadAccount,
} from '#shared/formats/format.ts'
import { err, ok, type Result } from '#shared/result.ts'

export type Value = string | number | boolean | null

/** What a reader found; `undefined` and null mean "not there". */
export type Found = {
  readonly host?: Value | undefined
  readonly port?: Value | undefined
  readonly security: Security
  readonly user?: Value | undefined
  readonly password?: Value | undefined
  readonly more?: Readonly<Partial<Record<keyof AccountSettings, Value | undefined>>>
  readonly notes?: readonly string[]
}

/** Makes an account of what a reader found, or says what is missing. */
export function account(found: Found): Result<ReadAccount, FormatFault> {
  const typed = understandHost(textOf(found.host) ?? '')
  if (!typed.ok) return fault(`the mail server cannot be used: ${typed.error.message}`)
  const port = numberOf(found.port) ?? typed.value.port
  const user = textOf(found.user)
  const password = textOf(found.password)
  const settings = AccountSettings.safeParse({
    ...Object.fromEntries(Object.entries(found.more ?? {}).filter(([, value]) => value !== undefined && value !== '')),
    host: typed.value.host,
    port,
    security: found.security,
    user,
    ...(user === null ? { auth: 'none' } : {}),
    secret: { kind: user === null ? 'none' : 'prompt' },
  })
  if (!settings.success) {
    const issue = settings.error.issues[0]
    return fault(`${issue?.path.join('.') ?? 'settings'}: ${issue?.message ?? 'cannot be used'}`)
  }
  return ok({
    settings: settings.data,
    password: password === PASSWORD_PLACEHOLDER ? null : password,
    notes: [...typed.value.notes, ...(found.notes ?? [])],
  })
}

export function fault(message: string, line: number | null = null): Result<never, FormatFault> {
  return err({ message, line })
}

export function tooLong(text: string): boolean {
  return text.length > TEXT_MAX_CHARACTERS
}

export function textOf(value: Value | undefined): string | null {
  return value === undefined || value === null || value === '' ? null : String(value)
}

export function numberOf(value: Value | undefined): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : null
}

/** A time limit of the target; 0 and less mean "none" there. */
export function secondsOf(value: Value | undefined): number | null {
  const seconds = Number(textOf(value) ?? NaN)
  return Number.isInteger(seconds) && seconds > 0 ? seconds : null
}

/** `true`, `1`, `yes` and `on` in any case. */
export function flagOf(value: Value | undefined): boolean {
  return typeof value === 'boolean' ? value : /^(?:true|1|yes|on|enabled)$/i.test(String(value ?? ''))
}
