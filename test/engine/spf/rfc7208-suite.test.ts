import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseIp } from '#engine/dns/ip.ts'
import { createResolver, type Resolver } from '#engine/dns/resolver.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { checkHost } from '#engine/spf/check-host.ts'
import { startZoneServer, type Zone, type ZoneRecord, type ZoneServer } from '../../support/zone-server.ts'

/** The public suite is not part of the project: it is read where it lies beside it. */
const SUITE = new URL('../../../../shared/data/rfc7208-tests.json', import.meta.url)

type Case = {
  readonly helo: string
  readonly host: string
  readonly mailfrom: string
  readonly result: readonly string[]
  readonly explanation: string | null
}
type Scenario = {
  readonly description: string
  readonly tests: Readonly<Record<string, Case>>
  readonly zonedata: Readonly<Record<string, readonly (readonly [string, unknown])[]>>
}

/** `cut`: every answer over UDP says that it was truncated, so that TCP has to give it. */
const WAYS = ['udp', 'cut', 'tcp'] as const
type Way = (typeof WAYS)[number]

if (existsSync(SUITE)) {
  // The file's own shape, which the assertions below would show to be wrong.
  const { scenarios } = JSON.parse(readFileSync(SUITE, 'utf8')) as { scenarios: readonly Scenario[] }
  for (const scenario of scenarios) for (const way of WAYS) describeScenario(scenario, way)
} else {
  test.skip('the RFC 7208 suite is not beside the project (../shared/data/rfc7208-tests.json)', () => {})
}

function describeScenario(scenario: Scenario, way: Way): void {
  describe(`RFC 7208 suite over ${way}: ${scenario.description}`, () => {
    let server: ZoneServer
    let resolver: Resolver
    beforeAll(async () => {
      server = await startZoneServer(zoneOf(scenario), way === 'cut' ? { tamper: cutUdp } : {})
      const { host, port } = server
      resolver = createResolver({ servers: [{ host, port, transport: way === 'tcp' ? 'tcp' : 'udp' }] })
    })
    afterAll(async () => {
      await server.close()
      const used = new Set(server.questions.map(question => question.split(' ').at(-1) ?? ''))
      expect([...used].sort()).toEqual(way === 'cut' ? ['tcp', 'udp'] : [way])
    })
    for (const [name, wanted] of Object.entries(scenario.tests)) {
      test.concurrent(name, async () => {
        const ip = parseIp(wanted.host)
        if (!ip) throw new Error(`${wanted.host} is no address`)
        const deadline = new Deadline(15_000)
        const verdict = await checkHost({ ip, mailFrom: wanted.mailfrom, helo: wanted.helo }, (question, type) =>
          resolver.lookup(question, type, deadline),
        )
        expect(wanted.result, verdict.reason).toContain(verdict.result)
        if (wanted.explanation === 'DEFAULT') expect(verdict.explanation).toBe(null)
        else if (wanted.explanation !== null) expect(verdict.explanation).toBe(wanted.explanation)
      })
    }
  })
}

/** The suite writes SPF where it means "as SPF and, unless there is a TXT record too, as TXT". */
function zoneOf({ zonedata }: Scenario): Zone {
  return Object.fromEntries(
    Object.entries(zonedata).map(([name, records]) => {
      const hasTxt = records.some(([type]) => type === 'TXT')
      const twins = hasTxt ? [] : records.filter(([type]) => type === 'SPF').map(([, value]) => ['TXT', value])
      // Each pair of the file is one of the kinds that the zone server knows, or that server throws.
      return [name, [...records, ...twins] as unknown as readonly ZoneRecord[]]
    }),
  )
}

function cutUdp(reply: Buffer, transport: 'udp' | 'tcp'): Buffer {
  if (transport === 'tcp') return reply
  const cut = Buffer.from(reply)
  cut.writeUInt8(cut.readUInt8(2) | 0x02, 2)
  return cut
}
