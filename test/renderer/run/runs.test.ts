import { expect, test } from 'vitest'
import type { RunEvent } from '#shared/contract/run.ts'
import { clearRun, runOf, startRun, stopRun } from '../../../renderer/run/runs.ts'
import { ACCOUNT, reportOf, RESOLVED, STARTED_AT } from '../support/samples.ts'

const STARTED: RunEvent = { kind: 'started', runId: 'r1', startedAt: STARTED_AT, account: ACCOUNT }
const ENDED: RunEvent = { kind: 'ended', report: reportOf([RESOLVED]) }

/** A stream that gives its first event only when it is let go. */
function heldBack() {
  const gate = Promise.withResolvers<void>()
  const stopped = Promise.withResolvers<string>()
  async function* events(): AsyncGenerator<RunEvent> {
    await gate.promise
    yield STARTED
    await stopped.promise
    yield ENDED
  }
  return { events: events(), letGo: () => gate.resolve(), stopped }
}

test('a stop that is asked for before the engine has named the run reaches it once it has', async () => {
  const { events, letGo, stopped } = heldBack()
  const run = startRun('early', { purpose: 'test', sendTo: null, open: () => Promise.resolve(events) })
  stopRun('early', runId => {
    stopped.resolve(runId)
    return Promise.resolve()
  })
  expect(runOf('early').get().phase).toBe('stopping')
  letGo()
  expect((await run).phase).toBe('ended')
  expect(await stopped.promise).toBe('r1')
})

test('a call that fails is a run that could not be carried out, with the reason', async () => {
  const state = await startRun('failing', {
    purpose: 'test',
    sendTo: null,
    open: () => Promise.reject(new Error('no way')),
  })
  expect(state).toMatchObject({ phase: 'broken', problem: { message: 'no way' } })
})

test('what a run that was replaced still sends does not reach the one that replaced it', async () => {
  const first = heldBack()
  const replaced = startRun('twice', { purpose: 'test', sendTo: null, open: () => Promise.resolve(first.events) })
  async function* second(): AsyncGenerator<RunEvent> {
    yield STARTED
    yield ENDED
  }
  await startRun('twice', { purpose: 'test', sendTo: null, open: () => Promise.resolve(second()) })
  first.letGo()
  first.stopped.resolve('')
  await replaced
  expect(runOf('twice').get()).toMatchObject({ phase: 'ended', problem: null })
})

test('a cleared run is as if there had been none', async () => {
  async function* ended(): AsyncGenerator<RunEvent> {
    yield ENDED
  }
  await startRun('cleared', { purpose: 'test', sendTo: null, open: () => Promise.resolve(ended()) })
  clearRun('cleared')
  expect(runOf('cleared').get().phase).toBe('none')
})
