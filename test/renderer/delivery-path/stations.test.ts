import { describe, expect, test } from 'vitest'
import { describeStep } from '#shared/diagnosis/describe-step.ts'
import { stationsOf } from '../../../renderer/delivery-path/stations.ts'
import { waterfallOf } from '../../../renderer/delivery-path/waterfall.ts'
import { CONNECTED, FINDING, NOT_TRIED, REFUSED, RESOLVED } from '../support/samples.ts'

describe('the delivery path', () => {
  test('not tested never looks like passed', () => {
    const states = stationsOf({ phase: 'ended', current: null, steps: [RESOLVED, REFUSED, NOT_TRIED], findings: [] })
    expect(states.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'resolve done',
      'connect untested',
      'encrypt untested',
      'sign-in failed',
      'deliver skipped',
      'domain untested',
    ])
  })

  test('while it runs, stations wait, and one runs', () => {
    const states = stationsOf({ phase: 'running', current: 'connect', steps: [RESOLVED], findings: [] })
    expect(states.slice(0, 3).map(({ state }) => state)).toEqual(['done', 'running', 'waiting'])
  })

  test('a station that passed with a warning says so; a note alone changes nothing', () => {
    const at = (severity: 'warning' | 'info') =>
      stationsOf({
        phase: 'ended',
        current: null,
        steps: [RESOLVED],
        findings: [{ ...FINDING, step: 'resolve', severity }],
      })[0]?.state
    expect([at('warning'), at('info')]).toEqual(['warning', 'done'])
  })

  test('each has one line', () => {
    expect([RESOLVED, CONNECTED, REFUSED, NOT_TRIED].map(describeStep)).toEqual([
      '192.0.2.1 and 1 more',
      '192.0.2.1 port 587',
      '535 5.7.8 authentication failed',
      'Not tested: an earlier stage failed',
    ])
  })
})

describe('the waterfall', () => {
  test('a greeting that takes its time is not a slow network', () => {
    expect(waterfallOf([CONNECTED, RESOLVED])).toEqual([
      { label: 'Name lookup', startMs: 0, durationMs: 10, tone: 'plain' },
      { label: 'TCP connection', startMs: 10, durationMs: 20, tone: 'plain' },
      { label: 'Waiting for the greeting', startMs: 30, durationMs: 100, tone: 'waiting' },
    ])
  })

  test('steps that never ran have no bar', () => {
    expect(waterfallOf([NOT_TRIED])).toEqual([])
  })
})
