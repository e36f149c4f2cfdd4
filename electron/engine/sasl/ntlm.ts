import { createHmac, randomBytes } from 'node:crypto'
import { err, ok, type Result } from '#shared/result.ts'
import { md4 } from '#engine/sasl/md4.ts'
import type { ChallengeFault, Exchange } from '#engine/sasl/mechanism.ts'
import { reveal, type Secret } from '#engine/sasl/secret.ts'

/*
 * NTLM version 2 (Microsoft's [MS-NLMP]). Version 1 is not spoken: what it sends can be turned back into the password's
 * hash within hours.
 */

const SIGNATURE = Buffer.from('NTLMSSP\0')

// [MS-NLMP] 2.2.2.5: Unicode, request target, NTLM, always sign, extended session security, target info, 128, 56.
const FLAGS = 0xa0888205 >>> 0

/** Seconds between 1601, where Windows file times begin, and 1970. */
const EPOCH_OFFSET_SECONDS = 11_644_473_600n

export type NtlmMoment = { readonly clientChallenge: Buffer; readonly now: Date }

export function ntlmExchange(
  who: { readonly user: string; readonly domain: string; readonly workstation: string },
  secret: Secret,
  moment: NtlmMoment = { clientChallenge: randomBytes(8), now: new Date() },
): Exchange {
  let answered = false
  return {
    name: 'NTLM',
    initial: negotiateMessage(),
    respond: challenge => {
      if (answered) return err({ kind: 'unexpected', detail: 'a second challenge' })
      const parsed = parseChallenge(challenge)
      if (!parsed.ok) return parsed
      answered = true
      const key = ntowfV2(reveal(secret), who.user, who.domain)
      const time = parsed.value.timestamp ?? fileTime(moment.now)
      const nt = ntResponse(key, parsed.value, time, moment.clientChallenge)
      const lm = lmResponse(key, parsed.value.serverChallenge, moment.clientChallenge)
      // [MS-NLMP] 3.1.5.1.2: with a timestamp from the server the LM response is 24 zeros.
      return ok(authenticateMessage(who, parsed.value.timestamp ? Buffer.alloc(24) : lm, nt))
    },
    complete: () => true,
    describe: () => null,
  }
}

/** [MS-NLMP] 3.3.2 NTOWFv2: the key that stands for the password. */
export function ntowfV2(password: string, user: string, domain: string): Buffer {
  return hmacMd5(md4(utf16(password)), utf16(user.toUpperCase() + domain))
}

/** [MS-NLMP] 3.3.2: the proof and the data that it is over. */
export function ntResponse(
  key: Buffer,
  challenge: Pick<Challenge, 'serverChallenge' | 'targetInfo'>,
  time: Buffer,
  clientChallenge: Buffer,
): Buffer {
  const temp = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    time,
    clientChallenge,
    Buffer.alloc(4),
    challenge.targetInfo,
    Buffer.alloc(4),
  ])
  return Buffer.concat([hmacMd5(key, Buffer.concat([challenge.serverChallenge, temp])), temp])
}

export function lmResponse(key: Buffer, serverChallenge: Buffer, clientChallenge: Buffer): Buffer {
  return Buffer.concat([hmacMd5(key, Buffer.concat([serverChallenge, clientChallenge])), clientChallenge])
}

type Challenge = {
  readonly serverChallenge: Buffer
  readonly targetInfo: Buffer
  /** MsvAvTimestamp of the target information, eight octets, where the server sends it. */
  readonly timestamp: Buffer | null
}

function negotiateMessage(): Buffer {
  const message = Buffer.alloc(32)
  SIGNATURE.copy(message)
  message.writeUInt32LE(1, 8)
  message.writeUInt32LE(FLAGS, 12)
  return message
}

function parseChallenge(message: Buffer): Result<Challenge, ChallengeFault> {
  const fault = err({ kind: 'unexpected', detail: 'not an NTLM challenge' } as const)
  if (message.length < 32 || !message.subarray(0, 8).equals(SIGNATURE) || message.readUInt32LE(8) !== 2) return fault
  const serverChallenge = Buffer.from(message.subarray(24, 32))
  if (message.length < 48) return ok({ serverChallenge, targetInfo: Buffer.alloc(0), timestamp: null })
  const length = message.readUInt16LE(40)
  const offset = message.readUInt32LE(44)
  if (offset + length > message.length) return fault
  const targetInfo = Buffer.from(message.subarray(offset, offset + length))
  return ok({ serverChallenge, targetInfo, timestamp: timestampOf(targetInfo) })
}

// [MS-NLMP] 2.2.2.1: pairs of identifier and length, each followed by its value; 7 is MsvAvTimestamp, 0 the end.
function timestampOf(targetInfo: Buffer): Buffer | null {
  for (let at = 0; at + 4 <= targetInfo.length;) {
    const id = targetInfo.readUInt16LE(at)
    const length = targetInfo.readUInt16LE(at + 2)
    if (id === 7 && length === 8 && at + 12 <= targetInfo.length) return targetInfo.subarray(at + 4, at + 12)
    if (id === 0) return null
    at += 4 + length
  }
  return null
}

function authenticateMessage(
  who: { readonly user: string; readonly domain: string; readonly workstation: string },
  lm: Buffer,
  nt: Buffer,
): Buffer {
  const header = Buffer.alloc(64)
  SIGNATURE.copy(header)
  header.writeUInt32LE(3, 8)
  const parts = [lm, nt, utf16(who.domain), utf16(who.user), utf16(who.workstation), Buffer.alloc(0)]
  let offset = header.length
  for (const [index, part] of parts.entries()) {
    const at = 12 + 8 * index
    header.writeUInt16LE(part.length, at)
    header.writeUInt16LE(part.length, at + 2)
    header.writeUInt32LE(offset, at + 4)
    offset += part.length
  }
  header.writeUInt32LE(FLAGS, 60)
  return Buffer.concat([header, ...parts])
}

/** Hundreds of nanoseconds since 1601, little-endian. */
function fileTime(now: Date): Buffer {
  const time = Buffer.alloc(8)
  time.writeBigUInt64LE((BigInt(now.getTime()) + EPOCH_OFFSET_SECONDS * 1000n) * 10_000n)
  return time
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le')
}

function hmacMd5(key: Buffer, data: Buffer): Buffer {
  return createHmac('md5', key).update(data).digest()
}
