import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Records } from './double/control.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const DOUBLE = join(import.meta.dirname, 'double', 'electron-double.mjs')

/** The desktop program as it was built, in a process of its own, over the Electron double. */
export class Desktop {
  readonly home: string
  readonly #ownsHome: boolean
  readonly #child: ChildProcess
  readonly #answers = new Map<number, PromiseWithResolvers<unknown>>()
  readonly #events = new Map<string, PromiseWithResolvers<void>>()
  #lastId = 0
  stderr = ''

  private constructor(home: string, ownsHome: boolean, child: ChildProcess) {
    this.home = home
    this.#ownsHome = ownsHome
    this.#child = child
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    child.on('message', (message: Answer) => {
      if ('event' in message) return this.#event(message.event).resolve()
      const waiting = this.#answers.get(message.id)
      if (message.error === undefined) waiting?.resolve(message.result)
      else waiting?.reject(new Error(message.error))
    })
    child.on('exit', code => {
      const ended = new Error(`the program ended with ${code}: ${this.stderr}`)
      for (const waiting of this.#answers.values()) waiting.reject(ended)
      this.#event('loaded').reject(ended)
    })
    this.#event('loaded').promise.catch(() => undefined)
  }

  static async start(env: Readonly<Record<string, string>> = {}, home?: string): Promise<Desktop> {
    const folder = home ?? (await mkdtemp(join(tmpdir(), 'mailwright-desktop-')))
    const child = spawn(process.execPath, [DOUBLE, ROOT], {
      env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', MAILWRIGHT_HOME: folder, ...env },
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    })
    return new Desktop(folder, home === undefined, child)
  }

  /** Until the page is there. */
  loaded(): Promise<void> {
    return this.#event('loaded').promise
  }

  async command<T>(command: string, argument?: unknown): Promise<T> {
    const id = ++this.#lastId
    const answer = Promise.withResolvers<unknown>()
    this.#answers.set(id, answer)
    this.#child.send({ id, command, argument })
    // What a command answers with is written beside it, in the double.
    return (await answer.promise) as T
  }

  /** In the page's own world. */
  evaluate<T>(expression: string): Promise<T> {
    return this.command<T>('evaluate', expression)
  }

  /** Waits until the page shows a text; whether it does is seen at every change, not by sleeping. */
  shows(text: string): Promise<boolean> {
    return this.evaluate(`new Promise(resolve => {
      const look = () => document.body.innerText.includes(${JSON.stringify(text)}) && (resolve(true), true)
      if (!look()) new MutationObserver((_, observer) => look() && observer.disconnect())
        .observe(document.body, { childList: true, subtree: true, characterData: true })
    })`)
  }

  records(): Promise<Records> {
    return this.command<Records>('records')
  }

  async exit(): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode
    const [code] = (await once(this.#child, 'exit')) as [number | null]
    return code
  }

  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGKILL')
      await once(this.#child, 'exit')
    }
    if (this.#ownsHome) await rm(this.home, { recursive: true, force: true })
  }

  #event(name: string): PromiseWithResolvers<void> {
    const known = this.#events.get(name) ?? Promise.withResolvers<void>()
    this.#events.set(name, known)
    return known
  }
}

type Answer = { readonly event: string } | { readonly id: number; readonly result?: unknown; readonly error?: string }
