import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority } from '../../support/certificates.ts'
import { createCage } from './caged.ts'
import type { IdentityMaker, MailServer } from './mail-server.ts'
import { freePorts, listening } from './peer.ts'

/** What it asks of clients and recipients, in the words of its ACLs. */
export type EximRules = {
  readonly helo: string
  readonly rcpt: string
  /** For whom AUTH is offered. */
  readonly auth: string
}

/** Mail is taken for nobody. */
const NOBODY: EximRules = { helo: 'accept', rcpt: 'deny message = nobody lives here', auth: '*' }

/** A real Exim, with GnuTLS, that lets `ada` sign in, with or without the domain. Needs root. */
export async function startExim(
  password: string,
  makeIdentity: IdentityMaker,
  rules: EximRules = NOBODY,
): Promise<MailServer> {
  const authority = await createAuthority()
  const identity = await makeIdentity(authority)
  const [plain = 0, smtps = 0] = await freePorts(2)
  const cage = await createCage(
    'exim',
    ['Debian-exim'],
    [
      { path: '/etc/ca.pem', text: authority.pem },
      { path: '/etc/exim.conf', text: configuration(plain, smtps, password, rules) },
      // Read by the user that Exim has changed to.
      { path: '/etc/server.pem', text: `${identity.key}${identity.cert}` },
    ],
    [
      { path: '/spool', mode: 0o750, owner: 'Debian-exim' },
      { path: '/log', mode: 0o750, owner: 'Debian-exim' },
    ],
  )
  const exim = cage.start('/usr/sbin/exim4', ['-bdf', '-C', '/etc/exim.conf'])
  try {
    for (const port of [plain, smtps]) await listening({ port }, exim)
  } catch (error) {
    const said = await readFile(join(cage.root, 'log/mainlog'), 'utf8').catch(() => '')
    await cage.stop()
    throw new Error(`Exim did not start: ${said}`, { cause: error })
  }
  return { plain, smtps, authority, caFile: join(cage.root, 'etc/ca.pem'), stop: () => cage.stop() }
}

function configuration(plain: number, smtps: number, password: string, { helo, rcpt, auth }: EximRules): string {
  return `
primary_hostname = mail.lab.test
spool_directory = /spool
log_file_path = /log/%slog
pid_file_path = /exim.pid
keep_environment =
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${plain} : ${smtps}
tls_on_connect_ports = ${smtps}
tls_advertise_hosts = *
tls_certificate = /etc/server.pem
message_size_limit = 20M
dsn_advertise_hosts = *
host_lookup =
rfc1413_hosts =
disable_ipv6
acl_smtp_etrn = yes
acl_smtp_helo = helo
acl_smtp_rcpt = rcpt
auth_advertise_hosts = ${auth}
begin acl
yes:
  accept
helo:
${helo}
rcpt:
${rcpt}
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{or{{eq{$auth2}{ada}}{eq{$auth2}{ada@lab.test}}}}{eq{$auth3}{${password}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = \${if and{{or{{eq{$auth1}{ada}}{eq{$auth1}{ada@lab.test}}}}{eq{$auth2}{${password}}}}}
  server_set_id = $auth1
cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = ${password}
  server_set_id = $auth1
`
}
