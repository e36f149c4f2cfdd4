import { parseIp } from '#engine/dns/ip.ts'
import { lookupWith } from '#engine/dns/lookup.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { checkHost } from '#engine/spf/check-host.ts'
import { withZone } from './with-zone.ts'
import type { Zone } from './zone-server.ts'

/** What is published, who connects, and as whom. */
export type Story = {
  readonly zone: Zone
  readonly ip?: string
  readonly mailFrom?: string
  readonly helo?: string
}

/** The verdict for `a.test` unless the story says otherwise, and the questions that it took. */
export async function checkSpf({ zone, ip = '192.0.2.1', mailFrom = 'ann@a.test', helo = 'mx.a.test' }: Story) {
  const { resolver, server } = await withZone(zone)
  const address = parseIp(ip)
  if (!address) throw new Error(ip)
  const verdict = await checkHost({ ip: address, mailFrom, helo }, lookupWith(resolver, new Deadline(3_000)))
  return { ...verdict, questions: server.questions }
}

/** A zone with this record at `a.test`. */
export const spfZone = (record: string, more: Zone = {}): Zone => ({ 'a.test': [['TXT', record]], ...more })
