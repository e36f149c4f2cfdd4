import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccountSettings } from '#shared/account/account.ts'
import { LocateInput } from '#shared/contract/troubleshoot.ts'
import { BlockObservations } from '#shared/diagnosis/block-observations.ts'
import { COMMAND } from '../../support/command-line.ts'
import { startNsd, type NameServer } from '../support/name-servers.ts'
import { createNamespace, type Namespace } from '../support/place.ts'
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
export async function createNetwork(hosts = '', postfixOptions: PostfixOptions = {}): Promise<Network> {
  const folder = await mkdtemp(join(tmpdir(), 'mw-network-'))
  const resolver = { 'resolv.conf': `nameserver ${NAME_SERVER}\noptions timeout:1 attempts:1\n` }
  const client = await createNamespace('client', { ...resolver, hosts: `127.0.0.1 localhost\n${hosts}` })
  const router = await createNamespace('router')
  const server = await createNamespace('server', resolver)
  connect(client, router, server)
  await router.run('sh', [
    '-c',
    'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding',
  ])
  const nameServer: NameServer = await startNsd('.', ZONE, { place: server, address: NAME_SERVER })
  const postfix = await startPostfix({
    users: { ada: PASSWORD },
    ...postfixOptions,
    place: server,
    identity: authority =>
      authority.issue({ names: ['mail.lab.test', 'both.lab.test', 'six.lab.test', SERVER, SERVER6] }),
    settings: { mynetworks: '127.0.0.0/8', smtpd_peername_lookup: 'yes', ...postfixOptions.settings },
  })
  const home = [`HOME=${folder}`, `MAILWRIGHT_HOME=${folder}`, 'NODE_NO_WARNINGS=1']
  let accounts = 0
  return {
    client,
    router,
    server,
    postfix,
    diagnose: async (settings, words = []) => {
      const file = join(folder, `account-${accounts++}.json`)
      await writeFile(
        file,
        JSON.stringify({ host: 'mail.lab.test', from: 'ada@lab.test', timeoutSeconds: 2, ...settings }),
      )
      const signsIn = settings.user === undefined || settings.user === null ? [] : ['--password-stdin']
      const line = [...home, ...COMMAND, 'diagnose', '--account-file', file, '--json', '--ca', postfix.caFile]
      const { stdout, stderr } = await client.run('env', [...line, ...signsIn, ...words], `${PASSWORD}\n`)
      if (stdout === '') throw new Error(stderr)
      return Diagnosed.parse(JSON.parse(stdout))
    },
    locate: async (input, environment = []) => {
      const script = join(import.meta.dirname, 'locate-there.ts')
      const words = [
        ...home,
        ...environment,
        process.execPath,
        script,
        JSON.stringify(LocateInput.parse({ options: { timeoutMs: LOCATE_MS }, ...input })),
      ]
      const { stdout, stderr } = await client.run('env', words)
      if (stdout === '') throw new Error(stderr)
      return BlockObservations.parse(JSON.parse(stdout))
    },
    stop: async () => {
      await postfix.stop()
      await nameServer.close()
      for (const each of [client, router, server]) await each.remove()
      await rm(folder, { recursive: true, force: true })
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
