/**
 * MD4 (RFC 1320). Broken for every purpose but one: NTLM derives its key with it, and current OpenSSL builds leave it
 * out.
 */
export function md4(message: Buffer): Buffer {
  const padded = pad(message)
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476])
  for (let at = 0; at < padded.length; at += 64) {
    const words = Array.from({ length: 16 }, (_, index) => padded.readUInt32LE(at + 4 * index))
    const before = [...state]
    for (const { mix, add, shifts, order } of ROUNDS) {
      for (let step = 0; step < 16; step++) {
        const [a = 0, b = 0, c = 0, d = 0] = state
        const word = words[order[step] ?? 0] ?? 0
        const sum = (a + mix(b, c, d) + word + add) >>> 0
        const shift = shifts[step % 4] ?? 0
        // The four registers change places at each step: a takes d's, b the new value.
        state.set([d, (sum << shift) | (sum >>> (32 - shift)), b, c])
      }
    }
    before.forEach((value, index) => (state[index] = ((state[index] ?? 0) + value) >>> 0))
  }
  const digest = Buffer.alloc(16)
  state.forEach((value, index) => digest.writeUInt32LE(value, 4 * index))
  return digest
}

type Round = {
  readonly mix: (x: number, y: number, z: number) => number
  readonly add: number
  readonly shifts: readonly number[]
  readonly order: readonly number[]
}

// RFC 1320 section 3.4.
const ROUNDS: readonly Round[] = [
  {
    mix: (x, y, z) => (x & y) | (~x & z),
    add: 0,
    shifts: [3, 7, 11, 19],
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  },
  {
    mix: (x, y, z) => (x & y) | (x & z) | (y & z),
    add: 0x5a827999,
    shifts: [3, 5, 9, 13],
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  },
  {
    mix: (x, y, z) => x ^ y ^ z,
    add: 0x6ed9eba1,
    shifts: [3, 9, 11, 15],
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
  },
]

// RFC 1320 sections 3.1 and 3.2: a one bit, zeros, and the length in bits as 64-bit little-endian.
function pad(message: Buffer): Buffer {
  const zeros = (119 - (message.length % 64)) % 64
  const tail = Buffer.alloc(1 + zeros + 8)
  tail[0] = 0x80
  tail.writeBigUInt64LE(BigInt(message.length) * 8n, 1 + zeros)
  return Buffer.concat([message, tail])
}
