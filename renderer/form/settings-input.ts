import { AccountSettings } from '#shared/account/account.ts'
import { understandHost } from '#shared/account/host-input.ts'
import { FIELD_KINDS, TYPED_FIELDS, type TypedField } from './field-kind.ts'

/** The settings as they are typed: a port of "abc" must be shown, and told about, before it can be a number. */
export type SettingsInput = Readonly<Record<TypedField, string | boolean>>

/** A fault that stands beside its field. */
export type InputFault = { readonly field: TypedField; readonly message: string; readonly remedy: string | null }

export type ReadInput = {
  /** With the last usable value wherever a field cannot be read. */
  readonly settings: AccountSettings
  readonly faults: readonly InputFault[]
}

export function inputOf(settings: AccountSettings): SettingsInput {
  const entries = TYPED_FIELDS.map(field => [field, printField(settings, field)] as const)
  // One entry for each typed field.
  return Object.fromEntries(entries) as SettingsInput
}

/** Reads what was typed; `base` supplies what no form shows (provider and where the secret is). */
export function readInput(input: SettingsInput, base: AccountSettings): ReadInput {
  const faults: InputFault[] = []
  const values: Record<string, unknown> = { ...base }
  for (const field of TYPED_FIELDS) {
    const read = readField(field, input[field])
    if ('fault' in read) faults.push({ field, ...read.fault })
    else values[field] = read.value
  }
  const parsed = AccountSettings.safeParse(values)
  if (parsed.success) return { settings: parsed.data, faults }
  const refused = parsed.error.issues.flatMap(issue => {
    const field = TYPED_FIELDS.find(name => name === issue.path[0])
    return field ? [{ field, message: issueWords(issue.code), remedy: null }] : []
  })
  return { settings: base, faults: [...faults, ...refused] }
}

/** A host as it was typed or pasted, taken apart into the fields that it names. Null when it cannot be understood. */
export function absorbHost(
  input: SettingsInput,
  typed: string,
): { readonly input: SettingsInput; readonly password: string | null; readonly notes: readonly string[] } | null {
  const understood = understandHost(typed)
  if (!understood.ok) return null
  const { host, port, security, user, password, notes } = understood.value
  return {
    input: {
      ...input,
      host,
      ...(port !== null && { port: String(port) }),
      ...(security !== null && { security }),
      ...(user !== null && { user }),
    },
    password,
    notes,
  }
}

function printField(settings: AccountSettings, field: TypedField): string | boolean {
  const value = settings[field]
  if (typeof value === 'boolean') return value
  if (value === null) return ''
  return typeof value === 'object' ? `${value.host}:${value.port}` : String(value)
}

type FieldRead =
  { readonly value: unknown } | { readonly fault: { readonly message: string; readonly remedy: string | null } }

function readField(field: TypedField, typed: string | boolean): FieldRead {
  if (typeof typed === 'boolean') return { value: typed }
  const kind = FIELD_KINDS[field]
  const text = typed.trim()
  switch (kind.kind) {
    case 'number':
      return text === '' ? { value: null } : readNumber(text, kind.min, kind.max)
    case 'proxy':
      return text === '' ? { value: null } : readProxy(text)
    case 'host':
      return text === '' ? { value: '' } : readHost(text)
    case 'choice':
    case 'text':
    case 'switch':
      return { value: text === '' && field !== 'auth' ? null : text }
  }
}

function readNumber(text: string, min: number, max: number): FieldRead {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return { value }
  return { fault: { message: `A whole number from ${min} to ${max}.`, remedy: null } }
}

function readProxy(text: string): FieldRead {
  const understood = understandHost(text)
  if (!understood.ok) return { fault: understood.error }
  const { host, port } = understood.value
  // 1080 is the port that IANA registered for SOCKS.
  return { value: { host, port: port ?? 1080 } }
}

function readHost(text: string): FieldRead {
  const understood = understandHost(text)
  return understood.ok ? { value: understood.value.host } : { fault: understood.error }
}

function issueWords(code: string): string {
  return code === 'too_big' ? 'This is too long.' : 'This value cannot be used.'
}
