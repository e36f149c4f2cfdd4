import type { FieldName } from '#shared/account/field.ts'
import type { Format } from '#shared/formats/format.ts'
import { account, fault, tooLong, type Found, type Value } from '#shared/formats/read.ts'
import { writer, type Draft } from '#shared/formats/write.ts'

/** A setting of the target; null is left out. */
export type Pair = readonly [key: string, value: Value]

export type Values = ReadonlyMap<string, Value>

/** How a kind of file writes one setting, and how all of them are read back. */
export type Dialect = {
  /** Null when this dialect cannot hold the value. */
  readonly print: (key: string, value: Exclude<Value, null>) => string | null
  readonly parse: (text: string) => Values
}

export type PairFormat = Omit<Format, 'read' | 'write'> & {
  readonly dialect: Dialect
  readonly carries: readonly FieldName[]
  /** Lines before and after the settings. */
  readonly head?: readonly string[]
  readonly foot?: readonly string[]
  /** Settings that have to be there, else this is another kind of file. */
  readonly needs: string
  readonly pairs: (draft: Draft) => readonly Pair[]
  readonly found: (values: Values) => Found
}

/** A format whose text is a list of settings, one a line. */
export function pairFormat({
  dialect,
  carries,
  head = [],
  foot = [],
  needs,
  pairs,
  found,
  ...names
}: PairFormat): Format {
  return {
    ...names,
    write: writer(carries, draft => {
      const lines = pairs(draft).flatMap(([key, value]) => {
        if (value === null) return []
        const line = dialect.print(key, value)
        if (line !== null) return [line]
        const placeholder = draft.keep(String(value), false, key)
        return value === draft.password ? [dialect.print(key, placeholder) ?? ''] : []
      })
      return [...head, ...lines, ...foot, ''].join('\n')
    }),
    read(text) {
      if (tooLong(text)) return fault('this is too long for mail settings')
      const values = dialect.parse(text)
      return values.has(needs) ? account(found(values)) : fault(`${needs} is missing: this is not ${names.name}`)
    },
  }
}
