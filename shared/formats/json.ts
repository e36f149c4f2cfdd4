import type { FormatFault } from '#shared/formats/format.ts'
import { fault, tooLong, type Value } from '#shared/formats/read.ts'
import { ok, type Result } from '#shared/result.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export function printJsonFile(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

export function parseJsonObject(text: string): Result<JsonObject, FormatFault> {
  if (tooLong(text)) return fault('this is too long for mail settings')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which may hold a password.
    return fault('this is not JSON')
  }
  return isObject(json) ? ok(json) : fault('this is JSON, but not an object')
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function member(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isObject(value) ? value : {}
}

export function valueOf(object: JsonObject, key: string): Value {
  const value = object[key]
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
