import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { err, ok, type Result } from '#shared/result.ts'
import type { ChallengeFault, ChannelBinding, Exchange, Identity } from '#engine/sasl/mechanism.ts'
import { saslPrep } from '#engine/sasl/saslprep.ts'
import { reveal, type Secret } from '#engine/sasl/secret.ts'
import { saslName } from '#engine/sasl/simple.ts'

export type ScramHash = 'sha1' | 'sha256'

/**
 * What the client says about channel binding (RFC 5802 section 6): `used` makes it the -PLUS variant, `unseen` that we
 * could and the server did not offer it (so that it notices when somebody took the offer away), `none` that we cannot.
 */
export type Binding =
  { readonly kind: 'used'; readonly binding: ChannelBinding } | { readonly kind: 'unseen' } | { readonly kind: 'none' }

/**
 * A server may ask for any amount of work, and nothing else happens while it is done. RFC 7677 section 4 recommends at
 * least 4096 rounds; a million take a quarter of a second, and more would be an attack on us.
 */
const MOST_ROUNDS = 1_000_000

/** SCRAM (RFC 5802, RFC 7677): neither side sends the password, and the server proves that it knows it too. */
export function scramExchange(
  hash: ScramHash,
  { user }: Identity,
  secret: Secret,
  binding: Binding,
  nonce: string = randomBytes(18).toString('base64'),
): Exchange {
  const name = `SCRAM-SHA-${hash === 'sha1' ? '1' : '256'}${binding.kind === 'used' ? '-PLUS' : ''}`
  const header = gs2Header(binding)
  const firstBare = `n=${saslName(saslPrep(user))},r=${nonce}`
  let expected: Buffer | null = null
  let proved = false

  const answerFirst = (serverFirst: string): Result<Buffer, ChallengeFault> => {
    const fields = parseServerFirst(serverFirst, nonce)
    if (!fields.ok) return fields
    const { serverNonce, salt, rounds } = fields.value
    const cbind = Buffer.concat([Buffer.from(header), binding.kind === 'used' ? binding.binding.data : Buffer.alloc(0)])
    const withoutProof = `c=${cbind.toString('base64')},r=${serverNonce}`
    const authMessage = `${firstBare},${serverFirst},${withoutProof}`
    const salted = pbkdf2Sync(saslPrep(reveal(secret)), salt, rounds, hash === 'sha1' ? 20 : 32, hash)
    const clientKey = hmac(hash, salted, 'Client Key')
    const storedKey = createHash(hash).update(clientKey).digest()
    const signature = hmac(hash, storedKey, authMessage)
    const proof = Buffer.from(clientKey.map((octet, index) => octet ^ (signature[index] ?? 0)))
    expected = hmac(hash, hmac(hash, salted, 'Server Key'), authMessage)
    return ok(Buffer.from(`${withoutProof},p=${proof.toString('base64')}`))
  }

  const checkFinal = (serverFinal: string, wanted: Buffer): Result<Buffer, ChallengeFault> => {
    const error = /^e=([^,]*)/.exec(serverFinal)?.[1]
    if (error !== undefined) return err({ kind: 'unexpected', detail: error })
    const verifier = Buffer.from(/^v=([^,]*)/.exec(serverFinal)?.[1] ?? '', 'base64')
    if (verifier.length !== wanted.length || !timingSafeEqual(verifier, wanted)) {
      return err({ kind: 'server-not-proved', detail: 'the server’s signature is wrong' })
    }
    proved = true
    return ok(Buffer.alloc(0))
  }

  return {
    name,
    initial: Buffer.from(`${header}${firstBare}`),
    respond: challenge => {
      const text = challenge.toString('utf8')
      if (proved) return err({ kind: 'unexpected', detail: 'a challenge after the end' })
      return expected === null ? answerFirst(text) : checkFinal(text, expected)
    },
    complete: () => proved,
    // The salt and the rounds are the server's; with them and the masked answer nothing can be computed.
    describe: challenge => challenge.toString('utf8'),
  }
}

function gs2Header(binding: Binding): string {
  switch (binding.kind) {
    case 'used':
      return `p=${binding.binding.type},,`
    case 'unseen':
      return 'y,,'
    case 'none':
      return 'n,,'
  }
}

type ServerFirst = { readonly serverNonce: string; readonly salt: Buffer; readonly rounds: number }

function parseServerFirst(text: string, nonce: string): Result<ServerFirst, ChallengeFault> {
  const match = /^r=([^,]+),s=([A-Za-z0-9+/=]+),i=(\d{1,9})(?:,|$)/.exec(text)
  const [, serverNonce = '', salt = '', rounds = ''] = match ?? []
  if (!match) return err({ kind: 'unexpected', detail: 'not a SCRAM challenge' })
  // RFC 5802 section 5.1: the client checks that the nonce begins with its own; otherwise somebody replays.
  if (!serverNonce.startsWith(nonce) || serverNonce.length === nonce.length) {
    return err({ kind: 'server-not-proved', detail: 'the nonce is not ours' })
  }
  if (Number(rounds) < 1 || Number(rounds) > MOST_ROUNDS) {
    return err({ kind: 'unexpected', detail: `${rounds} rounds` })
  }
  return ok({ serverNonce, salt: Buffer.from(salt, 'base64'), rounds: Number(rounds) })
}

function hmac(hash: ScramHash, key: Buffer, text: string): Buffer {
  return createHmac(hash, key).update(text).digest()
}
