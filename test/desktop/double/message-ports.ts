import { EventEmitter } from 'node:events'

/** Electron's MessagePortMain: messages wait until `start`. */
export class MessagePortMain extends EventEmitter {
  #other: MessagePortMain | null = null
  #waiting: unknown[] | null = []

  entangle(other: MessagePortMain): void {
    this.#other = other
  }

  postMessage(data: unknown): void {
    this.#other?.receive(data)
  }

  start(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const data of waiting) this.#emitLater(data)
  }

  close(): void {
    const other = this.#other
    if (!other) return
    this.#other = null
    other.#other = null
    queueMicrotask(() => {
      this.emit('close')
      other.emit('close')
    })
  }

  receive(data: unknown): void {
    if (this.#waiting) this.#waiting.push(data)
    else this.#emitLater(data)
  }

  #emitLater(data: unknown): void {
    setImmediate(() => this.emit('message', { data, ports: [] }))
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain()
  readonly port2 = new MessagePortMain()

  constructor() {
    this.port1.entangle(this.port2)
    this.port2.entangle(this.port1)
  }
}
