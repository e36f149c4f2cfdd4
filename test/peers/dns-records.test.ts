import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rdata, RecordType } from '#engine/dns/record.ts'
import { createResolver } from '#engine/dns/resolver.ts'
import { parseServer, type Server } from '#engine/dns/server.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { createAuthority } from '../support/certificates.ts'
import { type NameServer, startNsd, startUnbound, type Unbound } from './support/name-servers.ts'
import { peerInstalled } from './support/peer.ts'

const ready = peerInstalled('nsd', 'unbound', 'dig')
const run = promisify(execFile)

const HEX = '0123456789abcdef'.repeat(4)
const ZONE = `$ORIGIN lab.test.
$TTL 300
@ SOA ns.lab.test. admin.lab.test. 7 3600 600 86400 60
@ NS ns
@ MX 10 mx1
@ MX 20 mx2.lab.test.
@ TXT "v=spf1 mx -all"
@ TXT "two " "strings; with \\"quotes\\" and \\\\"
@ CAA 0 issue "ca.test"
ns A 127.0.0.1
mx1 A 192.0.2.1
mx1 A 192.0.2.2
mx1 AAAA 2001:db8::1
mx2 AAAA 2001:db8:0:0:1::ffff
alias CNAME mx1
far CNAME outside.example.
_submissions._tcp SRV 0 1 465 mx1
_submission._tcp SRV 10 5 587 mx2
_imaps._tcp SRV 0 0 0 .
_25._tcp.mx1 TLSA 3 1 1 ${HEX}
signed NS ns
signed DS 12345 13 2 ${HEX}
long TXT ${Array.from({ length: 12 }, () => `"${'x'.repeat(250)}"`).join(' ')}
null MX 0 .
odd\\.dot A 192.0.2.9
`

const QUESTIONS: readonly (readonly [name: string, type: RecordType])[] = [
  ['lab.test', 'SOA'],
  ['lab.test', 'NS'],
  ['lab.test', 'MX'],
  ['lab.test', 'TXT'],
  ['lab.test', 'CAA'],
  ['lab.test', 'A'],
  ['mx1.lab.test', 'A'],
  ['mx1.lab.test', 'AAAA'],
  ['mx2.lab.test', 'AAAA'],
  ['alias.lab.test', 'A'],
  ['alias.lab.test', 'CNAME'],
  ['alias.lab.test', 'TXT'],
  ['_submissions._tcp.lab.test', 'SRV'],
  ['_submission._tcp.lab.test', 'SRV'],
  ['_imaps._tcp.lab.test', 'SRV'],
  ['_25._tcp.mx1.lab.test', 'TLSA'],
  ['signed.lab.test', 'DS'],
  ['long.lab.test', 'TXT'],
  ['null.lab.test', 'MX'],
  ['odd\\.dot.lab.test', 'A'],
  ['_tcp.lab.test', 'A'],
  ['nonesuch.lab.test', 'A'],
]

describe.runIf(ready)('ours and dig, against NSD and through unbound', () => {
  let nsd: NameServer
  let unbound: Unbound
  let ca: string
  let caFolder: string
  beforeAll(async () => {
    const authority = await createAuthority()
    ca = authority.pem
    caFolder = await mkdtemp(join(tmpdir(), 'mailwright-dns-'))
    await writeFile(join(caFolder, 'ca.pem'), ca)
    nsd = await startNsd('lab.test', ZONE)
    const identity = await authority.issue({ names: ['dns.lab.test', '127.0.0.1', '::1'] })
    unbound = await startUnbound('lab.test', nsd, { identity })
  })
  afterAll(async () => {
    await unbound.close()
    await nsd.close()
    await rm(caFolder, { recursive: true, force: true })
  })

  const WAYS = ['127.0.0.1', '::1'].flatMap(host => (['udp', 'tcp'] as const).map(transport => ({ host, transport })))

  test.for(WAYS)('agree on every record of NSD at $host over $transport', async ({ host, transport }) => {
    await compareAll({ host, port: nsd.port, transport })
  })

  test.for(WAYS)('agree on every record of unbound at $host over $transport', async ({ host, transport }) => {
    await compareAll({ host, port: unbound.port, transport })
  })

  test.for(['127.0.0.1', '[::1]'])('agree on every record of unbound at %s over TLS', async host => {
    await compareAll(parseServer(`tls://${host}:${unbound.tlsPort}#dns.lab.test`), [ca], join(caFolder, 'ca.pem'))
  })

  test.for(['127.0.0.1', '[::1]'])('agree on every record of unbound at %s over HTTPS', async host => {
    await compareAll(parseServer(`https://${host}:${unbound.httpsPort}/dns-query`), [ca], join(caFolder, 'ca.pem'))
  })

  test('an authoritative server is asked again for the target of a CNAME, and refuses what it does not hold', async () => {
    const resolver = createResolver({ servers: [{ host: '127.0.0.1', port: nsd.port }] })
    const answer = await resolver.lookup('far.lab.test', 'A', new Deadline(5_000))
    expect(answer).toMatchObject({ kind: 'failed', code: 'REFUSED' })
  })
})

async function compareAll(server: Server, extraCas: readonly string[] = [], caFile = ''): Promise<void> {
  const resolver = createResolver({ servers: [server], extraCas })
  for (const [name, type] of QUESTIONS) {
    const answer = await resolver.lookup(name, type, new Deadline(10_000))
    const theirs = await dig(server, caFile, name, type)
    const records = answer.kind === 'found' ? answer.records : []
    const ours = {
      status: answer.kind === 'nxdomain' ? 'NXDOMAIN' : 'NOERROR',
      records: records.map(printRecord).sort(),
    }
    expect({ name, type, ...ours }).toEqual({ name, type, ...theirs })
  }
}

async function dig(server: Server, caFile: string, name: string, type: string) {
  const place = [`@${server.host}`, '-p', String(server.port)]
  const way = server.transport === undefined || server.transport === 'udp' ? [] : [`+${server.transport}`]
  const trust = caFile === '' ? [] : [`+tls-ca=${caFile}`]
  const words = [...place, name, type, '+noall', '+answer', '+comments', '+nocookie', ...way, ...trust]
  const { stdout } = await run('dig', words)
  const records = stdout
    .split('\n')
    .map(line => /^\S+\s+\d+\s+IN\s+(\S+)\s+(.*)$/.exec(line))
    .filter(match => match?.[1] === type)
    .map(match => normalRecord(type, match?.[2] ?? ''))
  return { status: /status: (\w+)/.exec(stdout)?.[1], records: records.sort() }
}

/** dig cuts hex into groups and writes it in capitals. */
function normalRecord(type: string, text: string): string {
  const hex = type === 'TLSA' || type === 'DS' ? /^(\d+ \d+ \d+) (.*)$/.exec(text) : null
  if (hex) return `${hex[1]} ${(hex[2] ?? '').replaceAll(' ', '').toLowerCase()}`
  return type === 'SOA' ? text.split(' ').toSpliced(3, 3).join(' ') : text
}

const PRINTERS: { readonly [T in RecordType]: (data: Rdata[T]) => string } = {
  A: ({ address }) => address,
  AAAA: ({ address }) => address,
  CNAME: ({ target }) => absolute(target),
  NS: ({ target }) => absolute(target),
  PTR: ({ target }) => absolute(target),
  MX: ({ preference, exchange }) => `${preference} ${absolute(exchange)}`,
  TXT: ({ strings }) => strings.map(quoted).join(' '),
  SPF: ({ strings }) => strings.map(quoted).join(' '),
  SRV: ({ priority, weight, port, target }) => `${priority} ${weight} ${port} ${absolute(target)}`,
  SOA: ({ primary, mailbox, serial, minimum }) => `${absolute(primary)} ${absolute(mailbox)} ${serial} ${minimum}`,
  TLSA: ({ usage, selector, matchingType, data }) => `${usage} ${selector} ${matchingType} ${data}`,
  DS: ({ keyTag, algorithm, digestType, digest }) => `${keyTag} ${algorithm} ${digestType} ${digest}`,
  CAA: ({ flags, tag, value }) => `${flags} ${tag} ${quoted(value)}`,
}

function printRecord({ type, data }: { readonly type: RecordType; readonly data: Rdata[RecordType] }): string {
  // A record's data is of the record's own type.
  const print = PRINTERS[type] as (data: Rdata[RecordType]) => string
  return print(data)
}

function absolute(name: string): string {
  return name === '.' ? '.' : `${name}.`
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, character => `\\${character}`)}"`
}
