import { afterEach, expect, test } from 'vitest'
import type { DomainEvidence } from '#shared/diagnosis/evidence.ts'
import { Deadline } from '#engine/net/deadline.ts'
import { evidenceOf, runDiagnosis } from '../../support/diagnose.ts'
import { answer, closedPort, playServer, type PlayedServer } from '../../support/played-server.ts'

const LOOKED_UP: DomainEvidence = {
  kind: 'looked-up',
  domain: 'lab.test',
  sendingIp: null,
  spf: { record: null, state: 'none', coversProvider: null, wantedInclude: null },
  dmarc: { record: null, state: 'none', policy: null, at: null },
  ptr: null,
}

let server: PlayedServer | null = null
afterEach(async () => {
  await server?.stop()
  server = null
})

async function play(): Promise<number> {
  server = await playServer(async connection => {
    connection.say('220 mail.lab.test ESMTP')
    await answer(connection, { EHLO: ['250 mail.lab.test'], '*': ['250 ok'], QUIT: ['221 bye'] })
  })
  return server.port
}

test('the domain is looked up beside the path, also where that fails', async () => {
  const asked: string[] = []
  const ran = await runDiagnosis(
    { port: await closedPort() },
    {},
    {
      domainLookup: ({ domain }) => {
        asked.push(domain)
        return Promise.resolve(LOOKED_UP)
      },
    },
  )
  expect(asked).toEqual(['lab.test'])
  expect(ran.states).toMatchObject({ connect: 'failed', domain: 'done' })
})

test('a domain lookup that never ends is cancelled with the run', async () => {
  const ran = await runDiagnosis(
    { port: await play() },
    {},
    { deadline: new Deadline(3000), domainLookup: () => new Promise(() => {}) },
  )
  expect(ran.states).toMatchObject({ deliver: 'done', domain: 'cancelled' })
  expect(ran.steps.find(step => step.id === 'domain')).toMatchObject({ because: 'out-of-time', evidence: null })
})

test('without a domain there is nothing to look up', async () => {
  const ran = await runDiagnosis(
    { port: await play(), from: null },
    {},
    { domainLookup: () => Promise.resolve(LOOKED_UP) },
  )
  expect(ran.steps.find(step => step.id === 'domain')).toMatchObject({ state: 'skipped', reason: 'not-asked' })
  expect(ran.steps.find(step => step.id === 'deliver')).toMatchObject({ state: 'skipped', reason: 'not-asked' })
})

test('steps of an earlier run are taken over as they were, and nothing is asked again', async () => {
  const port = await play()
  const first = await runDiagnosis({ port }, {}, { domainLookup: () => Promise.resolve(LOOKED_UP) })
  const second = await runDiagnosis(
    { port },
    { reuse: first.steps },
    { domainLookup: () => Promise.reject(new Error('asked again')) },
  )
  for (const id of ['resolve', 'domain'] as const) {
    expect(second.steps.find(step => step.id === id)).toEqual(first.steps.find(step => step.id === id))
  }
  expect(second.states.deliver).toBe('done')
})

test('the envelope may have a sender of its own, and the null one', async () => {
  const port = await play()
  const own = await runDiagnosis({ port }, { mailFrom: 'other@lab.test', sendTo: ['bob@lab.test'] })
  expect(evidenceOf(own, 'deliver')).toMatchObject({ kind: 'envelope-accepted', mailFrom: 'other@lab.test' })
  await runDiagnosis({ port }, { mailFrom: '', sendTo: ['bob@lab.test'] })
  expect(server?.connections[1]?.received).toContain('MAIL FROM:<>\r\n')
})

test('no message is sent by a test, whatever the server accepts', async () => {
  await runDiagnosis({ port: await play() }, { sendTo: ['bob@lab.test'] })
  const said = server?.connections[0]?.received ?? ''
  expect(said).toContain('RSET\r\n')
  expect(said).not.toContain('DATA')
})
