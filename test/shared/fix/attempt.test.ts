import { describe, expect, test } from 'vitest'
import type { Finding } from '#shared/finding/finding.ts'
import type { SettingsFix } from '#shared/fix/apply-fix.ts'
import { isHarmless, nextFix, outcomeOf } from '#shared/fix/attempt.ts'
import { settingsFix } from '#shared/fix/settings-fix.ts'

function finding(id: string, step: Finding['step'], changed: Partial<Finding> = {}): Finding {
  return {
    id,
    step,
    class: id,
    severity: 'error',
    title: id,
    explanation: '',
    evidence: [],
    confidence: 1,
    explainedBy: null,
    fixes: [],
    ...changed,
  }
}

const CAUSE = finding('encrypt-tls-on-starttls-port', 'encrypt', {
  fixes: [
    settingsFix('use-starttls', 'Use STARTTLS', { security: 'starttls' }),
    settingsFix('use-465-tls', 'Use port 465', { port: 465, security: 'tls' }),
    settingsFix('no-certificate-check', 'Last resort', { verifyCertificate: false }),
  ],
})

describe('what came of a change', () => {
  test.for<readonly [string, readonly Finding[], string]>([
    ['nothing is left', [], 'cured'],
    ['only a warning is left', [finding('domain-spf-missing', 'domain', { severity: 'warning' })], 'cured'],
    ['the same is there', [CAUSE], 'same'],
    ['its kind is there', [finding('encrypt-other', 'encrypt', { class: CAUSE.class })], 'same'],
    ['it goes on to the sign-in', [finding('sign-in-refused', 'sign-in')], 'further'],
    ['it does not even connect', [finding('connect-refused', 'connect')], 'elsewhere'],
  ])('%s', ([, after, outcome]) => {
    expect(outcomeOf(CAUSE, after)).toBe(outcome)
  })

  test('a warning is cured where it has gone', () => {
    const slow = finding('connect-family-detour', 'connect', { severity: 'warning' })
    expect(outcomeOf(slow, [])).toBe('cured')
    expect(outcomeOf(slow, [slow])).toBe('same')
  })
})

test('the next change is one that was not tried, and never the last resort', () => {
  expect(nextFix(CAUSE, [])?.id).toBe('use-starttls')
  expect(nextFix(CAUSE, ['use-starttls'])?.id).toBe('use-465-tls')
  expect(nextFix(CAUSE, ['use-starttls', 'use-465-tls'])).toBeNull()
})

test('nothing that decides who gets the password, or who reads it, is tried without a person', () => {
  const harmless = (change: SettingsFix['change']) => isHarmless(settingsFix('x', 'x', change))
  expect(harmless({ port: 465, security: 'tls' })).toBe(true)
  expect(harmless({ ehlo: 'mail.example.com' })).toBe(true)
  expect(harmless({ port: 25, security: 'none' })).toBe(false)
  expect(harmless({ host: 'other.example.com' })).toBe(false)
  expect(harmless({ fingerprint: 'AA' })).toBe(false)
  expect(harmless({ proxy: null })).toBe(false)
  expect(harmless({ tlsMin: '1.0' })).toBe(false)
  expect(harmless({ allowPlaintextSignIn: true })).toBe(false)
})
