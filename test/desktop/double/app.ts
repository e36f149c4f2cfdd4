import { EventEmitter } from 'node:events'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** An event whose default can be prevented, as Electron hands out. */
export class PreventableEvent {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

class App extends EventEmitter {
  readonly isPackaged = false
  readonly name = 'Mailwright'
  readonly #paths = new Map([['userData', join(homedir(), '.config', 'Mailwright')]])
  #quitting = false
  /** Closes every window; told to it by the windows' file, which knows them. */
  closeWindows: () => Promise<void> = () => Promise.resolve()

  whenReady(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve))
  }

  requestSingleInstanceLock(): boolean {
    return process.env['ELECTRON_DOUBLE_SECOND_INSTANCE'] === undefined
  }

  getAppPath(): string {
    return resolve(process.argv[2] ?? '.')
  }

  getVersion(): string {
    return '0.0.0-double'
  }

  getName(): string {
    return this.name
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? ''
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  /** before-quit, the windows, will-quit, quit: the order that Electron documents. */
  quit(): void {
    if (this.#quitting) return
    this.#quitting = true
    void this.#quit()
  }

  exit(code = 0): void {
    this.emit('quit', {}, code)
    process.exit(code)
  }

  async #quit(): Promise<void> {
    this.emit('before-quit', new PreventableEvent())
    await this.closeWindows()
    const event = new PreventableEvent()
    this.emit('will-quit', event)
    if (event.defaultPrevented) this.#quitting = false
    else this.exit()
  }
}

export const app = new App()
