import { execFileSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority, type Authority, type Identity } from '../../support/certificates.ts'
import { startDovecot, type Dovecot } from './dovecot.ts'
import { ended, freePorts } from './peer.ts'
import { HERE, type Place } from './place.ts'

export type PostfixOptions = {
  /** Who may sign in, with which password; nobody, and no AUTH, without. */
  readonly users?: Readonly<Record<string, string>>
  /** Of Dovecot, lower case. */
  readonly mechanisms?: readonly string[]
  /** Of Dovecot, for tokens. */
  readonly introspectionUrl?: string
  /** The CA that issues what is shown; one of its own without. */
  readonly authority?: Authority
  /** What the server shows; one that our CA made out for mail.lab.test and 127.0.0.1 without. */
  readonly identity?: (authority: Authority) => Promise<Identity>
  /** Further lines of main.cf. */
  readonly settings?: Readonly<Record<string, string>>
  /** Further ports, by a name for each. */
  readonly services?: Readonly<Record<string, PostfixService>>
  /** The network namespace in which it listens, on every address and on the ports 25, 587 and 465. */
  readonly place?: Place
}

/** One more port of the same server, which differs from port 25 in this. */
export type PostfixService = {
  readonly identity?: Identity
  readonly settings?: Readonly<Record<string, string>>
}

export type Postfix = {
  readonly ports: {
    /** Port 25-like: STARTTLS offered, no sign-in needed from this machine. */
    readonly plain: number
    /** Port 587-like: STARTTLS required, sign-in required. */
    readonly submission: number
    /** Port 465-like: TLS from the start, sign-in required. */
    readonly smtps: number
  }
  /** The port of a further service. */
  portOf(service: string): number
  readonly authority: Authority
  /** The CA's certificate, PEM. */
  readonly caFile: string
  /** Every message that arrived for anybody in lab.test, whole. */
  mailbox(): Promise<readonly string[]>
  log(): Promise<string>
  stop(): Promise<void>
}

/** A real Postfix with folders and loopback ports of its own, and Dovecot for its sign-in. Needs root. */
export async function startPostfix(options: PostfixOptions = {}): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'mw-postfix-'))
  await chmod(folder, 0o755)
  const at = (name: string) => join(folder, name)
  for (const name of ['etc', 'spool', 'lib', 'mail']) await mkdir(at(name))
  await chmod(at('mail'), 0o777)
  // Postfix keeps its data only in a folder of its own user.
  execFileSync('chown', ['postfix', at('lib')])
  const dovecot = await startSasl(options)
  const authority = options.authority ?? (await createAuthority())
  const identity = await (options.identity?.(authority) ?? authority.issue())
  const { place = HERE, services = {} } = options
  const names = Object.keys(services)
  const [plain = 0, submission = 0, smtps = 0, ...further] =
    place === HERE ? await freePorts(3 + names.length) : [25, 587, 465, ...names.map((_, index) => 10_025 + index)]
  const portOf = (service: string) => further[names.indexOf(service)] ?? 0
  await writeFile(at('ca.pem'), authority.pem)
  await writeFile(at('etc/server.pem'), `${identity.key}${identity.cert}`, { mode: 0o600 })
  const own = place === HERE ? {} : { inet_interfaces: 'all', inet_protocols: 'all' }
  await writeFile(at('etc/main.cf'), mainCf(folder, dovecot, { ...own, ...options.settings }))
  const lines = names.map(name => serviceLine(portOf(name), services[name] ?? {}, at(`etc/${name}.pem`)))
  const address = place === HERE ? '127.0.0.1:' : ''
  await writeFile(
    at('etc/master.cf'),
    `${masterCf(address, { plain, submission, smtps }, dovecot !== null)}${lines.map(line => `${address}${line}`).join('')}`,
  )
  for (const [name, service] of Object.entries(services)) {
    if (!service.identity) continue
    await writeFile(at(`etc/${name}.pem`), `${service.identity.key}${service.identity.cert}`, { mode: 0o600 })
  }
  const postfix = place.spawn('postfix', ['-c', at('etc'), 'start-fg'])
  const log = () => readFile(at('log'), 'utf8').catch(() => '')
  const stop = async () => {
    await endMaster(at('spool/pid/master.pid'), postfix)
    await ended(postfix)
    await dovecot?.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    for (const port of [plain, submission, smtps, ...further]) await place.listening(port, postfix)
  } catch (error) {
    const said = await log()
    await stop()
    throw new Error(`Postfix did not start: ${said}`, { cause: error })
  }
  return {
    ports: { plain, submission, smtps },
    portOf,
    authority,
    caFile: at('ca.pem'),
    mailbox: () => readMaildir(at('mail/inbox/new')),
    log,
    stop,
  }
}

/** What was started is a shell that waits for Postfix's own first process: ended alone it would leave that running. */
async function endMaster(pidFile: string, shell: ChildProcess): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''))
  if (pid <= 1 || shell.exitCode !== null) return
  const exit = once(shell, 'exit', { signal: AbortSignal.timeout(5000) })
  process.kill(pid, 'SIGTERM')
  // Where it does not end in time, `ended` goes on.
  await exit.catch(() => {})
}

async function readMaildir(path: string): Promise<readonly string[]> {
  const names = await readdir(path).catch(() => [])
  return Promise.all(names.map(name => readFile(join(path, name), 'utf8')))
}

async function startSasl({ users, mechanisms, introspectionUrl }: PostfixOptions): Promise<Dovecot | null> {
  if (users === undefined) return null
  return startDovecot({
    users,
    mechanisms: mechanisms ?? ['plain', 'login'],
    ...(introspectionUrl === undefined ? {} : { introspectionUrl }),
  })
}

function mainCf(folder: string, dovecot: Dovecot | null, settings: Readonly<Record<string, string>>): string {
  const all: Readonly<Record<string, string>> = {
    compatibility_level: '3.6',
    queue_directory: `${folder}/spool`,
    data_directory: `${folder}/lib`,
    maillog_file: `${folder}/log`,
    maillog_file_prefixes: folder,
    myhostname: 'mail.lab.test',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    // Nothing leaves this machine, whatever a test does.
    default_transport: 'error:this server delivers to lab.test only',
    relay_transport: 'error:this server delivers to lab.test only',
    virtual_mailbox_domains: 'lab.test',
    virtual_mailbox_base: `${folder}/mail`,
    virtual_mailbox_maps: 'static:inbox/',
    virtual_minimum_uid: '1',
    virtual_uid_maps: 'static:65534',
    virtual_gid_maps: 'static:65534',
    alias_maps: '',
    smtpd_tls_chain_files: `${folder}/etc/server.pem`,
    smtpd_tls_security_level: 'may',
    smtpd_peername_lookup: 'no',
    smtputf8_enable: 'yes',
    ...(dovecot === null
      ? {}
      : { smtpd_sasl_type: 'dovecot', smtpd_sasl_path: dovecot.authSocket, smtpd_sasl_auth_enable: 'yes' }),
    ...settings,
  }
  return `${Object.entries(all)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n')}\n`
}

/** Braces keep the blanks of a value together (master(5)). */
function serviceLine(port: number, { identity, settings = {} }: PostfixService, identityFile: string): string {
  const all = { ...settings, ...(identity && { smtpd_tls_chain_files: identityFile }) }
  const options = Object.entries(all).map(([name, value]) => ` -o { ${name} = ${value} }`)
  return `${port} inet n - n - - smtpd${options.join('')}\n`
}

function masterCf(address: string, ports: Postfix['ports'], signIn: boolean): string {
  const submission = signIn
    ? ' -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject -o smtpd_relay_restrictions=permit_sasl_authenticated,reject'
    : ''
  return `
${address}${ports.plain} inet n - n - - smtpd
${address}${ports.submission} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt${submission}
${address}${ports.smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes${submission}
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
smtp unix - - n - - smtp
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`
}
