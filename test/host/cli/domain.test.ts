import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { OptionValues } from '#host/cli/command.ts'
import { domain } from '#host/cli/domain.ts'
import { DomainReport } from '#shared/domain/report.ts'
import { runCommand } from '../../support/run-command.ts'
import { withZone } from '../../support/with-zone.ts'
import type { Zone } from '../../support/zone-server.ts'

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ format: 'der', type: 'spki' })
  .toString('base64')

const PERFECT: Zone = {
  'good.test': [
    ['MX', [10, 'mx.good.test']],
    ['TXT', 'v=spf1 mx -all'],
    ['TXT', 'other=1'],
  ],
  'mx.good.test': [['A', '192.0.2.10']],
  '10.2.0.192.in-addr.arpa': [['PTR', 'mx.good.test']],
  '_dmarc.good.test': [['TXT', 'v=DMARC1; p=reject; rua=mailto:dmarc@good.test']],
  's1._domainkey.good.test': [['TXT', `v=DKIM1; k=rsa; p=${KEY}`]],
  '_smtp._tls.good.test': [['TXT', 'v=TLSRPTv1; rua=mailto:tls@good.test']],
}

async function runDomain(name: string, zone: Zone, options: OptionValues = {}) {
  const { server } = await withZone(zone)
  const result = await runCommand(domain, [name], { dns: `${server.host}:${server.port}`, ...options })
  return { result, report: DomainReport.parse(result.json), questions: server.questions }
}

describe('a domain where everything is right', () => {
  test('has no findings and nothing to change', async () => {
    const { result, report } = await runDomain('Good.Test', PERFECT, { ip: '192.0.2.10', selector: ['s1'] })
    expect(result).toMatchObject({ exit: 0, error: null })
    expect(report.findings).toEqual([])
    expect(report.changes).toEqual([])
    expect(report).toMatchObject({
      domain: 'good.test',
      mx: { state: 'found', hosts: [{ host: 'mx.good.test', addresses: ['192.0.2.10'], state: 'ok' }] },
      spf: { state: 'one', cost: { lookups: 1 }, verdict: { result: 'pass' } },
      dmarc: { state: 'one', at: 'good.test', policy: 'reject' },
      dkim: [{ selector: 's1', state: 'ok', bits: 2048 }],
      ptr: { confirmed: true, generic: false },
      tlsRpt: { state: 'ok' },
      blocklists: null,
    })
  })

  test('no blocklist is asked unless it was wanted', async () => {
    const { questions } = await runDomain('good.test', PERFECT, { ip: '192.0.2.10' })
    expect(questions.filter(question => /spamhaus|spamcop|surriel/.test(question))).toEqual([])
  })
})

test('a domain that does not exist exits 68, with the shape filled', async () => {
  const { result, report } = await runDomain('nonesuch.test', { 'other.test': [['A', '192.0.2.1']] })
  expect(result).toMatchObject({ exit: 68, error: { code: 'host-unknown' } })
  expect(report.findings.map(({ id }) => id)).toEqual(['domain-not-found'])
})

test('a resolver that fails exits 75 and nothing is called missing', async () => {
  const failing: Zone = Object.fromEntries(
    ['good.test', '_dmarc.good.test', '_dmarc.test'].map(name => [name, [['RCODE', 2]]]),
  )
  const { result, report } = await runDomain('good.test', failing)
  expect(result).toMatchObject({ exit: 75, error: { code: 'resolver-failed' } })
  expect(report.findings.map(({ id }) => id)).not.toContain('domain-spf-missing')
})

test('a listing is an error, and a list that refuses the resolver is not a listing', async () => {
  const zone: Zone = {
    ...PERFECT,
    '10.2.0.192.zen.spamhaus.org': [['A', '127.255.255.254']],
    '10.2.0.192.bl.spamcop.net': [['A', '127.0.0.2']],
  }
  const { report } = await runDomain('good.test', zone, { ip: '192.0.2.10', blocklists: true })
  expect(report.blocklists?.map(({ list, state }) => `${list} ${state}`)).toEqual([
    'zen.spamhaus.org cannot-tell',
    'bl.spamcop.net listed',
    'psbl.surriel.com not-listed',
    'dbl.spamhaus.org not-listed',
  ])
  const ids = report.findings.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining(['domain-blocklisted', 'domain-blocklist-silent']))
})

test('an address is domain and From at once, and the forecast says which leg carries DMARC', async () => {
  const { result, report } = await runDomain('Ann@Good.Test', PERFECT, { ip: '192.0.2.10', signing: 'good.test' })
  expect(report.domain).toBe('good.test')
  expect(result.json).toMatchObject({ forecast: { from: 'good.test', passes: 'yes', by: ['spf', 'dkim'] } })
  expect(result.text).toContain('Mail from good.test will pass DMARC: SPF and DKIM both carry it.')
})

test('a From domain of somebody else is told, and what could carry its mail', async () => {
  const zone: Zone = { ...PERFECT, '_dmarc.other.test': [['TXT', 'v=DMARC1; p=reject; rua=mailto:d@other.test']] }
  const { result, report } = await runDomain('good.test', zone, { from: 'ann@other.test', ip: '192.0.2.10' })
  expect(report.findings.map(({ id }) => id).toSorted()).toEqual(['domain-dkim-none-seen', 'domain-from-not-aligned'])
  expect(result.json).toMatchObject({ forecast: { from: 'other.test', spf: { passes: 'yes', aligned: 'no' } } })
})

test('an account in a file decides the forecast', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mailwright-domain-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'ses.json')
  await writeFile(file, JSON.stringify({ host: 'email-smtp.eu-west-1.amazonaws.com', from: 'ann@good.test' }))
  const { result } = await runDomain('good.test', PERFECT, { 'account-file': file })
  expect(result.json).toMatchObject({
    forecast: { provider: 'Amazon SES', spf: { domain: 'amazonses.com', carries: 'no' } },
  })
})

test('the plan is printed as lines of a zone file, with the text for whoever holds the address', async () => {
  const zone: Zone = { ...PERFECT, '10.2.0.192.in-addr.arpa': [], 'good.test': [['TXT', 'v=spf1 ip4:192.0.2.10 +all']] }
  const { result } = await runDomain('good.test', zone, { ip: '192.0.2.10' })
  expect(result.text).toContain(
    '\n; good.test. IN TXT "v=spf1 ip4:192.0.2.10 +all"\ngood.test. IN TXT "v=spf1 ip4:192.0.2.10 ~all"\n',
  )
  expect(result.text).toContain('Please set the reverse DNS (PTR) of 192.0.2.10 to mail.good.test.')
})

test('an operand that is no name is bad input', async () => {
  await expect(runDomain('a..b', {})).rejects.toMatchObject({ code: 'bad-input' })
})
