import type { Text } from '@codemirror/state'
import { useEffect, useState } from 'react'
import type { CheckedFile, CheckInput } from './check-file.ts'
import { checkAside } from './checker.ts'

/** The answer with the very document that was checked, so that nobody mistakes it for a later one. */
export type Checked = CheckedFile & { readonly doc: Text }

/**
 * What the checker says about a document; the last answer stays until the next one comes, null before the first.
 *
 * @param lineBreak what ends the lines of the file
 * @param input the same object for as long as nothing in it changes
 */
export function useCheckedFile(doc: Text | null, lineBreak: string, input: Omit<CheckInput, 'text'>): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null)
  useEffect(() => {
    if (doc === null) return
    const text = doc.sliceString(0, doc.length, lineBreak)
    return checkAside({ ...input, text }, answer => setChecked({ ...answer, doc }))
  }, [doc, lineBreak, input])
  return checked
}
