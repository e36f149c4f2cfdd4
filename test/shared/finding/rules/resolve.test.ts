import { describe, expect, test } from 'vitest'
import { failedStep, idsOf } from '../evidence-for-tests.ts'

describe('resolve', () => {
  test.for([
    ['NXDOMAIN', 'resolve-name-not-found'],
    ['NODATA', 'resolve-no-address'],
    ['ENOTFOUND', 'resolve-name-not-found'],
  ] as const)('%s is %s', ([code, id]) => {
    expect(
      idsOf([failedStep('resolve', { kind: 'not-found', host: 'mail.example.com', resolver: 'system', code })]),
    ).toEqual([id])
  })

  test('a host that holds more than a name is a fault of the settings', () => {
    const host = 'mail.example.com:587'
    const step = failedStep('resolve', { kind: 'not-found', host, resolver: 'system', code: 'ENOTFOUND' })
    expect(idsOf([step], { host })).toEqual(['resolve-settings-invalid'])
  })

  test('a piece of the sign-in in place of a host is told apart from a name that is misspelt', () => {
    const idsFor = (host: string, user: string | null) =>
      idsOf([failedStep('resolve', { kind: 'not-found', host, resolver: 'system', code: 'ENOTFOUND' })], { host, user })
    expect(idsFor('akiaj4d5e76knjf23456', null)).toEqual(['resolve-host-is-user'])
    expect(idsFor('ann', 'ann@example.com')).toEqual(['resolve-host-is-user'])
    expect(idsFor('mailhost', 'ann@example.com')).toEqual(['resolve-name-not-found'])
    expect(idsFor('akia.example.com', null)).toEqual(['resolve-name-not-found'])
  })

  test('a resolver that does not answer is not the name', () => {
    const step = failedStep('resolve', {
      kind: 'resolver-failed',
      host: 'm.example',
      resolver: '192.0.2.53:53',
      code: 'SERVFAIL',
    })
    expect(idsOf([step])).toEqual(['resolve-resolver-failed'])
  })
})
