import { convert, type Conversion } from '#shared/formats/convert.ts'
import { Problem } from '#shared/problem.ts'
import type { ProblemData } from '#shared/problem-data.ts'
import { createStore } from '../shell/store.ts'

/** What was chosen and typed on the page; it waits here while other pages are shown. */
export type ConversionInput = {
  /** A format, or `auto`. */
  readonly from: string
  readonly to: string
  readonly source: string
  /** Whether a password of the source is written too. */
  readonly withSecret: boolean
}

export const conversionInput = createStore<ConversionInput, Partial<ConversionInput>>(
  (input, change) => ({ ...input, ...change }),
  { from: 'auto', to: 'postfix', source: '', withSecret: false },
)

export type Converted =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'converted'; readonly conversion: Conversion }
  | { readonly kind: 'refused'; readonly problem: ProblemData }

/** The result, or why there is none. Nothing leaves the page. */
export function runConversion({ from, to, source, withSecret }: ConversionInput): Converted {
  if (source.trim() === '') return { kind: 'nothing' }
  try {
    return { kind: 'converted', conversion: convert(from, to, source, withSecret) }
  } catch (error) {
    if (error instanceof Problem) return { kind: 'refused', problem: error.data }
    throw error
  }
}
