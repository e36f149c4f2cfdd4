import type { Evidence } from '#shared/account/preset.ts'

/** What a receiver asks for. `unseen` ones cannot be told from the DNS. */
export const RULES = {
  'spf-or-dkim': 'SPF or DKIM passes',
  spf: 'SPF passes',
  dkim: 'DKIM passes',
  dmarc: 'a DMARC record (p=none is enough)',
  aligned: 'SPF or DKIM passes for the From domain',
  ptr: 'the sending address has a name that leads back to it',
  tls: 'the connection is encrypted',
  unsubscribe: 'one-click unsubscribe in bulk mail (RFC 8058)',
  complaints: 'fewer than 0.3 % spam reports',
} as const
export type ReceiverRule = keyof typeof RULES

export type Receiver = {
  readonly id: string
  readonly name: string
  readonly everybody: readonly ReceiverRule[]
  /** For whoever sends about this many messages a day to it. */
  readonly bulk: { readonly perDay: number; readonly rules: readonly ReceiverRule[] }
  /** Since when, in words with a date. */
  readonly since: string
  readonly evidence: Evidence
  readonly url: string | null
}

/** The rules of the large receivers as of November 2026. */
export const RECEIVERS: readonly Receiver[] = [
  {
    id: 'gmail',
    name: 'Gmail',
    everybody: ['spf-or-dkim', 'ptr', 'tls'],
    bulk: { perDay: 5000, rules: ['spf', 'dkim', 'dmarc', 'aligned', 'ptr', 'tls', 'unsubscribe', 'complaints'] },
    since: 'rules since February 2024; mail that breaks them is deferred or rejected since November 2025',
    evidence: 'provider documentation',
    url: 'https://support.google.com/a/answer/81126',
  },
  {
    id: 'microsoft',
    name: 'Outlook.com, Hotmail',
    everybody: [],
    bulk: { perDay: 5000, rules: ['spf', 'dkim', 'dmarc', 'aligned'] },
    since: 'enforced since 2025-05-05 with "550 5.7.515"; SPF and DKIM must both pass',
    evidence: 'provider documentation',
    url: null,
  },
  {
    id: 'yahoo',
    name: 'Yahoo, AOL',
    everybody: ['spf-or-dkim', 'ptr'],
    bulk: { perDay: 5000, rules: ['spf', 'dkim', 'dmarc', 'aligned', 'ptr', 'unsubscribe', 'complaints'] },
    since: 'rules of the same kind as Gmail’s since 2024; the number is not published',
    evidence: 'general knowledge',
    url: null,
  },
]
