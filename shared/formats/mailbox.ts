import type { AccountSettings } from '#shared/account/account.ts'
import { parseAddress } from '#shared/account/address.ts'
import { textOf, type Value } from '#shared/formats/read.ts'

/** `"Name" <a@b>` as one header value, or the address alone. RFC 5322 section 3.2.4 for the quotes. */
export function mailbox({ from, fromName }: Pick<AccountSettings, 'from' | 'fromName'>): string | null {
  if (from === null || from === '') return null
  return fromName === null ? from : `"${fromName.replace(/["\\]/g, '\\$&')}" <${from}>`
}

/** `Name <a@b>` or `a@b` as sender address and name. */
export function senderOf(value: Value | undefined): { readonly from: string | null; readonly fromName: string | null } {
  const text = textOf(value)
  const parsed = text === null ? null : parseAddress(text)
  return parsed?.ok
    ? { from: parsed.value.address, fromName: parsed.value.displayName }
    : { from: text, fromName: null }
}
