import { describe, expect, test } from 'vitest'
import type { AccountSettings } from '#shared/account/account.ts'
import type { TlsLimits } from '#shared/account/tls-limits.ts'
import type { EncryptEvidence } from '#shared/diagnosis/evidence.ts'
import type { ServerDane, StapledStatus, TlsFacts, TlsVersion } from '#shared/diagnosis/tls-facts.ts'
import type { FindingId } from '#shared/finding/catalogue.ts'
import { judge } from '#shared/finding/judge.ts'
import { present } from '#shared/finding/present.ts'
import { judgeTlsVersions } from '#shared/finding/rules/tls-versions.ts'
import { applyFix } from '#shared/fix/apply-fix.ts'
import { NO_CAPABILITIES } from '#shared/smtp/parse-capabilities.ts'
import { doneStep, failedStep, settings, tls } from '../evidence-for-tests.ts'

const USUAL: TlsLimits = { min: '1.2', max: '1.3', ciphers: null }

type Failed = Extract<EncryptEvidence, { kind: 'handshake-failed' }>

function failed(limits: TlsLimits, spoken: Failed['withoutLimits'], changed: Partial<AccountSettings> = {}) {
  const fault = {
    kind: 'protocol-version',
    code: 'ERR_SSL_UNSUPPORTED_PROTOCOL',
    message: 'unsupported protocol',
  } as const
  const seen: Failed = {
    kind: 'handshake-failed',
    mode: 'starttls',
    fault,
    before: null,
    limits,
    withoutLimits: spoken,
  }
  const account = settings(changed)
  const steps = [failedStep('encrypt', seen)]
  return { account, findings: present(judge({ account, steps }), { account, steps }) }
}

describe('a handshake that failed by its limits alone', () => {
  test('the usual floor: the version that the server has, and the setting that lets it in', () => {
    const { account, findings } = failed(USUAL, { protocol: 'TLSv1.1', cipher: 'ECDHE-RSA-AES256-SHA' })
    const [found] = findings
    const id: FindingId = 'encrypt-below-floor'
    expect(found).toMatchObject({ id, class: 'tls-protocol-too-old', severity: 'error' })
    expect(found?.title).toBe('The server speaks only TLS 1.1, which is older than asked for')
    expect(found?.evidence).toEqual([
      'asked for at least TLS 1.2: unsupported protocol',
      'without limits: TLSv1.1 ECDHE-RSA-AES256-SHA',
    ])
    const [cure] = found?.fixes ?? []
    expect(cure && applyFix(account, cure)).toMatchObject({ tlsMin: '1.1' })
    expect(found?.fixes.map(({ kind }) => kind)).toEqual(['settings', 'command', 'command', 'ask'])
  })

  test('a floor of the account above what the server has goes back to the usual one', () => {
    const { account, findings } = failed(
      { ...USUAL, min: '1.3' },
      { protocol: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256' },
      { tlsMin: '1.3' },
    )
    const cure = findings[0]?.fixes[0]
    expect(cure && applyFix(account, cure)).toMatchObject({ tlsMin: null })
  })

  test('a ceiling, which only the priorities of msmtp can set', () => {
    const { account, findings } = failed(
      { ...USUAL, max: '1.2' },
      { protocol: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256' },
      { priorities: 'NORMAL:-VERS-TLS1.3' },
    )
    const id: FindingId = 'encrypt-above-ceiling'
    expect(findings[0]).toMatchObject({ id })
    const cure = findings[0]?.fixes[0]
    expect(cure && applyFix(account, cure)).toMatchObject({ priorities: null })
  })

  test('a cipher list that the server shares nothing with', () => {
    const limits = { ...USUAL, ciphers: 'AES256-SHA' }
    const { account, findings } = failed(limits, { protocol: 'TLSv1.2', cipher: 'X' }, { ciphers: 'AES256-SHA' })
    const id: FindingId = 'encrypt-ciphers-excluded'
    expect(findings[0]).toMatchObject({ id, class: 'tls-no-shared-cipher-or-weak-dh' })
    const cure = findings[0]?.fixes[0]
    expect(cure && applyFix(account, cure)).toMatchObject({ ciphers: null })
  })

  test.each([null, undefined])('not proved (%s): what is said is what the handshake itself says', spoken => {
    expect(failed(USUAL, spoken).findings[0]?.id).toBe('encrypt-protocol-too-old')
  })
})

function encrypted(changed: Partial<TlsFacts>, account: Partial<AccountSettings> = {}) {
  const step = doneStep('encrypt', {
    kind: 'encrypted',
    tls: tls(changed),
    before: null,
    after: NO_CAPABILITIES,
    greeting: null,
    heloOnly: false,
    injectedOctets: 0,
  })
  const input = { account: settings(account), steps: [step] }
  return present(judge(input), input)
}

const staple = (status: StapledStatus['status'], nextUpdate = '2026-11-03T00:00:00.000Z'): Partial<TlsFacts> => ({
  ocsp: { status, thisUpdate: '2026-10-30T00:00:00.000Z', nextUpdate },
})
const [leaf] = tls().chain
const mustStaple = leaf === undefined ? [] : [{ ...leaf, mustStaple: true }]

describe('the stapled answer of the CA', () => {
  test.each<[string, Partial<TlsFacts>, readonly FindingId[]]>([
    ['good', staple('good'), []],
    ['none, and none is demanded', { ocsp: null }, []],
    ['nobody looked, as in a report of before', { chain: mustStaple }, []],
    ['demanded and there', { ...staple('good'), chain: mustStaple }, []],
    ['demanded and not there', { ocsp: null, chain: mustStaple }, ['encrypt-staple-missing']],
    ['out of date when it was shown', staple('good', '2026-10-31T23:59:59.000Z'), ['encrypt-staple-stale']],
    ['about another certificate', staple('other-certificate'), ['encrypt-staple-useless']],
    ['no OCSP at all', staple('unreadable'), ['encrypt-staple-useless']],
  ])('%s', (_, facts, ids) => {
    const findings = encrypted(facts)
    expect(findings.map(({ id }) => id)).toEqual(ids)
    for (const found of findings) expect(found).toMatchObject({ severity: 'warning' })
  })

  test.each(['unknown', 'no-answer'] as const)('%s is passed over by programs, and only noted here', status => {
    expect(encrypted(staple(status))).toMatchObject([{ id: 'encrypt-staple-useless', severity: 'info' }])
  })
})

const dane = (
  state: ServerDane['state'],
  matches: boolean | null,
  records = ['3 1 1 aa', '2 1 1 bb'],
): Partial<TlsFacts> => ({
  dane: { name: '_25._tcp.mail.example.com', state, records, matches, wanted: '3 1 1 cc' },
})

describe('what DNS says about the certificate', () => {
  test.each<[string, Partial<TlsFacts>, readonly FindingId[]]>([
    ['a signed record about it', dane('ok', true), []],
    ['signed records about another', dane('ok', false), ['encrypt-dane-mismatch']],
    ['signed records of no use', dane('unusable', null), ['encrypt-dane-unusable']],
    ['records that are not signed', dane('unsigned', null), ['encrypt-dane-unsigned']],
    ['no records', dane('none', null, []), []],
    ['not told in time', dane('unknown', null, []), []],
    ['no name to ask for', { dane: null }, []],
  ])('%s', (_, facts, ids) => {
    expect(encrypted(facts).map(({ id }) => id)).toEqual(ids)
  })

  test('a certificate that is not trusted, and that a signed record vouches for: both are told', () => {
    const [found] = encrypted({ trusted: false, distrust: 'self-signed', reason: 'self-signed', ...dane('ok', true) })
    expect(found?.id).toBe('encrypt-certificate-self-signed')
    expect(found?.evidence.at(-1)).toContain('vouches for this certificate (DANE)')
  })

  test('the record that would be right is offered in the place of the others', () => {
    const fix = encrypted(dane('ok', false))[0]?.fixes.find(({ kind }) => kind === 'dns')
    expect(fix).toMatchObject({
      changes: [
        { action: 'replace', name: '_25._tcp.mail.example.com', type: 'TLSA', value: '3 1 1 cc', replaces: '3 1 1 aa' },
        { action: 'remove', value: '2 1 1 bb' },
      ],
    })
  })
})

test('a certificate that is pinned by SHA-1 or MD5 gets its SHA-256 in place of that', () => {
  const id: FindingId = 'encrypt-pin-weak'
  for (const octets of [20, 16]) {
    const account = settings({ fingerprint: Array.from({ length: octets }, () => 'AB').join(':') })
    const [found] = encrypted({}, account)
    expect(found).toMatchObject({ id, severity: 'warning' })
    const cure = found?.fixes[0]
    expect(cure && applyFix(account, cure).fingerprint).toBe('AA:BB')
  }
  expect(encrypted({}, { fingerprint: Array.from({ length: 32 }, () => 'AB').join(':') })).toEqual([])
})

describe('the versions that a server accepts', () => {
  const EC = { sha256: 'AA', issuer: 'CN=R1', keyType: 'EC' }
  const tried = (accepted: string, certificates: readonly TlsVersion['certificate'][] = []): TlsVersion[] =>
    (['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const).map((version, index) => ({
      version,
      outcome: accepted[index] === '+' ? 'accepted' : accepted[index] === '-' ? 'refused' : 'unknown',
      cipher: null,
      detail: null,
      certificate: certificates[index] ?? null,
    }))

  test.each<[string, readonly FindingId[]]>([
    ['--++', []],
    ['--+-', []],
    ['++++', ['encrypt-old-versions-accepted']],
    ['-+?+', ['encrypt-old-versions-accepted']],
    ['++--', ['encrypt-no-modern-tls']],
    ['+-??', ['encrypt-old-versions-accepted']],
    ['---+', ['encrypt-only-tls-1-3']],
    ['??-+', []],
    ['????', []],
  ])('%s', (accepted, ids) => {
    expect(judgeTlsVersions(tried(accepted), EC).map(({ id }) => id)).toEqual(ids)
  })

  test.each<[string, readonly TlsVersion['certificate'][], readonly FindingId[]]>([
    ['the same each time', [null, null, EC, EC], []],
    ['another one of the same kind', [null, null, EC, { ...EC, sha256: 'BB' }], ['encrypt-certificate-changes']],
    ['one for each kind of key', [null, null, { ...EC, sha256: 'BB', keyType: 'RSA' }, EC], []],
  ])('a certificate that is %s', (_, certificates, ids) => {
    expect(judgeTlsVersions(tried('--++', certificates), EC).map(({ id }) => id)).toEqual(ids)
  })
})

test('a report of before these things were looked at is judged without them', () => {
  expect(encrypted({})).toEqual([])
})
