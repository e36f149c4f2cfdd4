import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Deadline } from '#engine/net/deadline.ts'
import { checkInjection } from '#engine/smtp/check-injection.ts'
import { checkRelay } from '#engine/smtp/check-relay.ts'
import { startExim } from './support/exim.ts'
import { peerUnpacked } from './support/caged.ts'
import { startOpenSmtpd } from './support/opensmtpd.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startPostfix } from './support/postfix.ts'

type Server = { readonly plain: number; stop(): Promise<void> }

const options = () => ({ deadline: new Deadline(10_000), resolver: 'system', now: () => new Date() }) as const
const at = (port: number) => ({ host: '127.0.0.1', port, security: 'if-offered' }) as const
const STRANGERS = { mailFrom: '', rcptTo: 'somebody@example.net' }

const PEERS: readonly { readonly name: string; readonly ready: boolean; start(): Promise<Server> }[] = [
  {
    name: 'Postfix',
    ready: isRoot() && peerInstalled('postfix'),
    start: async () => {
      // As seen from outside: 127.0.0.1 is nobody whose mail it passes on.
      const postfix = await startPostfix({ settings: { mynetworks: '192.0.2.1/32' } })
      return { plain: postfix.ports.plain, stop: () => postfix.stop() }
    },
  },
  { name: 'Exim', ready: isRoot() && peerUnpacked('exim'), start: () => startExim('x', a => a.issue({ key: 'rsa' })) },
  {
    name: 'OpenSMTPD',
    ready: isRoot() && peerUnpacked('opensmtpd'),
    start: () => startOpenSmtpd('x', authority => authority.issue({ key: 'rsa' })),
  },
]

describe.each(PEERS)('$name is judged safe', peer => {
  if (!peer.ready) return test.skip('needs root and this server; what is missing was said above')
  let server: Server

  beforeAll(async () => {
    server = await peer.start()
  })
  afterAll(() => server.stop())

  test('it throws away, or refuses, what stands in plain text behind STARTTLS', async () => {
    expect(await checkInjection(at(server.plain), options())).toMatchObject({
      kind: expect.stringMatching(/^(?:discarded|refused)$/),
    })
  })

  test('it takes no mail of a stranger for a stranger', async () => {
    expect(await checkRelay(at(server.plain), STRANGERS, options())).toMatchObject({
      kind: 'refused',
      command: 'RCPT',
    })
  })
})

describe.skipIf(!isRoot() || !peerInstalled('postfix'))('Postfix that trusts every address', () => {
  test('is an open relay', async () => {
    const postfix = await startPostfix({ settings: { mynetworks: '0.0.0.0/0', default_transport: 'discard:' } })
    try {
      expect(await checkRelay(at(postfix.ports.plain), STRANGERS, options())).toMatchObject({ kind: 'accepted' })
    } finally {
      await postfix.stop()
    }
  })
})
