import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { createAuthority, type Authority } from '../support/certificates.ts'
import { startZoneServer, type ZoneServer } from '../support/zone-server.ts'
import { createBench, type Bench } from './failures/bench.ts'
import { expectDiagnosed, titleOf } from './failures/failure.ts'
import { playProvider } from './failures/played-provider.ts'
import { PROVIDER_CASES } from './failures/provider-cases.ts'
import { startWeakDh, WEAK_DH_CASE } from './failures/weak-dh.ts'

describe('failures in the words of big providers, met under their names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mailwright-providers-'))
  const caFile = join(folder, 'ca.pem')
  let authority: Authority
  let zone: ZoneServer
  let bench: Bench

  beforeAll(async () => {
    authority = await createAuthority()
    writeFileSync(caFile, authority.pem)
    const hosts = PROVIDER_CASES.map(({ host }) => [host, [['A', '127.0.0.1']]] as const)
    zone = await startZoneServer({
      ...Object.fromEntries(hosts),
      'lab.test': [['TXT', 'v=spf1 -all']],
      '_dmarc.lab.test': [['TXT', 'v=DMARC1; p=reject']],
    })
    bench = await createBench()
  })
  afterAll(async () => {
    await bench.close()
    await zone.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test.for(PROVIDER_CASES.map(each => [titleOf(each), each] as const))('%s', async ([, each]) => {
    const { host, account = {}, meeting = {} } = each
    const server = await playProvider(each, await authority.issue({ names: [host] }))
    const resolver = `127.0.0.1:${zone.port}`
    try {
      await expectDiagnosed(each, { host, port: server.port, security: 'starttls', ...account }, changed =>
        bench.diagnose(changed, { password: 'correct horse', caFile, resolver, ...meeting }),
      )
    } finally {
      await server.stop()
    }
  })

  test(titleOf(WEAK_DH_CASE), async () => {
    const server = await startWeakDh(await authority.issue({ key: 'rsa' }))
    const settings = { port: server.port, security: 'tls' } as const
    await expectDiagnosed(WEAK_DH_CASE, settings, changed =>
      bench.diagnose(changed, { caFile, resolver: `127.0.0.1:${zone.port}` }),
    )
    server.stop()
  })
})
