import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { createAuthority } from '../../support/certificates.ts'
import { createCage } from './caged.ts'
import type { IdentityMaker, MailServer } from './mail-server.ts'
import { freePorts, listening } from './peer.ts'

/**
 * A real OpenSMTPD that lets `ada` sign in. Needs root. The 6.8 of Debian 12 offers STARTTLS and then breaks every
 * handshake with an alert: its handling of keys does not fit OpenSSL 3 (OpenSMTPD issue 1171).
 */
export async function startOpenSmtpd(password: string, makeIdentity: IdentityMaker): Promise<MailServer> {
  const authority = await createAuthority()
  const identity = await makeIdentity(authority)
  const [plain = 0, smtps = 0] = await freePorts(2)
  const secret = execFileSync('openssl', ['passwd', '-6', '-stdin'], { input: password, encoding: 'utf8' }).trim()
  const cage = await createCage(
    'opensmtpd',
    ['opensmtpd', 'opensmtpq'],
    [
      { path: '/etc/ca.pem', text: authority.pem },
      { path: '/etc/smtpd.conf', text: configuration(plain, smtps) },
      { path: '/etc/users', text: `ada:${secret}\n` },
      { path: '/etc/server.pem', text: identity.cert },
      { path: '/etc/server.key', text: identity.key, mode: 0o600 },
    ],
    [
      { path: '/var/run', mode: 0o755, owner: 'root' },
      { path: '/var/spool/smtpd', mode: 0o711, owner: 'root' },
      { path: '/var/lib/opensmtpd/empty', mode: 0o755, owner: 'root' },
    ],
  )
  const server = cage.start('/usr/sbin/smtpd', ['-d'])
  try {
    for (const port of [plain, smtps]) await listening({ port }, server)
  } catch (error) {
    await cage.stop()
    throw new Error('OpenSMTPD did not start', { cause: error })
  }
  return { plain, smtps, authority, caFile: join(cage.root, 'etc/ca.pem'), stop: () => cage.stop() }
}

function configuration(plain: number, smtps: number): string {
  const signIn = 'auth-optional <users> hostname mail.lab.test'
  return `
pki lab cert "/etc/server.pem"
pki lab key "/etc/server.key"
table users file:/etc/users
listen on 127.0.0.1 port ${plain} tls pki lab ${signIn}
listen on 127.0.0.1 port ${smtps} smtps pki lab ${signIn}
action nowhere maildir "/nowhere"
match from any for domain lab.test action nowhere
`
}
