import { setImmediate } from 'node:timers/promises'
import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import type { DiagnosisEvent } from '#engine/diagnosis/diagnosis.ts'

/** Often enough to look live, seldom enough that a page can keep up with a chatty server. */
const FLUSH_MS = 50

type Turn =
  { readonly kind: 'event'; readonly result: IteratorResult<DiagnosisEvent, void> } | { readonly kind: 'flush' }

/**
 * The same events with transcript lines gathered into batches, in the same order. Gives the event loop a turn with each
 * batch: a stream that never does cannot be cancelled through a door.
 */
export async function* batchTranscript(
  source: AsyncIterator<DiagnosisEvent, void>,
): AsyncGenerator<DiagnosisEvent, void, undefined> {
  let lines: TranscriptLine[] = []
  let next = source.next()
  let flushAt = Infinity
  for (;;) {
    const turn: Turn = await nextTurn(next, flushAt)
    const event = turn.kind === 'event' && turn.result.done !== true ? turn.result.value : null
    if (event?.kind === 'transcript') {
      if (lines.length === 0) flushAt = performance.now() + FLUSH_MS
      lines.push(...event.lines)
    }
    if (lines.length > 0 && (event?.kind !== 'transcript' || performance.now() >= flushAt)) {
      yield { kind: 'transcript', lines }
      lines = []
      flushAt = Infinity
      await setImmediate()
    }
    if (turn.kind === 'flush') continue
    if (event === null) return
    if (event.kind !== 'transcript') yield event
    next = source.next()
  }
}

/** The next event, or the time to pass on what has gathered. */
async function nextTurn(next: Promise<IteratorResult<DiagnosisEvent, void>>, flushAt: number): Promise<Turn> {
  const event = next.then((result): Turn => ({ kind: 'event', result }))
  if (flushAt === Infinity) return event
  let timer: NodeJS.Timeout | undefined
  const flush = new Promise<Turn>(resolve => {
    timer = setTimeout(() => resolve({ kind: 'flush' }), Math.max(0, flushAt - performance.now()))
  })
  try {
    return await Promise.race([event, flush])
  } finally {
    clearTimeout(timer)
  }
}
