import { parentPort, workerData } from 'node:worker_threads'
import { createChecker } from './domain-checker.ts'
import type { WorkerAnswer, WorkerQuestion, WorkerStart } from './domain-workers.ts'

/* A thread of `domain --batch`: looks at each domain that it is told and says what it found. */

// Only `createWorkforce` starts it, with this.
const { options, atATime } = workerData as WorkerStart
const check = createChecker(options, undefined, atATime)

/** What is known goes out together after this; a message for each domain would wake the main thread a thousand times a second. */
const GATHER_MS = 10
let known: WorkerAnswer[] = []

parentPort?.on('message', ({ id, domain }: WorkerQuestion) => {
  void check(domain).then(checked => {
    known.push({ id, checked })
    if (known.length === 1) setTimeout(tell, GATHER_MS)
  })
})

function tell(): void {
  parentPort?.postMessage(known)
  known = []
}
