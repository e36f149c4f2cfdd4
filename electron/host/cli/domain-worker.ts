import { parentPort, workerData } from 'node:worker_threads'
import { createChecker } from './domain-checker.ts'
import type { WorkerAnswer, WorkerQuestion, WorkerStart } from './domain-workers.ts'

/* A thread of `domain --batch`: looks at each domain that it is told and says what it found. */

// Only `createWorkforce` starts it, with this.
const { options, atATime } = workerData as WorkerStart
const check = createChecker(options, undefined, atATime)

parentPort?.on('message', ({ id, domain }: WorkerQuestion) => {
  void check(domain).then(checked => parentPort?.postMessage({ id, checked } satisfies WorkerAnswer))
})
