import type { Answer } from '#engine/dns/answer.ts'
import { textOf } from '#engine/dns/record.ts'

/** The TXT records of a name that are of one kind. */
export type TxtFound =
  | { readonly kind: 'one'; readonly text: string }
  | { readonly kind: 'none'; readonly nxdomain: boolean }
  | { readonly kind: 'several'; readonly texts: readonly string[] }
  | { readonly kind: 'failed'; readonly detail: string }

/** @param belongs whether a text is a record of the kind that is looked for */
export function selectTxt(answer: Answer<'TXT'>, belongs: (text: string) => boolean): TxtFound {
  if (answer.kind === 'failed')
    return { kind: 'failed', detail: answer.detail === null ? answer.code : `${answer.code}: ${answer.detail}` }
  if (answer.kind !== 'found') return { kind: 'none', nxdomain: answer.kind === 'nxdomain' }
  const texts = answer.records.map(textOf).filter(belongs)
  const [only] = texts
  if (only === undefined) return { kind: 'none', nxdomain: false }
  return texts.length > 1 ? { kind: 'several', texts } : { kind: 'one', text: only }
}
