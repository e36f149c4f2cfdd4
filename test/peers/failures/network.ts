import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccountSettings } from '#shared/account/account.ts'
import { LocateInput } from '#shared/contract/troubleshoot.ts'
import { BlockObservations } from '#shared/diagnosis/block-observations.ts'
import { COMMAND } from '../../support/command-line.ts'
import { startNsd } from '../support/name-servers.ts'
import { createNamespace, type Namespace, type OwnFiles } from '../support/place.ts'
import { startPostfix, type Postfix, type PostfixOptions } from '../support/postfix.ts'
import { Diagnosed } from './diagnosed.ts'

/*
 * Three machines on one: a client, a router and a mail server that also answers for the DNS. The addresses are those of
 * RFC 5737 and RFC 3849, which are nobody's, and no packet leaves the three.
 */
const CLIENT = '198.51.100.2'
/** The client too, with a name that leads elsewhere. */
const NAMELESS = '198.51.100.3'
const CLIENT6 = '2001:db8:1::2'
export const SERVER = '203.0.113.25'
const SERVER6 = '2001:db8:2::25'
/** Another host behind the same router, with a mail server on the same ports. */
const CONTROL = '203.0.113.80'
const NAME_SERVER = '203.0.113.53'

/** Of the locator: enough for every answer that comes at all. */
const LOCATE_MS = 3_000

const PASSWORD = 'correct horse'

/** The whole of the DNS: all that there is, is here. */
const ZONE = `
$ORIGIN .
$TTL 60
@ SOA ns.lab.test. root.lab.test. 1 60 60 60 60
@ NS ns.lab.test.
ns.lab.test A ${NAME_SERVER}
mail.lab.test A ${SERVER}
both.lab.test A ${SERVER}
both.lab.test AAAA ${SERVER6}
six.lab.test AAAA ${SERVER6}
control.lab.test A ${CONTROL}
lab.test MX 10 mail.lab.test.
lab.test TXT "v=spf1 -all"
_dmarc.lab.test TXT "v=DMARC1; p=none"
inside.lab.test A ${SERVER}
client.lab.test A ${CLIENT}
2.100.51.198.in-addr.arpa PTR client.lab.test.
3.100.51.198.in-addr.arpa PTR control.lab.test.
2.100.51.198.listed.test A 127.0.0.2
2.100.51.198.listed.test TXT "a home connection"
2.100.51.198.misread.test A 127.255.255.254
2.100.51.198.misread.test TXT "Error: open resolver"
`

export type Network = {
  readonly client: Namespace
  readonly router: Namespace
  readonly server: Namespace
  readonly postfix: Postfix
  /** What the command says there of an account. */
  diagnose(settings: Partial<AccountSettings>, words?: readonly string[]): Promise<Diagnosed>
  /** What the locator sees there. */
  locate(
    input: Omit<LocateInput, 'controlHost' | 'options'> & Partial<LocateInput>,
    environment?: readonly string[],
  ): Promise<BlockObservations>
  stop(): Promise<void>
}

/** @param hosts what the client's hosts file says beside the DNS */
export async function createNetwork(hosts = '', services: PostfixOptions['services'] = {}): Promise<Network> {
  const folder = await mkdtemp(join(tmpdir(), 'mw-network-'))
  const undo: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const each of undo.toReversed()) await each()
  }
  try {
    const resolver = { 'resolv.conf': `nameserver ${NAME_SERVER}\noptions timeout:1 attempts:1\n` }
    const make = async (label: string, files: OwnFiles) => {
      const namespace = await createNamespace(label, files)
      undo.push(() => namespace.remove())
      return namespace
    }
    const client = await make('client', { ...resolver, hosts: `127.0.0.1 localhost\n${hosts}` })
    const router = await make('router', {})
    const server = await make('server', resolver)
    connect(client, router, server)
    const forwards = ['ipv4/ip_forward', 'ipv6/conf/all/forwarding'].map(path => `echo 1 > /proc/sys/net/${path}`)
    await router.run('sh', ['-c', forwards.join('; ')])
    const nameServer = await startNsd('.', ZONE, { place: server, address: NAME_SERVER })
    undo.push(() => nameServer.close())
    const names = ['mail.lab.test', 'both.lab.test', 'six.lab.test', SERVER, SERVER6]
    const postfix = await startPostfix({
      users: { ada: PASSWORD },
      services,
      place: server,
      identity: authority => authority.issue({ names }),
      settings: { mynetworks: '127.0.0.0/8', smtpd_peername_lookup: 'yes' },
    })
    undo.push(() => postfix.stop())
    return { client, router, server, postfix, ...createCommands(folder, client, postfix.caFile), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The command, and the locator, as they run on the client. */
function createCommands(folder: string, client: Namespace, caFile: string): Pick<Network, 'diagnose' | 'locate'> {
  const home = [`HOME=${folder}`, `MAILWRIGHT_HOME=${folder}`, 'NODE_NO_WARNINGS=1']
  const answerOf = async (words: readonly string[], stdin = ''): Promise<unknown> => {
    const { stdout, stderr } = await client.run('env', [...home, ...words], stdin)
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout)
  }
  let accounts = 0
  return {
    diagnose: async (settings, words = []) => {
      const file = join(folder, `account-${accounts++}.json`)
      const account = { host: 'mail.lab.test', from: 'ada@lab.test', timeoutSeconds: 2, ...settings }
      await writeFile(file, JSON.stringify(account))
      const line = [...COMMAND, 'diagnose', '--account-file', file, '--json', '--ca', caFile, ...words]
      return settings.user === undefined || settings.user === null
        ? Diagnosed.parse(await answerOf(line))
        : Diagnosed.parse(await answerOf([...line, '--password-stdin'], `${PASSWORD}\n`))
    },
    locate: async (input, environment = []) => {
      const question = LocateInput.parse({ options: { timeoutMs: LOCATE_MS }, ...input })
      const script = join(import.meta.dirname, 'locate-there.ts')
      const line = [...environment, process.execPath, script, JSON.stringify(question)]
      return BlockObservations.parse(await answerOf(line))
    },
  }
}

function connect(client: Namespace, router: Namespace, server: Namespace): void {
  client.configure(
    `link add c0 type veth peer name r0 netns ${router.name}`,
    `addr add ${CLIENT}/24 dev c0`,
    `addr add ${NAMELESS}/24 dev c0`,
    `addr add ${CLIENT6}/64 dev c0 nodad`,
    'link set lo up',
    'link set c0 up',
  )
  server.configure(
    `link add s0 type veth peer name r1 netns ${router.name}`,
    ...[SERVER, CONTROL, NAME_SERVER].map(address => `addr add ${address}/24 dev s0`),
    `addr add ${SERVER6}/64 dev s0 nodad`,
    'link set lo up',
    'link set s0 up',
  )
  router.configure(
    'addr add 198.51.100.1/24 dev r0',
    'addr add 2001:db8:1::1/64 dev r0 nodad',
    'addr add 203.0.113.1/24 dev r1',
    'addr add 2001:db8:2::1/64 dev r1 nodad',
    'link set lo up',
    'link set r0 up',
    'link set r1 up',
  )
  client.configure('route add default via 198.51.100.1', 'route add default via 2001:db8:1::1')
  server.configure('route add default via 203.0.113.1', 'route add default via 2001:db8:2::1')
}
