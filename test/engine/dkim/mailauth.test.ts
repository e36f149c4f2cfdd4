import { createPrivateKey } from 'node:crypto'
import { dkimVerify, type DNSResolver } from 'mailauth'
import { expect, test } from 'vitest'
import { createDkimKey } from '#engine/dkim/new-key.ts'
import { verifySignatures } from '#engine/dkim/verify.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import { splitMessage } from '#engine/message/split-message.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { signMessage } from '../../support/sign-message.ts'
import { withZone } from '../../support/with-zone.ts'

/** How a message can come to differ from what was signed. */
const CHANGES: readonly (readonly [what: string, change: (message: string) => string])[] = [
  ['whole', message => message],
  ['with another body', message => message.replace('\r\n\r\nHello', '\r\n\r\nHallo')],
  ['with another recipient', message => message.replace('bob@', 'eve@')],
  ['with blank lines at its end', message => `${message}\r\n\r\n`],
  ['with another field in front', message => `Received: from x\r\n${message}`],
  ['with blanks in a field', message => message.replace('subject:Hello', 'Subject:  Hello ')],
  ['with a second subject', message => message.replace('\r\n\r\nHello', '\r\nsubject:Other\r\n\r\nHello')],
]

const cases = (['rsa-2048', 'ed25519'] as const).flatMap(kind =>
  CHANGES.map(([what, change]) => ({ kind, what, change })),
)

test.for(cases)('ours and mailauth agree on a message signed with $kind, $what', async ({ kind, change }) => {
  const { privateKeyPem, record } = await createDkimKey(kind)
  const message = change(signMessage(createPrivateKey(privateKeyPem), 'a.test', 's1'))
  const { resolver } = await withZone({ 's1._domainkey.a.test': [['TXT', record]] })
  const lookup = lookupWith(resolver, new Deadline(5_000))
  const [ours] = await verifySignatures(splitMessage(Buffer.from(message)), lookup, new Date())
  const answers = () => Promise.resolve([[record]])
  // It asks for TXT records of one name only; its type wants every overload of `dns.promises.resolve`.
  const theirs = await dkimVerify(message, { resolver: answers as unknown as DNSResolver })
  const said = theirs.results[0]?.status.result
  // mailauth calls a changed body "neutral"; for the RFC it is a signature that fails (RFC 6376 section 6.1.3).
  expect(ours?.result).toBe(said === 'neutral' ? 'fail' : said)
})
