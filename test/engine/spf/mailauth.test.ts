import { spf } from 'mailauth'
import { expect, test } from 'vitest'
import { parseIp } from '#engine/dns/ip.ts'
import { checkHost } from '#engine/spf/check-host.ts'
import { generateSpfCases, SPF_HOSTS, type SpfCase } from '../../peers/support/spf-cases.ts'
import type { Zone } from '../../support/zone-server.ts'
import { zoneInMemory } from '../../support/zone-in-memory.ts'

const COUNT = 1_000
const cases = generateSpfCases(COUNT)
const zone = zoneInMemory(Object.assign({}, SPF_HOSTS, ...cases.map(one => one.zone)) as Zone)

test(`ours and mailauth agree on ${COUNT} generated records`, async () => {
  const results = await Promise.all(
    cases.map(async one => ({ record: one.record, ip: one.ip, ours: await ours(one), theirs: await theirs(one) })),
  )
  expect(results.filter(one => one.ours !== one.theirs)).toEqual([])
})

async function ours({ ip, mailFrom, helo }: SpfCase): Promise<string> {
  const address = parseIp(ip)
  if (!address) throw new Error(ip)
  return (await checkHost({ ip: address, mailFrom, helo }, zone.lookup)).result
}

/** Strictly after RFC 7208: it otherwise forgives what some receivers forgive, and says so in its documentation. */
async function theirs({ ip, mailFrom, helo }: SpfCase): Promise<string> {
  const options = { ip, sender: mailFrom, helo, mta: 'unknown', resolver: zone.resolve, strict: true }
  return (await spf(options)).status.result
}
