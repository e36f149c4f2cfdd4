import { createStore, useStore } from './store.ts'

type Announcement = { readonly text: string; readonly number: number }

const announcements = createStore<Announcement, string>((last, text) => ({ text, number: last.number + 1 }), {
  text: '',
  number: 0,
})

/** Says a line through the screen reader, after what it is saying now. */
export function announce(text: string): void {
  announcements.dispatch(text)
}

/** The one live region of the program. The key makes the same words count as new. */
export function Announcer() {
  const { text, number } = useStore(announcements)
  return (
    <div aria-live="polite" role="status" className="mw-unseen">
      <span key={number}>{text}</span>
    </div>
  )
}
