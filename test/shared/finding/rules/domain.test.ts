import { describe, expect, test } from 'vitest'
import { judge } from '#shared/finding/judge.ts'
import { doneStep, idsOf, settings } from '../evidence-for-tests.ts'

describe('domain', () => {
  const looked = (changed: object) =>
    doneStep('domain', {
      kind: 'looked-up',
      domain: 'example.com',
      sendingIp: '192.0.2.1',
      spf: { record: 'v=spf1 mx -all', state: 'one', coversProvider: null, wantedInclude: null },
      dmarc: { record: 'v=DMARC1; p=none', state: 'one', policy: 'none', at: '_dmarc.example.com' },
      ptr: { address: '192.0.2.1', names: ['mx.example.com'], confirmed: true },
      ...changed,
    })

  test('a domain in order has no findings', () => {
    expect(idsOf([looked({})])).toEqual([])
  })

  test.for([
    [{ spf: { record: null, state: 'none', coversProvider: null, wantedInclude: null } }, 'domain-spf-missing'],
    [{ spf: { record: null, state: 'several', coversProvider: null, wantedInclude: null } }, 'domain-spf-several'],
    [
      { spf: { record: 'v=spf1 -all', state: 'one', coversProvider: false, wantedInclude: '_spf.example.org' } },
      'domain-spf-lacks-provider',
    ],
    [{ dmarc: { record: null, state: 'none', policy: null, at: null } }, 'domain-dmarc-missing'],
    [{ dmarc: { record: null, state: 'several', policy: null, at: null } }, 'domain-dmarc-several'],
    [{ ptr: { address: '192.0.2.1', names: [], confirmed: false } }, 'domain-ptr-missing'],
    [{ ptr: { address: '192.0.2.1', names: ['a.example'], confirmed: false } }, 'domain-ptr-not-confirmed'],
  ] as const)('%j is %s, and a warning', ([changed, id]) => {
    expect(judge({ account: settings(), steps: [looked(changed)] })).toMatchObject([{ id, severity: 'warning' }])
  })
})
