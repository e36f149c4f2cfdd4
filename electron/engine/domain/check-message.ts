import addressParser from 'nodemailer/lib/addressparser'
import { verifySignatures } from '#engine/dkim/verify.ts'
import { lookupAlignment } from '#engine/dmarc/alignment.ts'
import { lookupDmarc } from '#engine/dmarc/discover.ts'
import { parseIp } from '#engine/dns/ip.ts'
import { type Lookup, lookupWith } from '#engine/dns/lookup.ts'
import { normalizeName } from '#engine/dns/name.ts'
import type { Resolver } from '#engine/dns/resolver.ts'
import { escapeTexts } from '#engine/domain/escape-texts.ts'
import { newestSender } from '#engine/domain/received.ts'
import { domainOf } from '#engine/domain/domain-of.ts'
import { fieldsNamed, splitMessage, type SplitMessage, unfold } from '#engine/message/split-message.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { checkHost } from '#engine/spf/check-host.ts'
import type { MessageCheck } from '#shared/contract/domain.ts'
import type { Sure } from '#shared/domain/forecast.ts'

export type MessageQuestion = {
  readonly message: Buffer
  /** Who sent it and as whom, where the header does not tell. */
  readonly ip: string | null
  readonly mailFrom: string | null
  readonly resolver: Resolver
  readonly deadline: Deadline
  readonly now: Date
}

/**
 * What a receiver concludes from a message that somebody pasted: its DKIM signatures, SPF for the address that its newest
 * Received line names, and so DMARC. Asks the DNS and nobody else. Never rejects.
 */
export async function checkMessage(question: MessageQuestion): Promise<MessageCheck> {
  const lookup = lookupWith(question.resolver, question.deadline)
  const message = splitMessage(question.message)
  const from = authorOf(message)
  const fromDomain = from === null ? null : domainOf(from)
  const received = newestSender(message)
  const mailFrom = question.mailFrom ?? returnPath(message)
  const ip = question.ip ?? received?.ip ?? null
  const [verdict, signatures, dmarc] = await Promise.all([
    lookupVerdict(ip, mailFrom, received?.helo ?? null, lookup),
    verifySignatures(message, lookup, question.now),
    fromDomain === null ? null : lookupDmarc(fromDomain, lookup),
  ])
  const alignedWith = async (domain: string | null, mode: 'r' | 's'): Promise<Sure> => {
    if (fromDomain === null || domain === null) return 'unknown'
    const aligned = await lookupAlignment(fromDomain, domain, mode, lookup)
    return aligned === null ? 'unknown' : aligned ? 'yes' : 'no'
  }
  const dkim = await Promise.all(
    signatures.map(async one => ({ ...one, aligned: await alignedWith(one.domain, dmarc?.tags?.adkim ?? 'r') })),
  )
  const spf =
    verdict === null
      ? null
      : { verdict, aligned: await alignedWith(normalizeName(verdict.domain), dmarc?.tags?.aspf ?? 'r') }
  const bySpf = spf?.verdict.result === 'pass' && spf.aligned === 'yes'
  const byDkim = dkim.some(one => one.result === 'pass' && one.aligned === 'yes')
  const legs = [...(spf === null ? [] : [{ result: spf.verdict.result, aligned: spf.aligned }]), ...dkim]
  const open =
    spf === null ||
    legs.some(({ result, aligned }) =>
      result === 'pass' ? aligned === 'unknown' : result === 'temperror' && aligned !== 'no',
    )
  return escapeTexts({
    from,
    fromDomain,
    mailFrom,
    ip,
    ipFrom: question.ip === null ? (received?.line ?? null) : null,
    spf,
    dkim,
    dmarc,
    passes: bySpf || byDkim ? 'yes' : fromDomain === null || open ? 'unknown' : 'no',
    by: [...(bySpf ? (['spf'] as const) : []), ...(byDkim ? (['dkim'] as const) : [])],
    receiverSaid: fieldsNamed(message, 'authentication-results').map(unfold).slice(0, 5),
    notes: notesOn(message, from, ip, mailFrom),
  })
}

async function lookupVerdict(ip: string | null, mailFrom: string | null, helo: string | null, lookup: Lookup) {
  const address = ip === null ? null : parseIp(ip)
  if (address === null || mailFrom === null || (mailFrom === '' && helo === null)) return null
  return checkHost({ ip: address, mailFrom, helo: helo ?? mailFrom.slice(mailFrom.lastIndexOf('@') + 1) }, lookup)
}

/** DMARC looks at the one author; a message with several is for nobody to judge. */
function authorOf(message: SplitMessage): string | null {
  const fields = fieldsNamed(message, 'from')
  const [field] = fields
  if (field === undefined || fields.length > 1) return null
  const addresses = addressParser(Buffer.from(unfold(field), 'latin1').toString('utf8'), { flatten: true })
  const [only] = addresses
  return addresses.length === 1 && only?.address ? only.address : null
}

function returnPath(message: SplitMessage): string | null {
  const [field] = fieldsNamed(message, 'return-path')
  return field === undefined ? null : unfold(field).replace(/^<|>$/g, '')
}

function notesOn(message: SplitMessage, from: string | null, ip: string | null, mailFrom: string | null): string[] {
  const unsigned = fieldsNamed(message, 'dkim-signature').length === 0
  return [
    ...(message.fields.length < 3 ? ['This does not look like the whole source of a message, with its header.'] : []),
    ...(from === null ? ['There is not exactly one author in From, so DMARC cannot be applied.'] : []),
    ...(ip === null
      ? ['No Received line names a public address: give the address that sent it to have SPF checked.']
      : []),
    ...(ip !== null && mailFrom === null
      ? ['There is no Return-Path: give the MAIL FROM address to have SPF checked.']
      : []),
    ...(unsigned ? ['The message has no DKIM signature.'] : []),
  ]
}
