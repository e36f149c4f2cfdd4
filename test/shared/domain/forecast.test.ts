import { describe, expect, test } from 'vitest'
import type { DmarcRecord } from '#shared/domain/dmarc.ts'
import { type ForecastFacts, forecastAlignment, type ForecastInput } from '#shared/domain/forecast.ts'
import type { DkimKeyReport } from '#shared/domain/report.ts'
import { NO_PATH, senderPathOf } from '#shared/domain/sender-path.ts'
import type { SpfReport } from '#shared/domain/spf.ts'

const TAGS: DmarcRecord = {
  text: 'v=DMARC1; p=reject',
  p: 'reject',
  sp: null,
  np: null,
  adkim: 'r',
  aspf: 'r',
  psd: 'u',
  testing: false,
  rua: [],
  ruf: [],
  policyFault: false,
  obsolete: [],
  unknown: [],
  faults: [],
}

function spf(record: string | null, more: Partial<SpfReport> = {}): SpfReport {
  const cost =
    record === null
      ? null
      : { domain: 'a.test', term: null, record, fault: null, detail: null, lookups: 1, children: [] }
  const state = record === null ? 'none' : 'one'
  return { state, record, candidates: [], cost, verdict: null, voidTerms: [], type99: [], ...more }
}

function verdict(result: 'pass' | 'fail' | 'softfail'): Pick<SpfReport, 'verdict'> {
  const nothing = { explanation: null, domain: 'a.test', record: null, lookups: 1, voidLookups: 0, trace: [] }
  return { verdict: { ...nothing, result, reason: 'a term' } }
}

function key(selector: string, more: Partial<DkimKeyReport> = {}): DkimKeyReport {
  return {
    selector,
    name: `${selector}._domainkey.a.test`,
    state: 'ok',
    keyType: 'rsa',
    bits: 2048,
    testing: false,
    delegatedTo: null,
    record: 'v=DKIM1; p=…',
    detail: null,
    ...more,
  }
}

const DMARC: ForecastFacts['dmarc'] = {
  state: 'one',
  record: TAGS.text,
  at: 'a.test',
  organizationalDomain: 'a.test',
  policy: 'reject',
  tags: TAGS,
  asked: [],
  destinations: [],
}

function forecast(facts: Partial<ForecastFacts>, more: Partial<ForecastInput> = {}) {
  return forecastAlignment({
    facts: { domain: 'a.test', spf: spf(null), dmarc: DMARC, dkim: [], ptr: null, ...facts },
    from: 'a.test',
    path: NO_PATH,
    signing: null,
    organizations: { 'a.test': 'a.test', 'mail.a.test': 'a.test', 'b.test': 'b.test' },
    ...more,
  })
}

const through = (provider: string, host = '') => senderPathOf({ provider, host }, 'a.test')

describe('the SPF leg', () => {
  test('carries where the address passes and MAIL FROM is the From domain', () => {
    const seen = forecast({ spf: spf('v=spf1 ip4:192.0.2.1 -all', verdict('pass')) })
    expect(seen).toMatchObject({ passes: 'yes', by: ['spf'], spf: { passes: 'yes', aligned: 'yes', carries: 'yes' } })
    expect(seen.summary).toContain('whether DKIM does too is not known')
    const alone = forecast({ spf: spf('v=spf1 -all', verdict('pass')), dkim: [key('s1', { state: 'missing' })] })
    expect(alone.summary).toContain('forwarded mail will fail')
  })

  test.for([
    ['r', 'yes'],
    ['s', 'no'],
  ] as const)('for a subdomain in MAIL FROM and aspf=%s is aligned: %s', ([aspf, aligned]) => {
    const dmarc = { ...DMARC, tags: { ...TAGS, aspf } }
    const seen = forecast({ domain: 'mail.a.test', dmarc, spf: spf('v=spf1 -all', verdict('pass')) })
    expect(seen.spf).toMatchObject({ domain: 'mail.a.test', passes: 'yes', aligned, carries: aligned })
  })

  test.for([
    ['v=spf1 -all', 'no', 'allows nobody'],
    ['v=spf1 +all', 'yes', 'allows everybody'],
  ] as const)('of %s needs no address to be told: %s', ([record, passes, words]) => {
    const seen = forecast({ spf: spf(record) }).spf
    expect(seen).toMatchObject({ passes, why: [expect.stringContaining(words), expect.anything()] })
  })

  test('of another organization says nothing for the From domain', () => {
    const seen = forecast({ domain: 'b.test', spf: spf('v=spf1 -all', verdict('pass')) })
    expect(seen.spf).toMatchObject({ passes: 'yes', aligned: 'no', carries: 'no' })
    expect(seen.spf.change.join(' ')).toContain('Send with an address of a.test')
  })

  test('is not guessed where nobody answered about the organizations', () => {
    const seen = forecast({ domain: 'mail.a.test', spf: spf('v=spf1 -all', verdict('pass')) }, { organizations: {} })
    expect(seen.spf).toMatchObject({ aligned: 'unknown', carries: 'unknown' })
  })

  test.for([
    ['v=spf1 include:_spf.google.com ~all', 'yes'],
    ['v=spf1 include:other.test ~all', 'no'],
    [null, 'no'],
  ] as const)('through Gmail with %s passes: %s', ([record, passes]) => {
    expect(forecast({ spf: spf(record) }, { path: through('gmail') }).spf.passes).toBe(passes)
  })

  test('of Amazon SES speaks for amazonses.com, with a source', () => {
    const seen = forecast({ spf: spf('v=spf1 include:amazonses.com -all') }, { path: through('amazon-ses') })
    expect(seen.spf).toMatchObject({ domain: 'amazonses.com', passes: 'yes', aligned: 'no', carries: 'no' })
    expect(seen.spf.change.join(' ')).toContain('MAIL FROM domain')
    expect(seen.source?.url).toMatch(/^https:\/\/docs\.aws\.amazon\.com/)
  })

  test('is not known without the sending address or a provider', () => {
    expect(forecast({ spf: spf('v=spf1 ip4:192.0.2.1 -all') }).spf.passes).toBe('unknown')
  })

  test('with too many lookups does not pass anywhere', () => {
    const costly = spf('v=spf1 include:_spf.google.com ~all')
    const seen = forecast(
      { spf: { ...costly, cost: costly.cost && { ...costly.cost, lookups: 11 } } },
      { path: through('gmail') },
    )
    expect(seen.spf).toMatchObject({ passes: 'no' })
    expect(seen.spf.why.join(' ')).toContain('11 lookups')
  })
})

describe('the DKIM leg', () => {
  test("carries where the provider's own selector has a key", () => {
    const seen = forecast({ dkim: [key('selector1')] }, { path: through('microsoft-365') })
    expect(seen).toMatchObject({ passes: 'yes', by: ['dkim'], dkim: { domain: 'a.test', carries: 'yes' } })
  })

  test('of Microsoft 365 without a key is signed as onmicrosoft.com, which does not count', () => {
    const seen = forecast({}, { path: through('microsoft-365') })
    expect(seen.dkim).toMatchObject({ domain: 'onmicrosoft.com', passes: 'yes', aligned: 'no', carries: 'no' })
    expect(seen.dkim.change.join(' ')).toContain('Turn DKIM on')
  })

  test('with some key and an unknown signer is not known', () => {
    expect(forecast({ dkim: [key('s1')] }).dkim).toMatchObject({
      passes: 'unknown',
      aligned: 'yes',
      carries: 'unknown',
    })
  })

  test('with a known d= of another organization does not count', () => {
    const seen = forecast({ dkim: [key('s1')] }, { signing: 'b.test' })
    expect(seen.dkim).toMatchObject({ domain: 'b.test', aligned: 'no', carries: 'no' })
  })

  test('with a known d= and a key that is withdrawn fails', () => {
    const seen = forecast({ dkim: [key('s1', { state: 'revoked', bits: null })] }, { signing: 'a.test' })
    expect(seen.dkim).toMatchObject({ passes: 'no', carries: 'no' })
  })

  test('needs no record where the address is the provider’s own', () => {
    const path = senderPathOf({ provider: 'gmail', host: '' }, 'gmail.com')
    const seen = forecast({}, { path, from: 'gmail.com' })
    expect(seen.dkim).toMatchObject({ domain: 'gmail.com', carries: 'yes' })
  })
})

describe('the verdict', () => {
  test.for([
    ['reject', 'asked to refuse it'],
    ['quarantine', 'put it with the spam'],
    ['none', 'do nothing about it but report'],
  ] as const)('of mail that fails under %s says what follows', ([policy, words]) => {
    const seen = forecast({
      dmarc: { ...DMARC, policy },
      spf: spf('v=spf1 -all', verdict('fail')),
      dkim: [key('s1', { state: 'missing' })],
    })
    expect(seen).toMatchObject({ passes: 'no', by: [], policy })
    expect(seen.summary).toContain(words)
  })

  test('without DMARC is left to the receiver', () => {
    const seen = forecast({ dmarc: { ...DMARC, state: 'none', policy: null, tags: null, record: null } })
    expect(seen.policy).toBeNull()
    expect(seen.summary).toContain('no DMARC that applies')
  })

  test("leaves the names of a provider's addresses to the provider, and those of one's own server open", () => {
    const metBy = (path: ForecastInput['path']) =>
      forecast({}, { path }).receivers[0]?.everybody.find(({ text }) => text.startsWith('the sending address'))?.met
    expect(metBy(through('amazon-ses'))).toBe('provider')
    expect(metBy(through('postfix-local'))).toBe('unknown')
    expect(metBy(NO_PATH)).toBe('unknown')
  })

  test('names the rules of the large receivers, with their dates, and what the DNS cannot show', () => {
    const seen = forecast({ spf: spf('v=spf1 -all', verdict('pass')) })
    const gmail = seen.receivers.find(({ id }) => id === 'gmail')
    expect(gmail?.since).toContain('November 2025')
    expect(gmail?.everybody[0]).toEqual({ text: 'SPF or DKIM passes', met: 'yes' })
    expect(gmail?.bulk.rules.find(({ text }) => text === 'DKIM passes')?.met).toBe('unknown')
    expect(gmail?.bulk.rules.find(({ text }) => text.startsWith('one-click'))?.met).toBe('unseen')
    const microsoft = seen.receivers.find(({ id }) => id === 'microsoft')
    expect(microsoft).toMatchObject({ bulk: { perDay: 5000 }, since: expect.stringContaining('2025-05-05') })
  })
})
