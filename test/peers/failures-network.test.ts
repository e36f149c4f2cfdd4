import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { portOf } from '#shared/account/port-of.ts'
import { locateBlock } from '#shared/finding/locate.ts'
import { createAuthority, type Identity } from '../support/certificates.ts'
import { expectDiagnosed, titleOf } from './failures/failure.ts'
import type { Middlebox } from './failures/middlebox.ts'
import { NETWORK_CASES, type NetworkCase } from './failures/network-cases.ts'
import { createNetwork, SERVER, type Network } from './failures/network.ts'
import { ended, isRoot, peerInstalled } from './support/peer.ts'
import { namespacesWork } from './support/place.ts'

const ready = isRoot() && peerInstalled('ip', 'nft', 'postfix', 'dovecot', 'nsd') && namespacesWork()

const BOX_PORT = 9000

describe.skipIf(!ready)('failures of the network, as the command sees them from a machine behind it', () => {
  let network: Network
  let shield: Identity

  beforeAll(async () => {
    const authority = await createAuthority('O=Avast Web/Mail Shield,CN=Avast Web/Mail Shield Root')
    shield = await authority.issue({ names: ['mail.lab.test'] })
    network = await createNetwork('10.9.8.7 inside.lab.test\n', {
      listed: { settings: { smtpd_client_restrictions: 'reject_rbl_client listed.test' } },
      misread: { settings: { smtpd_client_restrictions: 'reject_rbl_client misread.test' } },
      named: { settings: { smtpd_client_restrictions: 'reject_unknown_client_hostname' } },
    })
  })
  // Where it could not be made there is nothing to take down.
  afterAll(() => (network as Network | undefined)?.stop())

  test.for(NETWORK_CASES.map(each => [titleOf(each), each] as const))('%s', async ([, each]) => {
    const settings: Partial<AccountSettings> = {
      host: 'mail.lab.test',
      port: each.service === undefined ? 587 : network.postfix.portOf(each.service),
      security: 'starttls',
      user: 'ada',
      ...each.account,
    }
    const mend = await spoil(each)
    try {
      // Both look at the same network at the same time: half the waiting for what never answers.
      await Promise.all([
        expectDiagnosed(each, settings, changed => network.diagnose(impatient(changed))),
        expectLocated(each, AccountSettings.parse(settings)),
      ])
    } finally {
      await mend()
    }
  })

  test('the command tries one change after the other, takes back what does not help, and says which one works', async () => {
    network.router.filter({ forward: ['tcp dport { 25, 587 } drop'] })
    const settings = { host: 'mail.lab.test', port: 25, security: 'starttls', user: 'ada', ehlo: null } as const
    const { tried, cure } = await network.diagnose(settings, ['--try-fixes'])
    expect({ tried, cure }).toMatchObject({
      tried: [{ id: 'use-465-tls', outcome: 'cured', helped: true }],
      cure: { port: 465, security: 'tls' },
    })
    network.router.filter({ forward: ['tcp dport { 25, 465 } drop'] })
    const other = await network.diagnose(settings, ['--try-fixes'])
    network.router.filter({})
    expect(other).toMatchObject({
      tried: [
        { id: 'use-465-tls', outcome: 'same' },
        { id: 'use-587-starttls', outcome: 'cured' },
      ],
      cure: { port: 587, security: 'starttls' },
    })
  })

  // Where nobody answers, three seconds show what two minutes would.
  const impatient = ({ timeoutSeconds = null, ...rest }: Partial<AccountSettings>): Partial<AccountSettings> => ({
    ...rest,
    timeoutSeconds: Math.min(timeoutSeconds ?? 2, 3),
  })

  async function expectLocated({ located, locate, environment }: NetworkCase, account: AccountSettings): Promise<void> {
    if (located === undefined) return
    const { host, security } = account
    const seen = await network.locate({ host, port: portOf(account), security, ...locate }, environment)
    const readings = locateBlock(seen)
    expect(readings[0]?.id, JSON.stringify({ readings, seen })).toBe(located)
    expect(readings.reduce((sum, { likelihood }) => sum + likelihood, 0)).toBeLessThanOrEqual(1.001)
  }

  /** Makes it go wrong; what it gives makes it right again. */
  async function spoil({ router = {}, between, routes = [], lacks = [] }: NetworkCase): Promise<() => Promise<void>> {
    const { client } = network
    const led = between === undefined ? [] : [`iif r0 ${between.match} redirect to :${BOX_PORT}`]
    const leave = between === undefined ? null : await standBetween(between.part, between.port)
    network.router.filter({ ...router, prerouting: led })
    client.configure(...routes.map(route => `route add ${route}`), ...lacks.map(route => `route del ${route}`))
    return async () => {
      client.configure(...routes.map(route => `route del ${route}`), ...lacks.map(route => `route add ${route}`))
      network.router.filter({})
      await leave?.()
    }
  }

  async function standBetween(part: Middlebox['part'], port: number): Promise<() => Promise<void>> {
    const middlebox: Middlebox = { part, port: BOX_PORT, upstream: { host: SERVER, port }, identity: shield }
    const script = join(import.meta.dirname, 'failures/middlebox.ts')
    const running = network.router.spawn(process.execPath, [script, JSON.stringify(middlebox)])
    await network.router.listening(BOX_PORT, running)
    return () => ended(running)
  }
})
