import { isPrivate, parseIp } from '#engine/dns/ip.ts'
import { fieldsNamed, type SplitMessage, unfold } from '#engine/message/split-message.ts'

export type Sender = { readonly ip: string; readonly helo: string | null; readonly line: string }

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
