import type { AccountSettings } from '#shared/account/account.ts'
import type { FieldName } from '#shared/account/field.ts'

/** A setting's value in our words, for "before → after" and for lists. */
export function printSetting(name: FieldName, value: AccountSettings[FieldName] | undefined): string {
  if (value === null || value === undefined || value === '') return name === 'port' ? 'by encryption' : 'not set'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'object') return 'host' in value ? `${value.host}:${value.port}` : SECRETS[value.kind]
  if (name === 'security') return SECURITIES[String(value)] ?? String(value)
  if (name === 'ipFamily') return value === 'any' ? 'any' : `IPv${value} only`
  if (name === 'auth') return value === 'auto' ? 'automatic' : String(value).toUpperCase()
  return String(value)
}

const SECRETS = {
  none: 'none',
  prompt: 'asked for each time',
  keyring: 'in the key ring',
  command: 'from a command',
} as const

const SECURITIES: Readonly<Record<string, string>> = {
  none: 'none',
  starttls: 'STARTTLS (upgrade)',
  tls: 'TLS from the start',
}
