import { EditorView } from '@codemirror/view'
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import type { Text } from '@codemirror/state'
import styles from './editor.module.css'
import { heldState } from './held-state.ts'

type EditorProps = {
  /** Null while no file is open in it. */
  readonly viewRef: RefObject<EditorView | null>
  readonly onEdit: (doc: Text) => void
}

/**
 * The editor, in a shadow tree: there it brings its styles as constructed sheets, where in the page itself it would
 * write a style element, which the policy forbids. Its state is held elsewhere, so that undo outlives a look at
 * another page.
 */
export function Editor({ viewRef, onEdit }: EditorProps) {
  const place = useRef<HTMLDivElement>(null)
  const report = useEffectEvent(onEdit)
  useEffect(() => {
    const element = place.current
    const state = heldState.get()
    if (element === null || state === null) return
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const view = new EditorView({
      state,
      root,
      parent: root,
      dispatchTransactions(transactions, own) {
        own.update(transactions)
        heldState.set(own.state)
        if (transactions.some(({ docChanged }) => docChanged)) report(own.state.doc)
      },
    })
    viewRef.current = view
    view.focus()
    return () => {
      viewRef.current = null
      view.destroy()
    }
  }, [viewRef])
  return <div ref={place} className={styles.editor} data-testid="msmtprc-editor" />
}
