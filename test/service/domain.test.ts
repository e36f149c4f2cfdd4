import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { DomainEvent, DomainLookInput, type DomainEvent as Event } from '#shared/contract/domain.ts'
import { printDkimRecord } from '#engine/dkim/new-key.ts'
import { createAuthority } from '../support/certificates.ts'
import { startDnsOverTls } from '../support/dns-over-tls.ts'
import { perfectZone } from '../support/domains.ts'
import { signMessage } from '../support/sign-message.ts'
import { startZoneServer, type Zone, type ZoneServerOptions } from '../support/zone-server.ts'
import { openServices } from './support/services.ts'
import { tempFolder } from './support/temp-home.ts'

/** Services whose every question goes to a zone on loopback. */
async function open(zone: Zone = perfectZone(), options: ZoneServerOptions = {}) {
  const server = await startZoneServer(zone, { authenticated: true, ...options })
  onTestFinished(() => server.close())
  const folder = tempFolder()
  const services = await openServices(folder)
  await services.client.settings.update({ resolver: `127.0.0.1:${server.port}` })
  return { services, client: services.client, home: services.home, server, folder }
}

const input = (more: object) => DomainLookInput.parse({ domain: 'perfect.test', ...more })

async function collect(stream: AsyncIterable<Event>): Promise<Event[]> {
  const events: Event[] = []
  for await (const event of stream) events.push(DomainEvent.parse(event))
  return events
}

function only<K extends Event['kind']>(events: readonly Event[], kind: K): Extract<Event, { kind: K }> {
  const found = events.filter(event => event.kind === kind)
  expect(found).toHaveLength(1)
  // Filtered by its kind.
  return found[0] as Extract<Event, { kind: K }>
}

describe('a look', () => {
  test('over TLS trusts the CA file of the settings, and a file that is not there is named', async () => {
    const { client, server, folder } = await open()
    const authority = await createAuthority()
    const over = await startDnsOverTls(server.port, await authority.issue({ names: ['127.0.0.1'] }))
    onTestFinished(() => over.close())
    const look = async () => collect(await client.domain.look(input({ resolver: `tls://127.0.0.1:${over.port}` })))
    expect(only(await look(), 'findings').findings).toMatchObject([{ id: 'domain-unknown' }])
    await client.settings.update({ resolverCaFile: join(folder, 'missing.pem') })
    await expect(look()).rejects.toMatchObject({ data: { code: 'file-missing', field: 'resolverCaFile' } })
    await writeFile(join(folder, 'ca.pem'), authority.pem)
    await client.settings.update({ resolverCaFile: join(folder, 'ca.pem') })
    expect(only(await look(), 'findings').findings.map(({ id }) => id)).not.toContain('domain-unknown')
  })

  test('through an account that delivers by itself compares what it says in EHLO', async () => {
    const { client } = await open()
    const settings = { host: 'mx.elsewhere.test', port: 25, auth: 'none', from: 'ann@perfect.test', ehlo: 'localhost' }
    const { account } = await client.accounts.create({ name: 'direct', settings: AccountSettings.parse(settings) })
    const look = async (more: object) =>
      only(
        await collect(await client.domain.look(input({ ip: '192.0.2.10', accountId: account.id, ...more }))),
        'findings',
      ).findings.map(({ id }) => id)
    expect(await look({})).toContain('domain-ehlo-not-a-name')
    expect(await look({ ehlo: 'mx1.perfect.test' })).not.toContain('domain-ehlo-not-a-name')
  })

  test('announces its parts, brings each of them once, and ends with findings, changes and a forecast', async () => {
    const { client } = await open()
    const events = await collect(await client.domain.look(input({ ip: '192.0.2.10', selectors: ['s1'] })))
    const { waitsFor } = only(events, 'started')
    const parts = events.flatMap(event => (event.kind === 'part' ? [event.part.kind] : []))
    expect(parts.toSorted()).toEqual(waitsFor.toSorted())
    expect(only(events, 'forecast').forecast).toMatchObject({ from: 'perfect.test', spf: { carries: 'yes' } })
    expect(only(events, 'changes').changes).toEqual([])
    expect(events.at(-1)).toMatchObject({ kind: 'ended', outOfTime: false })
  })

  test('takes a mail address for the domain and for From', async () => {
    const { client } = await open()
    const events = await collect(await client.domain.look(input({ domain: 'Ann@Perfect.Test' })))
    expect(only(events, 'started')).toMatchObject({ domain: 'perfect.test', from: 'Ann@Perfect.Test' })
  })

  test('through an account knows what its provider does', async () => {
    const { client } = await open({ ...perfectZone(), 'amazonses.com': [['TXT', 'v=spf1 ip4:199.255.192.0/22 -all']] })
    const settings = { provider: 'amazon-ses', host: 'email-smtp.eu-west-1.amazonaws.com', from: 'ann@perfect.test' }
    const view = await client.accounts.create({ name: 'ses', settings: AccountSettings.parse(settings) })
    const events = await collect(await client.domain.look(input({ accountId: view.account.id })))
    expect(only(events, 'forecast').forecast).toMatchObject({
      provider: 'Amazon SES',
      spf: { domain: 'amazonses.com', aligned: 'no' },
    })
  })

  test('that is left early asks nothing more and holds nothing open', async () => {
    const { client, server, services } = await open({}, { tamper: () => null })
    const stop = new AbortController()
    const stream = await client.domain.look(input({}), { signal: stop.signal })
    for await (const event of stream) if (event.kind === 'started') break
    stop.abort()
    await services.close()
    const asked = server.questions.length
    await new Promise(resolve => setImmediate(resolve))
    expect(server.questions.length).toBe(asked)
  })

  test('asks nobody but the resolver of the settings, and no blocklist unless wanted', async () => {
    const { client, server } = await open()
    await collect(await client.domain.look(input({ ip: '192.0.2.10' })))
    expect(server.questions.length).toBeGreaterThan(10)
    expect(server.questions.filter(question => /spamhaus|spamcop|surriel/.test(question))).toEqual([])
    await collect(await client.domain.look(input({ ip: '192.0.2.10', blocklists: true })))
    expect(server.questions.filter(question => /spamhaus|spamcop|surriel/.test(question))).not.toEqual([])
  })

  test.for([
    [{ domain: 'a..b' }, 'domain'],
    [{ domain: 'two words.test' }, 'domain'],
    [{ ip: '300.1.1.1' }, 'ip'],
    [{ from: 'nobody@' }, 'from'],
    [{ resolver: 'dns.test' }, 'resolver'],
    [{ accountId: 'nonesuch' }, null],
  ] as const)('of %o is refused with the field', async ([more, field]) => {
    const { client } = await open()
    const looking = (async () => collect(await client.domain.look(input(more))))()
    await expect(looking).rejects.toMatchObject(
      field === null ? { code: 'PROBLEM' } : { data: { code: 'bad-input', field } },
    )
  })
})

describe('a new DKIM key', () => {
  test.for(['rsa-2048', 'ed25519'] as const)(
    'of kind %s: the record is told, the private key is in a file of mode 0600',
    async kind => {
      const { client, home } = await open()
      const made = await client.domain.newDkimKey({ selector: 's2026', domain: 'Perfect.Test', kind })
      expect(made.path).toBe(join(home, 'dkim', 's2026._domainkey.perfect.test.pem'))
      expect(made.change).toMatchObject({ action: 'add', name: 's2026._domainkey.perfect.test', type: 'TXT' })
      expect((await stat(made.path)).mode & 0o777).toBe(0o600)
      const pem = await readFile(made.path, 'utf8')
      expect(createPrivateKey(pem).asymmetricKeyType).toBe(kind === 'ed25519' ? 'ed25519' : 'rsa')
      expect(JSON.stringify(made)).not.toContain('PRIVATE KEY')
      expect(JSON.stringify(made)).not.toContain(pem.split('\n')[1])
    },
  )

  test('keeps the file that was there, and goes where it was told to', async () => {
    const { client, folder } = await open()
    const path = join(folder, 'keys', 'mail.pem')
    const call = { selector: 's1', domain: 'perfect.test', kind: 'ed25519', path } as const
    const first = await client.domain.newDkimKey(call)
    const second = await client.domain.newDkimKey(call)
    expect([first.path, first.backup, second.path]).toEqual([path, null, path])
    expect(await readFile(second.backup ?? '', 'utf8')).not.toBe(await readFile(path, 'utf8'))
  })

  test.for([
    [{ selector: '../../etc/passwd' }, 'selector'],
    [{ selector: 'a_b' }, 'selector'],
    [{ domain: '../x' }, 'domain'],
    [{ path: 'keys/mail.pem' }, 'path'],
  ] as const)('with %o is refused', async ([more, field]) => {
    const { client } = await open()
    const making = client.domain.newDkimKey({ selector: 's1', domain: 'perfect.test', kind: 'ed25519', ...more })
    await expect(making).rejects.toMatchObject({ data: { code: 'bad-input', field } })
  })
})

describe('a pasted message', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const zone: Zone = { ...perfectZone(), 'ed._domainkey.perfect.test': [['TXT', printDkimRecord(publicKey)]] }
  const message = signMessage(privateKey, 'perfect.test', 'ed')

  test('that is signed for its From domain passes DMARC by DKIM', async () => {
    const { client } = await open(zone)
    const check = await client.domain.checkMessage({ source: message })
    expect(check).toMatchObject({
      fromDomain: 'perfect.test',
      passes: 'yes',
      by: ['dkim'],
      dkim: [{ result: 'pass', aligned: 'yes', algorithm: 'ed25519-sha256' }],
      dmarc: { policy: 'reject' },
      spf: null,
    })
  })

  test('has SPF checked for the newest public address of its Received lines', async () => {
    const { client } = await open(zone)
    const lines = [
      'Return-Path: <bounce@perfect.test>',
      'Received: from inside.b.test (inside.b.test [10.1.2.3]) by store.b.test; Sat, 21 Nov 2026 10:00:01 +0000',
      'Received: from mx1.perfect.test (mx1.perfect.test [192.0.2.10])\r\n\tby mx.b.test; Sat, 21 Nov 2026 10:00:00 +0000',
      'Received: from forged.test ([203.0.113.9]) by mx1.perfect.test; Sat, 21 Nov 2026 09:59:59 +0000',
    ]
    const check = await client.domain.checkMessage({ source: `${lines.join('\r\n')}\r\n${message}` })
    expect(check).toMatchObject({ ip: '192.0.2.10', mailFrom: 'bounce@perfect.test', by: ['spf', 'dkim'] })
    expect(check.spf).toMatchObject({ aligned: 'yes', verdict: { result: 'pass' } })
  })

  test('that somebody else sent fails', async () => {
    const { client } = await open(zone)
    const source =
      'Return-Path: <x@other.test>\nReceived: from other.test ([203.0.113.9]) by b.test; x\nFrom: ann@perfect.test\n\nHi\n'
    expect(await client.domain.checkMessage({ source })).toMatchObject({ passes: 'no', by: [], dkim: [] })
  })

  test('with two authors is judged for nobody', async () => {
    const { client } = await open(zone)
    const check = await client.domain.checkMessage({ source: 'From: a@perfect.test\nFrom: b@perfect.test\n\nHi\n' })
    expect(check).toMatchObject({ fromDomain: null, passes: 'unknown' })
  })

  test('as a file counts octet for octet', async () => {
    const { client } = await open(zone)
    const source = Buffer.from(message).toString('base64')
    expect(await client.domain.checkMessage({ source, encoding: 'base64' })).toMatchObject({ passes: 'yes' })
  })
})
