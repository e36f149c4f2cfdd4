import type { Authority, Identity } from '../../support/certificates.ts'

/** Makes what a server shows, out of a CA of its own. */
export type IdentityMaker = (authority: Authority) => Promise<Identity>

/** What the four real servers have in common for whoever looks at them from outside. */
export type MailServer = {
  /** STARTTLS offered. */
  readonly plain: number
  /** TLS from the start. */
  readonly smtps: number
  readonly authority: Authority
  /** The CA's certificate, PEM. */
  readonly caFile: string
  stop(): Promise<void>
}
