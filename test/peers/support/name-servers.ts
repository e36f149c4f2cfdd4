import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ended, freePorts, listening, SEARCH_PATH } from './peer.ts'

export type NameServer = { readonly port: number; close(): Promise<void> }

/** NSD with one zone, on 127.0.0.1 and ::1 at the same port. */
export async function startNsd(zone: string, zoneText: string): Promise<NameServer> {
  const [port = 0] = await freePorts(1)
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-nsd-'))
  await writeFile(join(folder, 'zone'), zoneText)
  await writeFile(
    join(folder, 'nsd.conf'),
    `server:
  ip-address: 127.0.0.1@${port}
  ip-address: ::1@${port}
  server-count: 1
  username: ""
  chroot: ""
  zonesdir: "${folder}"
  database: ""
  pidfile: "${folder}/pid"
  xfrdfile: "${folder}/xfrd"
  zonelistfile: "${folder}/zones"
  logfile: "${folder}/log"
remote-control:
  control-enable: no
zone:
  name: "${zone}"
  zonefile: "zone"
`,
  )
  return startServer('nsd', ['-d', '-c', join(folder, 'nsd.conf')], folder, port)
}

/** unbound, which asks the name server at this port about the zone and nobody about anything else. */
export async function startUnbound(zone: string, authority: NameServer): Promise<NameServer> {
  const [port = 0] = await freePorts(1)
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-unbound-'))
  await writeFile(
    join(folder, 'unbound.conf'),
    `server:
  interface: 127.0.0.1@${port}
  interface: ::1@${port}
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
  module-config: "iterator"
  local-zone: "test." nodefault
remote-control:
  control-enable: no
stub-zone:
  name: "${zone}"
  stub-addr: 127.0.0.1@${authority.port}
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@1
`,
  )
  return startServer('unbound', ['-d', '-c', join(folder, 'unbound.conf')], folder, port)
}

async function startServer(
  program: string,
  words: readonly string[],
  folder: string,
  port: number,
): Promise<NameServer> {
  const child = spawn(program, words, { stdio: 'ignore', env: { PATH: SEARCH_PATH } })
  const close = async () => {
    await ended(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await listening({ port }, child)
  } catch (error) {
    await close()
    throw error
  }
  return { port, close }
}
