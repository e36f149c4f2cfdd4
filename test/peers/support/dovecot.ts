import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ended, listening, SEARCH_PATH } from './peer.ts'

export type DovecotOptions = {
  readonly users: Readonly<Record<string, string>>
  /** As Dovecot writes them: `plain login cram-md5 …`. */
  readonly mechanisms: readonly string[]
}

export type Dovecot = {
  /** A unix socket that speaks Dovecot's SASL protocol, for Postfix. */
  readonly authSocket: string
  /** A unix socket that speaks LMTP and delivers to every user. */
  readonly lmtpSocket: string
  mailOf(user: string): string
  log(): Promise<string>
  stop(): Promise<void>
}

/** A real Dovecot with a folder of its own: SASL and LMTP on unix sockets, no network. Needs root. */
export async function startDovecot({ users, mechanisms }: DovecotOptions): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'mw-dovecot-'))
  await chmod(folder, 0o755)
  const at = (name: string) => join(folder, name)
  await mkdir(at('mail'), { mode: 0o777 })
  await chmod(at('mail'), 0o777)
  const passwords = Object.entries(users).map(([user, password]) => `${user}:{PLAIN}${password}::::::`)
  await writeFile(at('users'), `${passwords.join('\n')}\n`)
  await writeFile(at('dovecot.conf'), configuration(folder, mechanisms))
  const dovecot = spawn('dovecot', ['-F', '-c', at('dovecot.conf')], {
    stdio: 'ignore',
    env: { ...process.env, PATH: SEARCH_PATH },
  })
  const log = () => readFile(at('log'), 'utf8').catch(() => '')
  try {
    await listening({ path: at('auth') }, dovecot)
    await listening({ path: at('lmtp') }, dovecot)
  } catch (error) {
    throw new Error(`Dovecot did not start: ${await log()}`, { cause: error })
  }
  return {
    authSocket: at('auth'),
    lmtpSocket: at('lmtp'),
    mailOf: user => join(folder, 'mail', user, 'new'),
    log,
    stop: async () => {
      await ended(dovecot)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function configuration(folder: string, mechanisms: readonly string[]): string {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
protocols = lmtp
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
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%n ${folder}/users
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${folder}/mail/%n allow_all_users=yes
}
service auth {
  unix_listener ${folder}/auth {
    mode = 0666
  }
}
service lmtp {
  unix_listener ${folder}/lmtp {
    mode = 0666
  }
}
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
