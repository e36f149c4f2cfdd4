import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AccountSettings } from '#shared/account/account.ts'
import { formatById } from '#shared/formats/all.ts'
import { PASSWORD_PLACEHOLDER } from '#shared/formats/format.ts'
import { createAuthority, type Identity } from '../support/certificates.ts'
import { PASSWORDS } from '../shared/formats/passwords.ts'
import { peerUnpacked } from './support/caged.ts'
import { isRoot, peerInstalled } from './support/peer.ts'
import { startPostfix, type Postfix } from './support/postfix.ts'
import { startSignInRecorder, type SignInRecorder } from './support/sign-in-recorder.ts'
import { createDma, createGitSendEmail, createNullmailer, type SmallMailer } from './support/small-mailers.ts'

/*
 * dma, nullmailer and git send-email deliver by the settings that were written for them: they sign in with the password
 * that was meant, and check the certificate as was meant.
 */

const USER = 'ada'
/** Without a colon, which the table of the server's own passwords cannot hold. */
const PASSWORD = 'canary \'7Kz" ä#$%;@/\\'
const TRANSPORTS = ['starttls', 'tls'] as const

/** What git send-email needs to sign in; Debian's package of it does not depend on them. */
const PERL_MODULES = ['Mail/Address', 'Authen/SASL', 'IO/Socket/SSL'].map(name => `/usr/share/perl5/${name}.pm`)

const MAILERS = [
  { id: 'dma', create: createDma, ready: () => isRoot() && peerUnpacked('dma') },
  { id: 'nullmailer', create: createNullmailer, ready: () => isRoot() && peerUnpacked('nullmailer') },
  {
    id: 'git-send-email',
    create: createGitSendEmail,
    ready: () => peerInstalled('/usr/lib/git-core/git-send-email', ...PERL_MODULES),
  },
]

describe.each(MAILERS)('$id', ({ id, create, ready }) => {
  const here = ready()

  function written(change: Partial<AccountSettings>, password: string): string {
    const settings = AccountSettings.parse({ host: 'localhost', user: USER, ...change })
    return formatById(id)?.write?.(settings, password).text ?? ''
  }

  describe.skipIf(!here)('without TLS', () => {
    let mailer: SmallMailer
    let recorder: SignInRecorder
    beforeAll(async () => {
      mailer = await create()
      recorder = await startSignInRecorder()
    })
    afterAll(async () => {
      await mailer.stop()
      await recorder.stop()
    })

    test.each(PASSWORDS)('signs in with %j', async password => {
      const text = written({ port: recorder.port, security: 'none', from: 'ada@lab.test' }, password)
      const said = await mailer.send(text, 'hello')
      const carried = text.includes(PASSWORD_PLACEHOLDER) ? PASSWORD_PLACEHOLDER : password
      expect(recorder.taken(), said).toEqual([{ user: USER, password: carried }])
    })
  })

  describe.skipIf(!here || !isRoot() || !peerInstalled('postfix', 'dovecot'))('with TLS', () => {
    let mailer: SmallMailer
    let server: Postfix
    let identity: Identity
    let caFile = ''
    let strangerFile = ''
    beforeAll(async () => {
      mailer = await create()
      server = await startPostfix({
        users: { [USER]: PASSWORD },
        identity: async authority => {
          identity = await authority.issue({ names: ['localhost', '127.0.0.1'] })
          return identity
        },
      })
      caFile = await mailer.place('ca.pem', server.authority.pem)
      strangerFile = await mailer.place('stranger.pem', (await createAuthority()).pem)
    })
    afterAll(async () => {
      await mailer.stop()
      await server.stop()
    })

    const arrived = async () => (await server.mailbox()).join('\n')
    const port = (security: 'starttls' | 'tls') => server.ports[security === 'tls' ? 'smtps' : 'submission']
    async function send(subject: string, change: Partial<AccountSettings>, signal?: AbortSignal): Promise<string> {
      return mailer.send(written({ from: 'ada@lab.test', ...change }, PASSWORD), subject, signal)
    }

    describe.each(TRANSPORTS)('over %s', security => {
      // dma knows no authorities, and the others know no pins.
      if (id !== 'dma')
        test('delivers where the authority is known, and nowhere else', async () => {
          const known = await send(`known ${security}`, { security, port: port(security), caFile })
          await expect.poll(arrived, { message: known }).toContain(`Subject: known ${security}`)
          const said = await send(`stranger ${security}`, { security, port: port(security), caFile: strangerFile })
          expect(said).toMatch(/certificate/i)
          expect(await arrived()).not.toContain('Subject: stranger')
        })

      test('delivers unchecked where that is asked for', async () => {
        const said = await send(`unchecked ${security}`, { security, port: port(security), verifyCertificate: false })
        await expect.poll(arrived, { message: said }).toContain(`Subject: unchecked ${security}`)
      })

      if (id === 'dma')
        test('delivers to the pinned certificate, and to no other', async () => {
          const fingerprint = new X509Certificate(identity.cert).fingerprint256
          const said = await send(`pinned ${security}`, { security, port: port(security), fingerprint })
          await expect.poll(arrived, { message: said }).toContain(`Subject: pinned ${security}`)

          const other = new X509Certificate(server.authority.pem).fingerprint256
          const before = await disconnects()
          const refused = new AbortController()
          const ended = send(
            `other ${security}`,
            { security, port: port(security), fingerprint: other },
            refused.signal,
          )
          await expect.poll(disconnects).toBeGreaterThan(before)
          refused.abort()
          await ended
          expect(await arrived()).not.toContain('Subject: other')
        })
    })

    async function disconnects(): Promise<number> {
      return (await server.log()).split(': disconnect from ').length
    }
  })
})
