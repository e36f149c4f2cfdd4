import type { ReactNode } from 'react'
import styles from './page.module.css'

type PageProps = {
  readonly title: string
  /** What this page answers, in a sentence. */
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly wide?: boolean
  readonly children: ReactNode
}

/** The frame that every page stands in: its name, its sentence, its actions. */
export function Page({ title, lead, actions, wide = false, children }: PageProps) {
  return (
    <div className={styles.page} data-wide={wide || undefined}>
      <title>{`${title} · Mailwright`}</title>
      <header className={styles.header}>
        <div className={styles.words}>
          <h1 className={styles.title}>{title}</h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

type SectionProps = {
  readonly title: string
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, note, actions, children }: SectionProps) {
  return (
    <section className={styles.section}>
      <div className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{title}</h2>
        {actions}
      </div>
      {note !== undefined && <p className={styles.note}>{note}</p>}
      {children}
    </section>
  )
}
