import { describe, expect, test } from 'vitest'
import type { Step } from '#shared/diagnosis/step.ts'
import { judge } from '#shared/finding/judge.ts'
import { doneStep, failedStep, idsOf, offering, settings, STARTED_AT } from './evidence-for-tests.ts'

describe('a run as a whole', () => {
  const cancelled = (because: 'stopped' | 'out-of-time'): Step => ({
    id: 'connect',
    state: 'cancelled',
    startedAt: STARTED_AT,
    ms: 2000,
    because,
    evidence: null,
  })

  test('stopped and out of time are different answers', () => {
    expect(judge({ account: settings(), steps: [cancelled('stopped')] })).toMatchObject([
      { id: 'connect-stopped', severity: 'info' },
    ])
    expect(judge({ account: settings(), steps: [cancelled('out-of-time')] })).toMatchObject([
      { id: 'connect-out-of-time', severity: 'error' },
    ])
  })

  test('a skipped step says nothing', () => {
    const skipped: Step = {
      id: 'deliver',
      state: 'skipped',
      startedAt: null,
      ms: null,
      reason: 'not-asked',
      evidence: null,
    }
    expect(idsOf([skipped])).toEqual([])
  })

  test('an error comes first and names what it explains', () => {
    const plain = doneStep('encrypt', { kind: 'plain', capabilities: offering(), heloOnly: false })
    const withheld = failedStep('sign-in', { kind: 'withheld', because: 'not-encrypted', mechanism: 'plain' })
    expect(judge({ account: settings({ security: 'none' }), steps: [plain, withheld] })).toMatchObject([
      { id: 'sign-in-needs-encryption', explainedBy: null },
      { id: 'encrypt-not-used', explainedBy: 'sign-in-needs-encryption' },
    ])
  })
})
