import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explain } from '#shared/explain/explain.ts'
import { verdictOf } from '#shared/report/report.ts'
import { createAuthority } from '../support/certificates.ts'
import { startZoneServer, type ZoneServer } from '../support/zone-server.ts'
import { createBench, type Bench, type Meeting } from './failures/bench.ts'
import { expectDiagnosed, titleOf } from './failures/failure.ts'
import { BARE_LINES } from './failures/file-cases.ts'
import { POSTFIX_CASES, type PostfixCase } from './failures/postfix-cases.ts'
import { converse, createServices, holdConnection } from './failures/postfix-services.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startPostfix, type Postfix } from './support/postfix.ts'

const ready = isRoot() && peerInstalled('postfix', 'dovecot')
const PASSWORD = 'correct horse'

describe.skipIf(!ready)('failures that a real Postfix makes, each found first and cured by its settings fixes', () => {
  let postfix: Postfix
  let zone: ZoneServer
  let introspection: Server
  let bench: Bench

  beforeAll(async () => {
    // It knows no token (RFC 7662).
    introspection = createServer((_, response) => {
      response.setHeader('Content-Type', 'application/json').end('{"active":false}')
    }).listen(0, '127.0.0.1')
    await once(introspection, 'listening')
    // A TCP server's address is an object.
    const { port } = introspection.address() as AddressInfo
    const authority = await createAuthority()
    postfix = await startPostfix({
      users: { ada: PASSWORD },
      mechanisms: ['plain', 'login', 'xoauth2'],
      introspectionUrl: `http://127.0.0.1:${port}/`,
      authority,
      services: await createServices(authority),
      // Whom it relays for gets no error; nothing leaves this machine all the same.
      settings: { default_transport: 'discard:' },
    })
    zone = await startZoneServer({
      'lab.test': [['TXT', 'v=spf1 -all']],
      '_dmarc.lab.test': [['TXT', 'v=DMARC1; p=none']],
    })
    bench = await createBench()
  })
  afterAll(async () => {
    await bench.close()
    await zone.close()
    await postfix.stop()
    introspection.close()
  })

  const meet = (more: Meeting = {}): Meeting => ({
    password: PASSWORD,
    caFile: postfix.caFile,
    resolver: `127.0.0.1:${zone.port}`,
    ...more,
  })
  const portFor = (name: string) =>
    name === 'submission' || name === 'smtps' || name === 'plain' ? postfix.ports[name] : postfix.portOf(name)

  test.for(POSTFIX_CASES.map(each => [titleOf(each), each] as const))('%s', async ([, each]) => {
    const { account = {}, meeting } = each
    const port = portFor(each.port)
    const leave = await prepare(each, port)
    await expectDiagnosed(each, { port, security: 'starttls', ...account }, changed =>
      bench.diagnose(changed, meet(meeting)),
    )
    leave()
  })

  async function prepare({ before, account = {}, meeting }: PostfixCase, port: number): Promise<() => void> {
    if (before === 'same-run') await bench.diagnose({ port, security: 'starttls', ...account }, meet(meeting))
    if (before !== 'held-connection') return () => {}
    const held = await holdConnection(port)
    return () => held.destroy()
  }

  test(`${titleOf(BARE_LINES)}: what it says is understood, and our messages hold none`, async () => {
    const port = postfix.portOf('strict')
    const talk = ['EHLO client.lab.test\r\n', 'MAIL FROM:<ada@lab.test>\r\n', 'RCPT TO:<ada@lab.test>\r\n', 'DATA\r\n']
    const answers = await converse(port, [...talk, 'Subject: two\nlines\r\n\r\nhello\r\n.\r\n'])
    expect(explain({ text: answers.at(-1) ?? '' })).toMatchObject({
      class: 'content-malformed',
      findings: [{ id: 'deliver-content-malformed' }],
    })
    const raw = 'From: ada@lab.test\nTo: ada@lab.test\nSubject: two\n\nlines\nhere\n'
    const sent = await bench.diagnose({ port, security: 'starttls' }, meet({ raw }))
    expect(verdictOf(sent)).toBe('works')
  })
})
