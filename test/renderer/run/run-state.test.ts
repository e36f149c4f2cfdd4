import { describe, expect, test } from 'vitest'
import type { RunEvent } from '#shared/contract/run.ts'
import { NO_RUN, reduceRun, type RunAction, type RunState } from '../../../renderer/run/run-state.ts'
import { verdictOfRun } from '../../../renderer/run/verdict-of-run.ts'
import { ACCOUNT, FINDING, REFUSED, reportOf, RESOLVED, STARTED_AT } from '../support/samples.ts'

const BEGIN: RunAction = { kind: 'begin', purpose: 'test', sendTo: null, atMs: 5 }
const event = (of: RunEvent): RunAction => ({ kind: 'event', event: of })
const play = (...actions: readonly RunAction[]): RunState => actions.reduce(reduceRun, NO_RUN)

const STARTED = event({ kind: 'started', runId: 'r1', startedAt: STARTED_AT, account: ACCOUNT })

describe('a run as the pages show it', () => {
  test('results stand there as they arrive', () => {
    const state = play(
      BEGIN,
      STARTED,
      event({ kind: 'step-started', id: 'resolve', atMs: 0 }),
      event({ kind: 'step-ended', step: RESOLVED, findings: [] }),
      event({ kind: 'step-started', id: 'connect', atMs: 10 }),
    )
    expect(state).toMatchObject({ phase: 'running', runId: 'r1', current: 'connect', steps: [RESOLVED] })
    expect(verdictOfRun(state)).toBeNull()
  })

  test('a step that ends does not clear another that has begun meanwhile', () => {
    const state = play(
      BEGIN,
      event({ kind: 'step-started', id: 'connect', atMs: 10 }),
      event({ kind: 'step-ended', step: RESOLVED, findings: [] }),
    )
    expect(state.current).toBe('connect')
  })

  test('the report replaces what was gathered, and its verdict counts', () => {
    const report = reportOf([RESOLVED, REFUSED], { findings: [FINDING] })
    const state = play(BEGIN, STARTED, event({ kind: 'ended', report }))
    expect(state).toMatchObject({ phase: 'ended', report, findings: [FINDING], beganAt: 5 })
    expect(verdictOfRun(state)).toBe('fails')
  })

  test('a stream that ends too soon is not taken for a whole run', () => {
    const state = play(BEGIN, STARTED, event({ kind: 'step-ended', step: RESOLVED, findings: [] }), { kind: 'closed' })
    expect(state.phase).toBe('broken')
    expect(state.steps).toEqual([RESOLVED])
    expect(verdictOfRun(state)).toBe('stopped')
  })

  test('the end of the stream after the report changes nothing', () => {
    const ended = play(BEGIN, event({ kind: 'ended', report: reportOf([RESOLVED]) }))
    expect(reduceRun(ended, { kind: 'closed' })).toBe(ended)
  })

  test('stopping twice is stopping once, and nothing can be stopped that does not run', () => {
    const stopping = play(BEGIN, { kind: 'stopping' })
    expect(reduceRun(stopping, { kind: 'stopping' })).toBe(stopping)
    expect(reduceRun(NO_RUN, { kind: 'stopping' })).toBe(NO_RUN)
  })

  test('a new run begins with nothing of the one before', () => {
    const again = play(BEGIN, event({ kind: 'ended', report: reportOf([RESOLVED]) }), BEGIN)
    expect(again).toMatchObject({ phase: 'running', steps: [], report: null, runId: null })
  })
})
