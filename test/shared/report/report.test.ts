import { describe, expect, test } from 'vitest'
import { Account } from '#shared/account/account.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import { judgeReport } from '#shared/finding/present.ts'
import { compareReports } from '#shared/report/compare.ts'
import { printHtml } from '#shared/report/print-html.ts'
import { printMarkdown } from '#shared/report/print-markdown.ts'
import { Report } from '#shared/report/report.ts'
import { failedStep, reply, settings } from '../finding/evidence-for-tests.ts'

const EVIL = '<script>alert(1)</script>"\'`````\u001b[31m|&amp;'

function report(changed: Partial<Account> = {}, said = `550 5.1.1 User unknown ${EVIL}`): Report {
  const account = Account.parse({ ...settings(changed), id: 'a1', name: changed.name ?? EVIL.replace('\u001b', '') })
  const steps: Step[] = [
    failedStep('deliver', {
      kind: 'rcpt-refused',
      mailFrom: 'ann@example.com',
      recipients: [{ address: 'bob@example.net', reply: reply(said) }],
      signedIn: true,
    }),
  ]
  return {
    version: 1,
    id: 'r1',
    startedAt: '2026-11-01T00:00:00.000Z',
    totalMs: 12.4,
    purpose: 'test',
    sendTo: null,
    program: { name: 'Mailwright', version: '0.1.0', platform: 'linux x64' },
    account,
    steps,
    findings: judgeReport({ account, steps }),
    transcript: [{ atMs: 1, connection: 0, from: 'server', encrypted: true, text: said, masked: false }],
  }
}

describe('as HTML', () => {
  test('nothing that a server or a person wrote becomes markup', () => {
    const html = printHtml(report())
    expect(html).not.toMatch(/<script/i)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).not.toContain('\u001b')
  })

  test('it runs no script, loads nothing, and says so in a policy', () => {
    const html = printHtml(report())
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(html).not.toMatch(/<(?:script|img|link|iframe|object|form|a)\b| on\w+=|javascript:/i)
  })
})

test('what was tried stands in every form of it', () => {
  const tried = [{ label: 'Use <b>port 465</b>', helped: false }]
  expect(printMarkdown({ ...report(), tried })).toContain('Use \\<b\\>port 465\\</b\\>: did not help')
  expect(printHtml({ ...report(), tried })).toContain('Use &lt;b&gt;port 465&lt;/b&gt;: did not help')
  expect(Report.safeParse({ ...report(), tried }).success).toBe(true)
})

describe('as Markdown', () => {
  test('a code block cannot be ended from inside', () => {
    const markdown = printMarkdown(report())
    expect(markdown).toContain('``````text')
    expect(markdown).not.toContain('\u001b')
  })

  test('outside of code blocks no HTML and no table cell is opened by a text', () => {
    const outside = printMarkdown(report()).replace(/^ *(`{3,})text\n[\s\S]*?^ *\1$/gm, '')
    expect(outside).not.toMatch(/(?<!\\)<script/)
    expect(outside).toContain(String.raw`\<script\>`)
  })
})

test('a report that went through JSON is judged the same', () => {
  const saved = Report.parse(JSON.parse(JSON.stringify(report())))
  expect(judgeReport(saved)).toEqual(report().findings)
})

describe('two runs compared', () => {
  test('show the settings that differ, and nothing for times and ids', () => {
    const before = report({}, '550 5.1.1 User unknown 37sm10841002wrc.96')
    const after = report({ port: 465, security: 'tls' }, '550 5.1.1 User unknown 91ab20842001qrc.12')
    const changes = compareReports(before, { ...after, totalMs: 99 })
    expect(changes.settings).toEqual([
      { field: 'port', before: 587, after: 465 },
      { field: 'security', before: 'starttls', after: 'tls' },
    ])
    expect(changes.steps).toEqual([])
    expect(changes.findings).toEqual({ gone: [], appeared: [] })
  })

  test('show what is seen anew', () => {
    const changes = compareReports(report(), report({}, '450 4.2.0 Greylisted'))
    expect(changes.steps).toMatchObject([{ id: 'deliver', stateChanged: false, evidenceChanged: true }])
    expect(changes.findings.gone.map(({ id }) => id)).toEqual(['deliver-recipient-unknown'])
    expect(changes.findings.appeared.map(({ id }) => id)).toEqual(['deliver-greylisted'])
  })
})
