import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import type { DiagnosisEvent } from '#engine/diagnosis/diagnosis.ts'
import { batchTranscript } from '#service/runs/batch-transcript.ts'

const line = (text: string): TranscriptLine => ({
  atMs: 0,
  connection: 0,
  from: 'server',
  encrypted: false,
  text,
  masked: false,
})
const said = (text: string): DiagnosisEvent => ({ kind: 'transcript', lines: [line(text)] })
const started: DiagnosisEvent = { kind: 'step-started', id: 'connect', atMs: 1 }

async function* play(...events: readonly DiagnosisEvent[]): AsyncGenerator<DiagnosisEvent, void> {
  for (const event of events) yield await Promise.resolve(event)
}

const texts = (event: DiagnosisEvent) =>
  event.kind === 'transcript' ? event.lines.map(({ text }) => text).join(' ') : event.kind

test('lines that come together go out together, and never behind what came after them', async () => {
  const seen: string[] = []
  for await (const event of batchTranscript(play(said('a'), said('b'), started, said('c')))) seen.push(texts(event))
  expect(seen).toEqual(['a b', 'step-started', 'c'])
})

test('lines go out while the other side is silent', async () => {
  const gate = Promise.withResolvers<void>()
  async function* slow(): AsyncGenerator<DiagnosisEvent, void> {
    yield said('220 ready')
    await gate.promise
  }
  const events = batchTranscript(slow())
  expect(await events.next()).toMatchObject({ value: said('220 ready') })
  gate.resolve()
  expect(await events.next()).toMatchObject({ done: true })
})

test('a server that never stops talking leaves room for a stop', async () => {
  async function* endless(): AsyncGenerator<DiagnosisEvent, void> {
    for (;;) yield await Promise.resolve(said('x'))
  }
  let stopped = false
  void setTimeout(20).then(() => {
    stopped = true
  })
  for await (const _ of batchTranscript(endless())) if (stopped) break
  expect(stopped).toBe(true)
})

test('an error of the source comes out', async () => {
  async function* broken(): AsyncGenerator<DiagnosisEvent, void> {
    yield said('a')
    await Promise.resolve()
    throw new Error('broken')
  }
  const read = async () => {
    for await (const event of batchTranscript(broken())) texts(event)
  }
  await expect(read()).rejects.toThrow('broken')
})
