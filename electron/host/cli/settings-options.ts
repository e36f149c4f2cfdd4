import { z } from 'zod'
import { AccountSettings, type AccountChange } from '#shared/account/account.ts'
import { FIELDS } from '#shared/account/field.ts'
import { shellWord } from '#shared/formats/dialect/shell.ts'
import { Problem } from '#shared/problem.ts'
import type { OptionSpec, OptionValues } from './command.ts'

type Field = keyof AccountSettings

// The secret has its own options, and the proxy is HOST:PORT.
const OWN_FORM: readonly Field[] = ['secret', 'proxy']

/** One option for each setting of an account: `--host-override NAME`, `--verify-certificate on|off` … */
export function settingsOptions(): Record<string, OptionSpec> {
  const options: Record<string, OptionSpec> = {
    proxy: { type: 'string', value: 'HOST:PORT', help: 'SOCKS5 proxy' },
  }
  for (const field of fields()) {
    const choices = choicesOf(field)
    options[optionName(field)] = {
      type: 'string',
      value: choices?.join('|') ?? (kindOf(field) === 'number' ? 'N' : 'TEXT'),
      help: FIELDS[field].label.toLowerCase(),
    }
  }
  return options
}

/** What the options say, as a change; an empty value clears a setting. Throws `Problem` bad-input naming the option. */
export function changeFrom(values: OptionValues): AccountChange {
  const change: Record<string, unknown> = {}
  for (const field of fields()) {
    const value = values[optionName(field)]
    if (typeof value === 'string') change[field] = readSetting(field, value)
  }
  const proxy = values['proxy']
  if (typeof proxy === 'string') change['proxy'] = proxy === '' ? null : readProxy(proxy)
  const checked = AccountSettings.partial().safeParse(change)
  if (!checked.success) {
    const issue = checked.error.issues[0]
    throw new Problem('bad-input', issue?.message ?? 'this value cannot be used', {
      field: `--${optionName(issue?.path[0] as Field)}`,
    }) // the keys of `change` are fields
  }
  return change
}

/** A change as the options that make it: `--port 465 --security tls`. */
export function printChange(change: AccountChange): string {
  return Object.entries(change)
    .filter(([field]) => field !== 'secret')
    .map(([field, value]) => `--${optionName(field as Field)} ${shellWord(printValue(value))}`) // keys of a change are fields
    .join(' ')
}

function printValue(value: AccountChange[Field]): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'object') return 'host' in value ? `${value.host}:${value.port}` : ''
  return String(value)
}

function readSetting(field: Field, value: string): string | number | boolean | null {
  if (value === '' && field !== 'host') return null
  const choices = choicesOf(field)
  if (choices && !choices.includes(value))
    throw new Problem('bad-input', `takes ${choices.join(', ')}; got ‘${value}’`, { field: `--${optionName(field)}` })
  if (kindOf(field) === 'boolean') return value === 'on'
  if (kindOf(field) !== 'number') return value
  if (!/^\d{1,6}$/.test(value))
    throw new Problem('bad-input', `takes a whole number; got ‘${value}’`, { field: `--${optionName(field)}` })
  return Number(value)
}

function readProxy(text: string): { host: string; port: number } {
  const match = /^(.+):(\d{1,5})$/.exec(text)
  if (!match) throw new Problem('bad-input', `takes HOST:PORT; got ‘${text}’`, { field: '--proxy' })
  return { host: (match[1] ?? '').replace(/^\[(.*)\]$/, '$1'), port: Number(match[2]) }
}

function fields(): Field[] {
  return (Object.keys(AccountSettings.shape) as Field[]).filter(field => !OWN_FORM.includes(field)) // a zod object's shape has its type's keys
}

function optionName(field: string): string {
  return field.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

function innermost(field: Field): z.ZodType {
  let type: z.ZodType = AccountSettings.shape[field]
  while (type instanceof z.ZodDefault || type instanceof z.ZodNullable) type = type.unwrap() as z.ZodType // zod's own wrappers hold zod types
  return type
}

function choicesOf(field: Field): readonly string[] | null {
  const type = innermost(field)
  if (type instanceof z.ZodBoolean) return ['on', 'off']
  return type instanceof z.ZodEnum ? type.options.map(String) : null
}

function kindOf(field: Field): 'boolean' | 'number' | 'text' {
  const type = innermost(field)
  if (type instanceof z.ZodBoolean) return 'boolean'
  return type instanceof z.ZodNumber ? 'number' : 'text'
}
