import { Account } from '#shared/account/account.ts'
import type { Step } from '#shared/diagnosis/step.ts'
import type { Finding } from '#shared/finding/finding.ts'
import type { Report } from '#shared/report/report.ts'

/** Parts of a run, for tests of what the pages make of them. */
export const STARTED_AT = '2026-11-21T12:00:00.000Z'

export const ACCOUNT = Account.parse({ id: 'a1', name: 'Sample', host: 'mail.example.org', security: 'starttls' })

export const resolvedIn = (ms: number): Step => ({
  id: 'resolve',
  state: 'done',
  startedAt: STARTED_AT,
  ms,
  evidence: {
    kind: 'resolved',
    host: 'mail.example.org',
    resolver: 'system',
    addresses: [
      { address: '192.0.2.1', family: 4 },
      { address: '192.0.2.2', family: 4 },
    ],
    canonicalName: null,
  },
})

export const RESOLVED = resolvedIn(10)

export const CONNECTED: Step = {
  id: 'connect',
  state: 'done',
  startedAt: '2026-11-21T12:00:00.010Z',
  ms: 120,
  evidence: {
    kind: 'connected',
    address: '192.0.2.1',
    family: 4,
    port: 587,
    attempts: [],
    connectMs: 20,
    greeting: { kind: 'ready', reply: { code: 220, enhanced: null, text: ['ready'] }, ms: 100 },
  },
}

export const REFUSED: Step = {
  id: 'sign-in',
  state: 'failed',
  startedAt: '2026-11-21T12:00:00.130Z',
  ms: 5,
  evidence: {
    kind: 'rejected',
    mechanism: 'PLAIN',
    reply: { code: 535, enhanced: '5.7.8', text: ['5.7.8 authentication failed'] },
  },
}

export const NOT_TRIED: Step = {
  id: 'deliver',
  state: 'skipped',
  startedAt: null,
  ms: null,
  reason: 'earlier-step-failed',
  evidence: null,
}

export const FINDING: Finding = {
  id: 'sign-in-refused',
  class: null,
  severity: 'error',
  step: 'sign-in',
  title: 'The password was refused',
  explanation: 'The server does not know it.',
  evidence: ['535 5.7.8 authentication failed'],
  confidence: 1,
  fixes: [],
}

export function reportOf(steps: readonly Step[], more: Partial<Report> = {}): Report {
  return {
    version: 1,
    id: 'r1',
    startedAt: STARTED_AT,
    totalMs: 135,
    purpose: 'test',
    sendTo: null,
    program: { name: 'mailwright', version: '0', platform: 'test' },
    account: ACCOUNT,
    steps: [...steps],
    findings: [],
    transcript: [],
    ...more,
  }
}
