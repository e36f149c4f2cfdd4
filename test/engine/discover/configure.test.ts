import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { configure } from '#engine/discover/configure.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

async function discover(address: string, zone: Zone) {
  const { resolver, server } = await withZone(zone)
  const result = await configure(address, { resolver, deadline: new Deadline(5_000), onlineLookup: false })
  return { result, questions: server.questions }
}

describe('settings for a mail address', () => {
  test('a provider’s own domain is found in the table', async () => {
    const { result } = await discover('anna@gmail.com', { 'gmail.com': [['MX', [5, 'gmail-smtp-in.l.google.com']]] })
    expect(result.best).toMatchObject({
      source: 'provider',
      host: 'smtp.gmail.com',
      port: 465,
      security: 'tls',
      user: 'anna@gmail.com',
      preset: 'gmail',
    })
    expect(result.candidates.map(({ port }) => port)).toEqual([465, 587])
  })

  test('SRV records name the servers, TLS from the start first', async () => {
    const { result } = await discover('anna@example.org', {
      '_submission._tcp.example.org': [['SRV', [0, 1, 587, 'mail.example.org']]],
      '_submissions._tcp.example.org': [
        ['SRV', [20, 1, 465, 'second.example.org']],
        ['SRV', [10, 1, 465, 'mail.example.org']],
      ],
    })
    expect(result.candidates.map(({ host, port, security }) => `${host} ${port} ${security}`)).toEqual([
      'mail.example.org 465 tls',
      'mail.example.org 587 starttls',
      'second.example.org 465 tls',
    ])
    expect(result.best).toMatchObject({ source: 'srv', user: 'anna@example.org', warning: null })
  })

  test('an SRV host outside the mail domain comes with a warning', async () => {
    const { result } = await discover('anna@example.org', {
      '_submissions._tcp.example.org': [['SRV', [0, 1, 465, 'mail.evil.example']]],
      '_submission._tcp.example.org': [['SRV', [0, 1, 587, 'smtp.notexample.org']]],
    })
    for (const candidate of result.candidates) expect(candidate.warning).toContain('not in the domain example.org')
    expect(result.candidates).toHaveLength(2)
  })

  test('an SRV target of "." says that there is no such service', async () => {
    const { result } = await discover('anna@example.org', {
      '_submissions._tcp.example.org': [['SRV', [0, 0, 0, '.']]],
      'example.org': [['MX', [10, 'mx.example.org']]],
    })
    expect(result.candidates).toEqual([])
    expect(result.best).toBeNull()
  })

  test('an MX is never offered as a server, but tells the provider', async () => {
    const { result } = await discover('anna@example.org', {
      'example.org': [
        ['MX', [20, 'mx.example.org']],
        ['MX', [0, 'example-org.mail.protection.outlook.com']],
      ],
    })
    expect(result.best).toMatchObject({ source: 'mx', host: 'smtp.office365.com', port: 587, preset: 'microsoft-365' })
    expect(result.best?.warning).toContain('OAuth2')
    expect(result.candidates.some(({ host }) => host.startsWith('mx.') || host.includes('protection'))).toBe(false)
  })

  test('Zoho’s data centre is read from the MX', async () => {
    const { result } = await discover('anna@example.org', { 'example.org': [['MX', [10, 'mx.zoho.eu']]] })
    expect(result.best?.host).toBe('smtp.zoho.eu')
  })

  test('names that exist are guesses, and none of them is the best', async () => {
    const { result } = await discover('anna@example.org', {
      'example.org': [['MX', [10, 'mx.example.org']]],
      'mail.example.org': [['A', '192.0.2.7']],
    })
    expect(result.candidates.map(({ source, host, port }) => [source, host, port])).toEqual([
      ['guess', 'mail.example.org', 465],
      ['guess', 'mail.example.org', 587],
    ])
    expect(result.best).toBeNull()
  })

  test('an internationalised domain is asked for as DNS knows it', async () => {
    const { result, questions } = await discover('anna@bücher.example', {
      '_submissions._tcp.xn--bcher-kva.example': [['SRV', [0, 1, 465, 'smtp.xn--bcher-kva.example']]],
    })
    expect(result).toMatchObject({ domain: 'xn--bcher-kva.example', best: { warning: null } })
    expect(questions.every(question => !question.includes('ü'))).toBe(true)
  })

  test('a domain that does not exist and a resolver that does not answer are told apart', async () => {
    const missing = await discover('anna@nowhere.example', { 'example.org': [['A', '192.0.2.1']] })
    expect(missing.result).toMatchObject({ domainMissing: true, dnsFault: null, candidates: [] })
    const broken = await discover('anna@broken.example', { 'broken.example': [['RCODE', 2]] })
    expect(broken.result).toMatchObject({ domainMissing: false, dnsFault: 'SERVFAIL', candidates: [] })
  })

  test('something that is no address is a problem of the caller', async () => {
    await expect(discover('anna', {})).rejects.toMatchObject({ code: 'bad-input', field: 'address' })
  })
})

describe('the database of providers', () => {
  const DOCUMENT = `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="example.org">
    <incomingServer type="imap"><hostname>imap.example.org</hostname><port>993</port></incomingServer>
    <outgoingServer type="smtp"><hostname>smtp.example.org</hostname><port>465</port><socketType>SSL</socketType>
      <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication></outgoingServer>
    <outgoingServer type="smtp"><hostname>bad host</hostname><port>0</port><socketType>SSL</socketType></outgoingServer>
    <outgoingServer type="smtp"><hostname>smtp2.example.org</hostname><port>587</port><socketType>STARTTLS</socketType>
      <username>%EMAILADDRESS%</username><authentication>OAuth2</authentication></outgoingServer>
  </emailProvider></clientConfig>`

  async function startDatabase(answer: (path: string) => { status: number; body: string; location?: string }) {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      const { status, body, location } = answer(request.url ?? '')
      response.writeHead(status, location === undefined ? {} : { location }).end(body)
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('not listening on TCP')
    return { url: `http://127.0.0.1:${address.port}/v1.1/`, asked }
  }

  async function ask(url: string, onlineLookup: boolean) {
    const { resolver } = await withZone({ 'example.org': [['MX', [10, 'mx.example.org']]] })
    return configure('anna@example.org', { resolver, deadline: new Deadline(5_000), onlineLookup, autoconfigUrl: url })
  }

  test('is asked for the domain only, and only with consent', async () => {
    const database = await startDatabase(() => ({ status: 200, body: DOCUMENT }))
    expect((await ask(database.url, false)).candidates).toEqual([])
    expect(database.asked).toEqual([])
    const { candidates } = await ask(database.url, true)
    expect(database.asked).toEqual(['/v1.1/example.org'])
    expect(candidates).toMatchObject([
      { source: 'autoconfig', host: 'smtp.example.org', port: 465, security: 'tls', user: 'anna', warning: null },
      { host: 'smtp2.example.org', port: 587, user: 'anna@example.org', warning: 'signs in with OAuth2 only' },
    ])
  })

  test.each([
    ['no entry', 404, ''],
    ['nonsense', 200, '<outgoingServer type="smtp"><hostname>'],
    ['a document without end', 200, 'x'.repeat(300_000)],
  ])('%s is no answer, and no failure', async (_, status, body) => {
    const database = await startDatabase(() => ({ status, body }))
    expect((await ask(database.url, true)).candidates).toEqual([])
  })

  test('a redirect is not followed: it would tell the domain to somebody else', async () => {
    const other = await startDatabase(() => ({ status: 200, body: DOCUMENT }))
    const database = await startDatabase(() => ({ status: 302, body: '', location: other.url }))
    expect((await ask(database.url, true)).candidates).toEqual([])
    expect(other.asked).toEqual([])
  })
})
