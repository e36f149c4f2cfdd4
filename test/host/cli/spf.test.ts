import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { OptionValues } from '#host/cli/command.ts'
import { spf } from '#host/cli/spf.ts'
import { createAuthority } from '../../support/certificates.ts'
import { startDnsOverTls } from '../../support/dns-over-tls.ts'
import { runCommand } from '../../support/run-command.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

const ZONE: Zone = {
  'example.test': [['TXT', 'v=spf1 include:_spf.example.test -all exp=why.example.test']],
  '_spf.example.test': [['TXT', 'v=spf1 ip4:192.0.2.0/24']],
  'why.example.test': [['TXT', '%{i} may not send for %{d}']],
}

async function runSpf(options: OptionValues, zone: Zone = ZONE) {
  const { server } = await withZone(zone)
  return runCommand(spf, [], { dns: `${server.host}:${server.port}`, ...options })
}

test('a pass is printed with the tree of terms and their cost', async () => {
  const run = await runSpf({ ip: '192.0.2.7', sender: 'ann@example.test', helo: 'mx.example.test' })
  expect(run).toMatchObject({ exit: 0, error: null })
  expect(run.json).toEqual({
    result: 'pass',
    explanation: null,
    domain: 'example.test',
    record: 'v=spf1 include:_spf.example.test -all exp=why.example.test',
    lookups: 1,
    voidLookups: 0,
    trace: [
      expect.objectContaining({
        mechanism: 'include',
        matched: true,
        lookups: 1,
        children: [expect.objectContaining({ mechanism: 'ip4', matched: true, lookups: 0 })],
      }),
      expect.objectContaining({ mechanism: 'all', matched: null }),
    ],
  })
})

test('a fail carries the expanded explanation and still exits 0', async () => {
  const run = await runSpf({ ip: '198.51.100.1', sender: 'ann@example.test' })
  expect(run).toMatchObject({ exit: 0, json: { result: 'fail' } })
  expect(run.json).toMatchObject({ explanation: '198.51.100.1 may not send for example.test' })
})

test.for(['', '<>'])('the null sender %j is postmaster at the HELO name', async sender => {
  const run = await runSpf({ ip: '192.0.2.7', sender, helo: 'example.test' })
  expect(run).toMatchObject({ exit: 0, json: { result: 'pass', domain: 'example.test' } })
})

test('a resolver that fails is temperror with exit 0', async () => {
  const run = await runSpf({ ip: '192.0.2.7', sender: 'ann@example.test' }, { 'example.test': [['RCODE', 2]] })
  expect(run).toMatchObject({ exit: 0, error: null, json: { result: 'temperror' } })
})

test('an encrypted resolver is trusted by the CA that is named', async () => {
  const { server } = await withZone(ZONE)
  const authority = await createAuthority()
  const over = await startDnsOverTls(server.port, await authority.issue({ names: ['127.0.0.1'] }))
  onTestFinished(() => over.close())
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-spf-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'ca.pem'), authority.pem)
  const options = { ip: '192.0.2.7', sender: 'ann@example.test', dns: `tls://127.0.0.1:${over.port}` }
  expect(await runSpf(options)).toMatchObject({ json: { result: 'temperror' } })
  expect(await runSpf({ ...options, ca: join(folder, 'ca.pem') })).toMatchObject({ json: { result: 'pass' } })
})

test.each([
  ['package.json', 'bad-input'],
  ['no-such-file.pem', 'file-missing'],
  ['test', 'io'],
])('a CA file that is none is said and not passed over: %s is %s', async (ca, code) => {
  const options = { ip: '192.0.2.7', sender: 'ann@example.test', ca }
  await expect(runSpf(options)).rejects.toMatchObject({ code, field: '--ca' })
})

test('an address that is none is bad input, a missing one is wrong usage', async () => {
  await expect(runSpf({ ip: '192.0.2', sender: 'ann@example.test' })).rejects.toMatchObject({ code: 'bad-input' })
  await expect(runSpf({ sender: 'ann@example.test' })).rejects.toMatchObject({ code: 'usage' })
})

test('control characters of a record do not reach the terminal', async () => {
  const run = await runSpf({ ip: '192.0.2.7', sender: 'a@evil.test' }, { 'evil.test': [['TXT', 'v=spf1 a:\x1b[2Jx']] })
  expect(run).toMatchObject({ json: { result: 'permerror' } })
  expect(run.text).not.toContain('\x1b')
})
