import type { Explained } from '#shared/explain/explain.ts'
import { escapeControlLines } from '#shared/escape.ts'
import { CopyButton } from '../shell/copy-button.tsx'
import styles from './troubleshoot.module.css'

/** Longer excerpts are cut around the words that matter: nobody reads them, and the page stays quick. */
const MOST_SHOWN = 20_000

type Piece = { readonly text: string; readonly marked: boolean; readonly at: number }

/** The lines that were read, with the words that led to the verdict marked. Whatever stands in them is only text. */
export function Excerpt({ explained }: { readonly explained: Pick<Explained, 'excerpt' | 'marked'> }) {
  const { excerpt, marked } = explained
  return (
    <div className={styles.excerptBox}>
      <pre className={styles.excerpt} tabIndex={0} aria-label="The text that was read">
        {piecesOf(excerpt, marked).map(({ text, marked, at }) =>
          marked ? <mark key={at}>{escapeControlLines(text)}</mark> : <span key={at}>{escapeControlLines(text)}</span>,
        )}
      </pre>
      <CopyButton text={() => escapeControlLines(excerpt)} what="text" labelled />
    </div>
  )
}

export function piecesOf(excerpt: string, spans: Explained['marked']): readonly Piece[] {
  const begin = excerpt.length > MOST_SHOWN ? Math.max(0, (spans[0]?.start ?? 0) - MOST_SHOWN / 2) : 0
  const end = Math.min(excerpt.length, begin + MOST_SHOWN)
  const pieces: Piece[] = []
  let at = begin
  for (const span of spans) {
    const start = Math.max(at, span.start)
    const stop = Math.min(end, span.end)
    if (stop <= start) continue
    if (start > at) pieces.push({ text: excerpt.slice(at, start), marked: false, at })
    pieces.push({ text: excerpt.slice(start, stop), marked: true, at: start })
    at = stop
  }
  if (at < end) pieces.push({ text: excerpt.slice(at, end), marked: false, at })
  return pieces
}
