import { type Ip, inPrefix, parseIp } from '#engine/dns/ip.ts'
import { fieldsNamed, type SplitMessage, unfold } from '#engine/message/split-message.ts'

export type Sender = { readonly ip: string; readonly helo: string | null; readonly line: string }

/** Networks inside somebody's own walls: hops there say nothing about who sent the message. */
const PRIVATE: readonly (readonly [network: string, prefix: number])[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
]

/**
 * Who gave the message to the receiver: the address in the newest Received line that has a public one (RFC 5321 section
 * 4.4). Lines below it can be forged, so none of them is taken instead.
 */
export function newestSender(message: SplitMessage): Sender | null {
  for (const field of fieldsNamed(message, 'received')) {
    const line = unfold(field)
    const match = /^from\s+(\S+)/i.exec(line)
    const end = line.search(/\sby\s/i)
    const address = /\[(?:IPv6:)?([0-9a-f.:]{2,45})\]/i.exec(line.slice(0, end < 0 ? line.length : end))?.[1]
    const ip = address === undefined ? null : parseIp(address)
    if (address !== undefined && ip !== null && !isPrivate(ip)) return { ip: address, helo: match?.[1] ?? null, line }
  }
  return null
}

function isPrivate(ip: Ip): boolean {
  return PRIVATE.some(([network, prefix]) => {
    const parsed = parseIp(network)
    return parsed !== null && inPrefix(ip, parsed, prefix)
  })
}
