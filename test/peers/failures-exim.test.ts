import { afterAll, beforeAll, describe, test } from 'vitest'
import { startZoneServer, type ZoneServer } from '../support/zone-server.ts'
import { createBench, type Bench } from './failures/bench.ts'
import { EXIM_CASES, RULES } from './failures/exim-cases.ts'
import { expectDiagnosed, titleOf } from './failures/failure.ts'
import { peerUnpacked } from './support/caged.ts'
import { startExim } from './support/exim.ts'
import type { MailServer } from './support/mail-server.ts'
import { isRoot } from './support/peer.ts'

const ready = isRoot() && peerUnpacked('exim')

describe.skipIf(!ready)('failures that a real Exim makes', () => {
  let exim: MailServer
  let zone: ZoneServer
  let bench: Bench

  beforeAll(async () => {
    exim = await startExim('correct horse', authority => authority.issue(), RULES)
    zone = await startZoneServer({
      'lab.test': [['TXT', 'v=spf1 -all']],
      '_dmarc.lab.test': [['TXT', 'v=DMARC1; p=none']],
    })
    bench = await createBench()
  })
  afterAll(async () => {
    await bench.close()
    await zone.close()
    await exim.stop()
  })

  test.for(EXIM_CASES.map(each => [titleOf(each), each] as const))('%s', async ([, each]) => {
    const { account = {}, to, password = 'correct horse' } = each
    const meeting = { password, caFile: exim.caFile, resolver: `127.0.0.1:${zone.port}`, ...(to && { to }) }
    await expectDiagnosed(each, { port: exim.plain, security: 'starttls', ...account }, changed =>
      bench.diagnose(changed, meeting),
    )
  })
})
