import { describe, expect, test } from 'vitest'
import type { Step } from '#shared/diagnosis/step.ts'
import { judge } from '#shared/finding/judge.ts'
import { present } from '#shared/finding/present.ts'
import { doneStep, idsOf, settings } from '../evidence-for-tests.ts'

describe('domain', () => {
  const looked = (changed: object) =>
    doneStep('domain', {
      kind: 'looked-up',
      domain: 'example.com',
      sendingIp: '192.0.2.1',
      spf: { record: 'v=spf1 mx -all', state: 'one', coversProvider: null, wantedInclude: null },
      dmarc: { record: 'v=DMARC1; p=none', state: 'one', policy: 'none', at: '_dmarc.example.com' },
      ptr: { address: '192.0.2.1', names: ['mx.example.com'], confirmed: true, of: 'us', said: [] },
      ...changed,
    })

  const shown = (steps: readonly Step[]) => {
    const account = settings()
    return present(judge({ account, steps }), { account, steps })
  }

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
    [
      {
        spf: {
          record: 'v=spf1 a b -all',
          state: 'one',
          coversProvider: null,
          wantedInclude: null,
          broken: '"b": no mechanism',
        },
      },
      'domain-spf-broken',
    ],
    [{ dmarc: { record: null, state: 'none', policy: null, at: null } }, 'domain-dmarc-missing'],
    [{ dmarc: { record: null, state: 'several', policy: null, at: null } }, 'domain-dmarc-several'],
    [{ ptr: { address: '192.0.2.1', names: [], confirmed: false } }, 'domain-ptr-missing'],
    [{ ptr: { address: '192.0.2.1', names: ['a.example'], confirmed: false } }, 'domain-ptr-not-confirmed'],
  ] as const)('%j is %s, and a warning', ([changed, id]) => {
    expect(judge({ account: settings(), steps: [looked(changed)] })).toMatchObject([{ id, severity: 'warning' }])
  })

  const said = (where: 'ehlo' | 'greeting', name: string, state: string, addresses: readonly string[] = []) => ({
    ptr: {
      address: '192.0.2.1',
      names: ['mx.example.com'],
      confirmed: true,
      of: 'us',
      said: [{ where, name, state, addresses }],
    },
  })

  test.for([
    [said('ehlo', 'localhost', 'not-a-name'), 'domain-ehlo-not-a-name', 'warning'],
    [said('ehlo', 'gone.example.com', 'no-address'), 'domain-ehlo-elsewhere', 'warning'],
    [said('ehlo', 'other.example.org', 'elsewhere', ['198.51.100.1']), 'domain-ehlo-elsewhere', 'warning'],
    [said('ehlo', 'smtp.example.com', 'ok', ['192.0.2.1']), 'domain-ehlo-not-ptr', 'info'],
  ] as const)('%j is %s, and the name of the address mends it', ([changed, id, severity]) => {
    const [finding, ...others] = shown([looked(changed)])
    expect(finding).toMatchObject({ id, severity })
    expect(others).toEqual([])
    expect(finding?.fixes[0]).toMatchObject({ kind: 'settings', change: { ehlo: 'mx.example.com' } })
  })

  test('the name itself, in any spelling, is as it should be', () => {
    expect(idsOf([looked(said('ehlo', 'MX.example.com.', 'ok', ['192.0.2.1']))])).toEqual([])
  })

  test("the greeting of the account's own server is compared with its reverse name: domain-greeting-not-ptr", () => {
    const ptr = { address: '192.0.2.1', names: ['mx.example.com'], confirmed: true, of: 'server', said: [] }
    const greets = (text: string) =>
      doneStep('connect', {
        kind: 'connected',
        address: '192.0.2.1',
        family: 4,
        port: 587,
        attempts: [],
        connectMs: 1,
        greeting: { kind: 'ready', reply: { code: 220, enhanced: null, text: [text] }, ms: 1 },
      })
    const [finding] = shown([greets('host7.isp.example ESMTP'), looked({ ptr })])
    expect(finding).toMatchObject({ id: 'domain-greeting-not-ptr', severity: 'info' })
    expect(finding?.fixes).toContainEqual(
      expect.objectContaining({
        kind: 'command',
        commands: expect.arrayContaining([
          { system: 'Postfix', command: "postconf -e 'myhostname = mx.example.com' && postfix reload" },
        ]),
      }),
    )
    for (const text of ['mx.example.com ESMTP', 'ESMTP ready', '***', ''])
      expect(idsOf([greets(text), looked({ ptr })])).toEqual([])
  })
})
