import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunInput } from '#shared/contract/run.ts'
import type { PracticeStatus } from '#shared/contract/practice.ts'
import type { Report } from '#shared/report/report.ts'
import { verdictOf } from '#shared/report/report.ts'
import { createServices, type Services } from '#host/compose.ts'
import { practiceFaults } from '#service/practice/faults.ts'
import { collect, reportIn } from '../support/services.ts'
import { PRACTICE_CASES, type PracticeCase } from './practice-cases.ts'

describe('a practice fault is diagnosed, and its first settings fix cures', () => {
  let services: Services
  let practice: PracticeStatus
  const bugs: string[] = []
  const home = mkdtempSync(join(tmpdir(), 'mailwright-test-'))

  beforeAll(async () => {
    services = await createServices({
      door: 'cli',
      env: { HOME: home, MAILWRIGHT_HOME: home },
      log: line => bugs.push(line),
    })
    practice = await services.client.practice.start()
  })
  afterAll(async () => {
    await services.close()
    rmSync(home, { recursive: true, force: true })
    expect(bugs).toEqual([])
  })

  async function accountFor({ via = 'starttls', change = {}, byName }: PracticeCase): Promise<string> {
    const endpoint = practice.smtp.find(({ security }) => security === via) ?? null
    const { account } = await services.client.practice.createAccount({ endpoint })
    const host = byName ? { host: `mail.${practice.domain}` } : {}
    await services.client.accounts.update({ id: account.id, change: { ...host, ...change } })
    return account.id
  }

  async function runAccount(
    id: string,
    { send, to, byName, token, timeoutMs = 10_000 }: PracticeCase,
  ): Promise<Report> {
    const { dns } = practice
    const input = RunInput.parse({
      target: { kind: 'saved', id, ...(token && { secret: { kind: 'set', value: 'a-token-that-has-expired' } }) },
      purpose: send ? 'send' : 'test',
      sendTo: to ?? (send ? 'anna@practice.test' : null),
      options: { timeoutMs, ...(byName && { resolver: `${dns?.host}:${dns?.port}` }) },
    })
    return reportIn(await collect(await services.client.runs.run(input)))
  }

  /** The first finding about the server itself. */
  async function checkServer(check: PracticeCase['check']) {
    const door = practice.smtp.find(({ security }) => security === 'starttls')
    if (!door) throw new Error('no door with STARTTLS')
    const relay = check === 'relay' ? { mailFrom: '', rcptTo: 'somebody@example.net' } : null
    const { host, port } = door
    const checked = await services.client.serverInfo.check({ host, port, injection: check === 'injection', relay })
    return checked.findings
  }

  test.for(practiceFaults().map(({ id }) => id))('%s', async id => {
    const case_ = PRACTICE_CASES[id]
    if (!case_) throw new Error(`the practice fault ${id} has no case`)
    if (case_.check) {
      await services.client.practice.setFaults({ active: [] })
      expect(await checkServer(case_.check)).toEqual([])
      await services.client.practice.setFaults({ active: [id] })
      const [finding, ...others] = await checkServer(case_.check)
      expect(finding).toMatchObject({ id: case_.shows, class: case_.means, evidence: [expect.any(String)] })
      expect(finding?.fixes.map(({ kind }) => kind)).toEqual(['command', 'ask'])
      expect(others).toEqual([])
      return
    }
    const account = await accountFor(case_)
    await services.client.practice.setFaults({ active: [id] })
    const report = await runAccount(account, case_)
    const [first] = report.findings
    expect(first?.class, JSON.stringify(report.findings.map(found => found.id))).toBe(case_.means)
    expect(first?.id).toBe(case_.shows)
    expect(first?.severity).not.toBe('info')
    expect(first?.evidence).not.toEqual([])
    expect(first?.fixes).not.toEqual([])
    const cure = first?.fixes[0]
    if (cure?.kind !== 'settings') return
    await services.client.accounts.update({ id: account, change: cure.change })
    const again = await runAccount(account, case_)
    const cured = verdictOf(again) === 'works' && !again.findings.some(found => found.id === first?.id)
    expect(cured, `${cure.label}: ${again.findings.map(found => found.title).join('; ')}`).toBe(true)
  })
})
