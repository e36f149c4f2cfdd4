import { describe, expect, test } from 'vitest'
import { Account } from '#shared/account/account.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import { judgeReport } from '#shared/finding/present.ts'
import { maskReport } from '#shared/report/mask.ts'
import { openReport } from '#shared/report/open-report.ts'
import { printMarkdown } from '#shared/report/print-markdown.ts'
import { Report } from '#shared/report/report.ts'
import { failedStep, reply, settings } from '../finding/evidence-for-tests.ts'
import { cpuMs } from '../../support/cpu-time.ts'

const LINE = { atMs: 1, connection: 0, from: 'server', encrypted: true, text: '', masked: false } as const
const BOTH = { addresses: true, hosts: true }

function report(): Report {
  const account = Account.parse({
    ...settings({
      host: 'Mail.Corp.example',
      user: 'ann',
      from: 'Ann@corp.example',
      fromName: 'Ann Onym',
      caFile: '/home/ann/ca.pem',
    }),
    id: 'a1',
    name: 'Corp',
  })
  const said =
    '550 5.7.1 <bob@other.example>: host [192.0.2.44] mx7.other.example (2001:db8::44) denies ann@corp.example'
  const steps: Step[] = [
    failedStep('deliver', {
      kind: 'rcpt-refused',
      mailFrom: 'Ann@corp.example',
      recipients: [{ address: 'bob@other.example', reply: reply(said) }],
      signedIn: true,
    }),
  ]
  const line = (text: string) =>
    ({ atMs: 1, connection: 0, from: 'server', encrypted: true, text, masked: false }) as const
  return {
    version: 1,
    id: 'r1',
    startedAt: '2026-11-01T00:00:00.000Z',
    totalMs: 12.4,
    purpose: 'test',
    sendTo: 'bob@other.example',
    program: { name: 'mailwright', version: '0.1.0', platform: 'linux' },
    account,
    steps,
    findings: judgeReport({ account, steps }),
    transcript: [
      line('220 mail.corp.example ESMTP, TLSv1.3'),
      line('EHLO [127.0.0.1]'),
      line(said),
      line('535 user ANN is wrong'),
    ],
  }
}

const FOUND = {
  id: 'deliver-refused',
  class: null,
  severity: 'error',
  step: 'deliver',
  title: '',
  explanation: '',
  evidence: [],
  confidence: 1,
  fixes: [],
} as const

describe('a masked report', () => {
  test('names nobody and no machine, in any of its forms', () => {
    const { report: masked } = maskReport(report(), BOTH)
    for (const text of [JSON.stringify(masked), printMarkdown(masked)]) {
      expect(text).not.toMatch(/corp\.example|other\.example|bob@|\bann\b|Onym|192\.0\.2|2001:db8|\/home/i)
    }
  })

  test('masks the same thing in the same way, however it is written', () => {
    const { report: masked } = maskReport(report(), BOTH)
    expect(masked.transcript[0]?.text).toBe(`220 ${masked.account.host} ESMTP, TLSv1.3`)
    expect(masked.steps[0]?.evidence).toMatchObject({ mailFrom: masked.account.from })
    expect(masked.transcript[3]?.text).toBe(`535 user ${masked.account.user} is wrong`)
  })

  test('keeps what is needed to judge it: codes, versions, this machine itself', () => {
    const { report: masked } = maskReport(report(), BOTH)
    expect(JSON.stringify(masked)).toContain('550')
    expect(masked.transcript[1]?.text).toBe('EHLO [127.0.0.1]')
    expect(masked.findings.map(({ id }) => id)).toEqual(report().findings.map(({ id }) => id))
  })

  test('lists each thing that is masked once, for a look before it is saved', () => {
    const { masked } = maskReport(report(), BOTH)
    expect(masked.filter(({ value }) => value.endsWith('.invalid') || value.startsWith('['))).toEqual([])
    expect(new Set(masked.map(({ value }) => value.toLowerCase())).size).toBe(masked.length)
    expect(masked.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['bob@other.example', 'Ann@corp.example', 'ann', 'Mail.Corp.example', '192.0.2.44']),
    )
  })

  test('leaves what nobody asked to mask', () => {
    const { report: masked } = maskReport(report(), { addresses: true, hosts: false })
    expect(JSON.stringify(masked)).toContain('mx7.other.example')
    expect(JSON.stringify(masked)).not.toContain('bob@other.example')
    expect(maskReport(report(), { addresses: false, hosts: false }).report).toEqual(report())
  })

  test('is a report still, and opens again', () => {
    const { report: masked } = maskReport(report(), BOTH)
    expect(Report.safeParse(masked).success).toBe(true)
    expect(openReport(JSON.stringify(masked))).toMatchObject({ ok: true })
  })

  test.for([
    ['dots', 'a.'.repeat(500_000)],
    ['at signs', 'a@'.repeat(500_000)],
    ['colons', 'a:'.repeat(500_000)],
    ['letters', 'a'.repeat(1_000_000)],
    ['digits and dots', '1.'.repeat(500_000)],
  ] as const)('takes a moment, too, with a million characters of %s', ([, text]) => {
    const long = { ...report(), transcript: [{ ...LINE, text }] }
    expect(cpuMs(() => maskReport(long, BOTH))).toBeLessThan(4_000)
  })
})

describe('a saved report is opened again', () => {
  test('and judged by the rules of today, whatever it said then', () => {
    const old = {
      ...report(),
      findings: [{ ...FOUND, id: 'deliver-once', title: 'What it was called' }],
    }
    const opened = openReport(JSON.stringify(old))
    expect(opened).toMatchObject({ ok: true, value: { saidThen: ['What it was called'] } })
    expect(opened.ok && opened.value.report.findings).toEqual(report().findings)
  })

  test.for([
    ['not JSON', '{'],
    ['another JSON', '{"version":1,"name":"x"}'],
    ['a list', '[]'],
    ['a later format', JSON.stringify({ ...report(), version: 2 })],
  ] as const)('unless it is none: %s', ([, text]) => {
    expect(openReport(text)).toMatchObject({ ok: false, error: expect.stringMatching(/^the file is no/) as string })
  })
})
