import type { ReactNode } from 'react'
import styles from './teach.module.css'

/** What a page does, where there is nothing on it yet. */
export function Teach({ children }: { readonly children: ReactNode }) {
  return <div className={styles.teach}>{children}</div>
}
