import type { Account } from '#shared/account/account.ts'
import type { DomainLookInput } from '#shared/contract/domain.ts'
import { deliversItself, NO_PATH, type SenderPath, senderPathOf } from '#shared/domain/sender-path.ts'
import { Problem } from '#shared/problem.ts'
import { type Ip, parseIp, printIp } from '#engine/dns/ip.ts'
import { normalizeName } from '#engine/dns/name.ts'
import { domainOf } from '#engine/domain/domain-of.ts'

/** What a look is about, read from what a person typed and the account that they chose. */
export type Question = {
  /** Of MAIL FROM, normalized. */
  readonly domain: string
  /** The From address; null: only the domain is looked at. */
  readonly from: string | null
  readonly ip: string | null
  readonly address: Ip | null
  /** What the sending server says in EHLO. */
  readonly ehlo: string | null
  /** Those that were named. */
  readonly selectors: readonly string[]
  readonly path: SenderPath
  /** Normalized. */
  readonly signing: string | null
}

/** @throws Problem `bad-input` with the field */
export function readQuestion(input: DomainLookInput, account: Account | null): Question {
  const typed = input.domain.trim()
  const domain = nameOf(typed, 'domain')
  const from = input.from?.trim() || (typed.includes('@') ? typed : null)
  const fromDomain = from === null ? domain : nameOf(from, 'from')
  const address = input.ip === null ? null : parseIp(input.ip.trim())
  if (input.ip !== null && address === null) {
    throw new Problem('bad-input', `"${input.ip}" is not an IP address`, {
      field: 'ip',
      remedy: 'Give one as 192.0.2.10 or 2001:db8::1.',
    })
  }
  const selectors = input.selectors.map(text => text.trim()).filter(text => text !== '')
  const wrong = selectors.find(text => normalizeName(text) === null)
  if (wrong !== undefined) throw new Problem('bad-input', `"${wrong}" is not a selector`, { field: 'selectors' })
  return {
    domain,
    from,
    ip: address === null ? null : printIp(address),
    address,
    ehlo: input.ehlo?.trim() || (account !== null && deliversItself(account) ? account.ehlo : null),
    selectors,
    path: account === null ? NO_PATH : senderPathOf(account, fromDomain),
    signing: input.signing === null || input.signing.trim() === '' ? null : nameOf(input.signing, 'signing'),
  }
}

/** The domain of a name, an address, or of a web address that was pasted. */
function nameOf(text: string, field: string): string {
  const host = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/.*$/, '')
  const name = domainOf(host)
  // A blank or a control character is in no host name; the DNS itself would take it.
  if (name !== null && name !== '.' && /^[^\s\\]+$/.test(name)) return name
  throw new Problem('bad-input', `"${text.slice(0, 100)}" is not a domain name`, {
    field,
    remedy: 'Give a domain such as example.org, or a mail address.',
  })
}
