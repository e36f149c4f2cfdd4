import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '../../support/certificates.ts'
import { ended, freePorts, listening, SEARCH_PATH } from './peer.ts'

export type DovecotOptions = {
  readonly users: Readonly<Record<string, string>>
  /** As Dovecot writes them: `plain login cram-md5 …`. */
  readonly mechanisms: readonly string[]
  /** Where Dovecot asks whether a token is good (RFC 7662 introspection), for XOAUTH2 and OAUTHBEARER. */
  readonly introspectionUrl?: string
  /** What the submission service shows; without, it does not run. Needs dovecot-submissiond. */
  readonly submission?: Identity
}

export type Dovecot = {
  /** A unix socket that speaks Dovecot's SASL protocol, for Postfix. */
  readonly authSocket: string
  /** A unix socket that speaks LMTP and delivers to every user. */
  readonly lmtpSocket: string
  /** The same over TCP. */
  readonly lmtpPort: number
  /** Zero where it does not run. Port 587-like with STARTTLS, and 465-like. */
  readonly submissionPort: number
  readonly submissionsPort: number
  mailOf(user: string): string
  log(): Promise<string>
  stop(): Promise<void>
}

type Ports = Pick<Dovecot, 'lmtpPort' | 'submissionPort' | 'submissionsPort'>

/** A real Dovecot with a folder of its own: SASL and LMTP on unix sockets, LMTP and submission on loopback. Needs root. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const { users, introspectionUrl, submission } = options
  const folder = await mkdtemp(join(tmpdir(), 'mw-dovecot-'))
  await chmod(folder, 0o755)
  const at = (name: string) => join(folder, name)
  await mkdir(at('mail'), { mode: 0o777 })
  await chmod(at('mail'), 0o777)
  const passwords = Object.entries(users).map(([user, password]) => `${user}:{PLAIN}${password}::::::`)
  await writeFile(at('users'), `${passwords.join('\n')}\n`)
  const [lmtpPort = 0, submissionPort = 0, submissionsPort = 0] = await freePorts(submission ? 3 : 1)
  const ports = { lmtpPort, submissionPort, submissionsPort }
  await writeFile(at('dovecot.conf'), configuration(folder, ports, options))
  if (introspectionUrl !== undefined) await writeFile(at('oauth2.conf'), oauth2(introspectionUrl))
  if (submission !== undefined) {
    await writeFile(at('server.pem'), `${submission.key}${submission.cert}`, { mode: 0o600 })
  }
  const dovecot = spawn('dovecot', ['-F', '-c', at('dovecot.conf')], {
    stdio: 'ignore',
    env: { ...process.env, PATH: SEARCH_PATH },
  })
  const log = () => readFile(at('log'), 'utf8').catch(() => '')
  try {
    await listening({ path: at('auth') }, dovecot)
    await listening({ path: at('lmtp') }, dovecot)
    if (submission !== undefined) await listening({ port: submissionsPort }, dovecot)
  } catch (error) {
    throw new Error(`Dovecot did not start: ${await log()}`, { cause: error })
  }
  return {
    authSocket: at('auth'),
    lmtpSocket: at('lmtp'),
    ...ports,
    mailOf: user => join(folder, 'mail', user, 'new'),
    log,
    stop: async () => {
      await ended(dovecot)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function configuration(
  folder: string,
  { lmtpPort, submissionPort, submissionsPort }: Ports,
  { mechanisms, introspectionUrl, submission }: DovecotOptions,
): string {
  const tls = submission === undefined ? 'no' : 'yes'
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = ${tls}
${submission === undefined ? '' : `ssl_cert = <${folder}/server.pem\nssl_key = <${folder}/server.pem`}
disable_plaintext_auth = no
hostname = mail.lab.test
protocols = lmtp${submission === undefined ? '' : ' submission'}
auth_mechanisms = ${mechanisms.join(' ')}
auth_username_format = %Lu
auth_verbose = yes
# Without these a test of a wrong password waits for ten seconds and more.
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
mail_location = maildir:${folder}/mail/%n
first_valid_uid = 1
${introspectionUrl === undefined ? '' : tokenDatabase(folder)}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%n ${folder}/users
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${folder}/mail/%n
}
service auth {
  unix_listener ${folder}/auth {
    mode = 0666
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
  unix_listener ${folder}/lmtp {
    mode = 0666
  }
}
${submission === undefined ? '' : submissionService(submissionPort, submissionsPort)}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
protocol lmtp {
  postmaster_address = postmaster@lab.test
}
`
}

function submissionService(submissionPort: number, submissionsPort: number): string {
  return `
submission_max_mail_size = 20M
# Nobody listens there: a look at the server ends before it would be asked.
submission_relay_host = 127.0.0.1
submission_relay_port = 9
service submission-login {
  inet_listener submission {
    address = 127.0.0.1
    port = ${submissionPort}
  }
  inet_listener submissions {
    address = 127.0.0.1
    port = ${submissionsPort}
    ssl = yes
  }
}
`
}

function tokenDatabase(folder: string): string {
  return `
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf
}
`
}

function oauth2(introspectionUrl: string): string {
  return `
introspection_mode = post
introspection_url = ${introspectionUrl}
username_attribute = username
active_attribute = active
active_value = true
`
}
