import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Identity } from '../../support/certificates.ts'
import { ended, freePorts, SEARCH_PATH } from './peer.ts'
import { HERE, type Place } from './place.ts'

export type NameServer = { readonly port: number; close(): Promise<void> }

const run = promisify(execFile)

/**
 * NSD with one zone, on 127.0.0.1 and ::1 at the same port, or in a namespace at port 53 of an address there. It does not
 * hold back answers, as it does for strangers.
 */
export async function startNsd(
  zone: string,
  zoneText: string,
  at: { readonly place: Place; readonly address: string } | null = null,
): Promise<NameServer> {
  const [port = 0] = at === null ? await freePorts(1) : [53]
  const addresses = at === null ? ['127.0.0.1', '::1'] : [at.address]
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-nsd-'))
  await writeFile(join(folder, 'zone'), zoneText)
  await writeFile(
    join(folder, 'nsd.conf'),
    `server:
${addresses.map(address => `  ip-address: ${address}@${port}\n`).join('')}  server-count: 1
  username: ""
  chroot: ""
  zonesdir: "${folder}"
  database: ""
  pidfile: "${folder}/pid"
  xfrdfile: "${folder}/xfrd"
  zonelistfile: "${folder}/zones"
  logfile: "${folder}/log"
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: "${zone}"
  zonefile: "zone"
`,
  )
  return startServer('nsd', ['-d', '-c', join(folder, 'nsd.conf')], folder, port, at?.place)
}

export type SignedZone = {
  readonly text: string
  /** The DNSKEY record that a validating resolver has to trust. */
  readonly anchor: string
}

/** The zone with signatures (DNSSEC), made by BIND's programs with a key of its own. */
export async function signZone(zone: string, zoneText: string): Promise<SignedZone> {
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-sign-'))
  const options = { cwd: folder, env: { PATH: SEARCH_PATH } }
  try {
    await writeFile(join(folder, 'zone'), zoneText)
    // One key for everything: this is about the resolver's word, not about how keys are changed.
    await run('dnssec-keygen', ['-a', 'ECDSAP256SHA256', '-f', 'KSK', zone], options)
    await run('dnssec-signzone', ['-S', '-z', '-o', zone, '-f', 'signed', 'zone'], options)
    const keyFile = (await readdir(folder)).find(name => name.endsWith('.key')) ?? ''
    const key = await readFile(join(folder, keyFile), 'utf8')
    const anchor = key.split('\n').find(line => line !== '' && !line.startsWith(';')) ?? ''
    return { text: await readFile(join(folder, 'signed'), 'utf8'), anchor }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export type Unbound = NameServer & { readonly tlsPort: number; readonly httpsPort: number }

export type UnboundOptions = {
  /** Serves DNS over TLS and over HTTPS too. */
  readonly identity?: Identity
  /** Validates the zone with this key. */
  readonly anchor?: string
}

/** unbound, which asks the name server at this port about the zone and says that there is nothing else. */
export async function startUnbound(
  zone: string,
  authority: NameServer,
  { identity, anchor }: UnboundOptions = {},
): Promise<Unbound> {
  const [port = 0, tlsPort = 0, httpsPort = 0] = await freePorts(3)
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-unbound-'))
  const ports = identity === undefined ? [port] : [port, tlsPort, httpsPort]
  const interfaces = ports.flatMap(at => [`  interface: 127.0.0.1@${at}`, `  interface: ::1@${at}`])
  const encrypted =
    identity === undefined
      ? ''
      : `  tls-port: ${tlsPort}\n  https-port: ${httpsPort}\n  tls-service-key: "${folder}/key"\n  tls-service-pem: "${folder}/cert"\n`
  await writeFile(join(folder, 'key'), identity?.key ?? '', { mode: 0o600 })
  await writeFile(join(folder, 'cert'), identity?.cert ?? '')
  await writeFile(
    join(folder, 'unbound.conf'),
    `server:
${interfaces.join('\n')}
  access-control: 127.0.0.0/8 allow
  access-control: ::1 allow
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: "${folder}/pid"
  use-syslog: no
  logfile: "${folder}/log"
  num-threads: 1
  do-not-query-localhost: no
  module-config: "${anchor === undefined ? 'iterator' : 'validator iterator'}"
  local-zone: "." static
  local-zone: "${zone}." transparent
${encrypted}${anchor === undefined ? '' : `  trust-anchor: "${anchor}"\n`}remote-control:
  control-enable: no
stub-zone:
  name: "${zone}"
  stub-addr: 127.0.0.1@${authority.port}
`,
  )
  const server = await startServer('unbound', ['-d', '-c', join(folder, 'unbound.conf')], folder, port)
  return { ...server, tlsPort, httpsPort }
}

async function startServer(
  program: string,
  words: readonly string[],
  folder: string,
  port: number,
  place: Place = HERE,
): Promise<NameServer> {
  const child = place.spawn(program, words)
  const close = async () => {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await place.listening(port, child)
  } catch (error) {
    await close()
    throw error
  }
  return { port, close }
}
