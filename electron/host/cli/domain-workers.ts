import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { OptionValues } from './command.ts'
import { type Checked, type Checker, createChecker } from './domain-checker.ts'

export type WorkerStart = { readonly options: OptionValues; readonly atATime: number }
export type WorkerQuestion = { readonly id: number; readonly domain: string }
export type WorkerAnswer = { readonly id: number; readonly checked: Checked }

export type Workforce = {
  /** How many domains keep it busy. */
  readonly atATime: number
  readonly check: Checker
  stop(): Promise<void>
}

/** Domains at a time in one thread; each has some thirty questions under way. */
const DOMAINS_AT_A_TIME = 32
/** The main thread reads, writes and waits; with more threads than this it is the resolver that has to keep up. */
const THREADS_LIMIT = 4
/** Of all threads together, so that they do not overflow the resolver's receive buffer. */
const QUESTIONS_AT_A_TIME = 192
/**
 * What a long list leaves behind is nearly all garbage, and V8 doubles the room for it again and again. From then on that
 * room stays as it is, and is so many megabytes in each thread.
 */
const MEMORY_FLAGS = ['--semi-space-growth-factor=1', '--min-semi-space-size=8'] as const
/** Ten times what a thread needs; V8 looks for garbage the sooner, the less there is. */
const OLD_MB = 256
/** A list that is longer than this is worth the start of threads. */
const ALONE = 100

/**
 * Looks at many domains: here at first, and in threads as soon as the list turns out to be long, because most of the work
 * is computing. With one processor it stays here.
 *
 * @param stopped ends all checks; what they say then is not to be used
 * @throws Problem for options that make no sense
 */
export function createWorkforce(options: OptionValues, stopped: AbortSignal): Workforce {
  const processors = availableParallelism()
  const count = processors < 2 ? 1 : Math.min(THREADS_LIMIT, Math.max(2, processors - 1))
  const here = createChecker(options, stopped)
  const threads: Thread[] = []
  let begun = 0
  return {
    atATime: DOMAINS_AT_A_TIME * Math.max(1, count),
    check(domain) {
      begun++
      if (begun === ALONE) MEMORY_FLAGS.forEach(flag => setFlagsFromString(flag))
      if (count < 2 || begun <= ALONE) return here(domain)
      if (threads.length === 0) {
        const atATime = Math.ceil(QUESTIONS_AT_A_TIME / count)
        threads.push(...Array.from({ length: count }, () => new Thread({ options, atATime })))
      }
      return threads[begun % count]?.check(domain) ?? here(domain)
    },
    stop: async () => void (await Promise.all(threads.map(thread => thread.stop()))),
  }
}

class Thread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, PromiseWithResolvers<Checked>>()
  #asked = 0
  #broken: Error | null = null

  constructor(start: WorkerStart) {
    // Built, the worker lies beside the command; from source it is TypeScript.
    const file = import.meta.url.endsWith('.ts') ? './domain-worker.ts' : './domain-worker.js'
    this.#worker = new Worker(new URL(file, import.meta.url), {
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: OLD_MB },
    })
    this.#worker.on('message', (answers: readonly WorkerAnswer[]) => {
      for (const { id, checked } of answers) {
        this.#waiting.get(id)?.resolve(checked)
        this.#waiting.delete(id)
      }
    })
    // A bug there is a bug here.
    this.#worker.on('error', error => {
      this.#broken = error instanceof Error ? error : new Error(String(error))
      for (const waiting of this.#waiting.values()) waiting.reject(this.#broken)
    })
  }

  check(domain: string): Promise<Checked> {
    if (this.#broken !== null) return Promise.reject(this.#broken)
    const waiting = Promise.withResolvers<Checked>()
    const question: WorkerQuestion = { id: this.#asked++, domain }
    this.#waiting.set(question.id, waiting)
    this.#worker.postMessage(question)
    return waiting.promise
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }
}
