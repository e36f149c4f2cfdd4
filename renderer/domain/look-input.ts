import type { DomainLookInput } from '#shared/contract/domain.ts'

/** What stands in the form. */
export type LookForm = {
  readonly domain: string
  readonly accountId: string
  readonly ip: string
  /** What the sending server says in EHLO. */
  readonly ehlo: string
  readonly from: string
  /** Between commas or blanks. */
  readonly selectors: string
  readonly signing: string
  readonly resolver: string
  readonly blocklists: boolean
  readonly probe: boolean
}

export const EMPTY_FORM: LookForm = {
  domain: '',
  accountId: '',
  ip: '',
  ehlo: '',
  from: '',
  selectors: '',
  signing: '',
  resolver: '',
  blocklists: false,
  probe: false,
}

/** The call for what was typed; null while there is no domain. */
export function inputOf(form: LookForm, authoritative: boolean): DomainLookInput | null {
  const domain = form.domain.trim()
  if (domain === '') return null
  const textOf = (text: string) => (text.trim() === '' ? null : text.trim())
  return {
    domain,
    accountId: textOf(form.accountId),
    ip: textOf(form.ip),
    ehlo: textOf(form.ehlo),
    from: textOf(form.from),
    selectors: form.selectors.split(/[\s,]+/).filter(Boolean),
    signing: textOf(form.signing),
    resolver: textOf(form.resolver),
    blocklists: form.blocklists,
    probe: form.probe,
    authoritative,
  }
}

/** How many of the folded settings are in use. */
export function settingsInUse(form: LookForm): number {
  const texts = [form.ip, form.ehlo, form.from, form.selectors, form.signing, form.resolver].filter(
    text => text.trim() !== '',
  )
  return texts.length + [form.blocklists, form.probe].filter(Boolean).length
}
