import type { Socket } from 'node:net'
import type { NoReply } from '#shared/diagnosis/evidence.ts'
import { escapeControls } from '#shared/escape.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Deadline } from '#engine/net/deadline.ts'
import { LineSplitter, LONGEST_LINE_OCTETS } from '#engine/smtp/line-splitter.ts'

/** Reading pauses above this, so that a server which floods us fills its own buffers and not ours. */
const HELD_OCTETS = 64 * 1024

/**
 * One connection, read line by line. Knows nothing of replies. Works on whichever socket is attached: `detach` hands
 * the plain one over to TLS, and `attach` takes the encrypted one.
 */
export class Wire {
  #socket: Socket
  #lines = new LineSplitter()
  #ended: NoReply | null = null
  #error: NodeJS.ErrnoException | null = null
  /** While TLS is being set up the plain socket is not ours: destroying it under a living TLS socket crashes Node 24. */
  #detached = false
  #wake: () => void = () => {}
  /** Writes that have not left this process yet. */
  #unsent = 0

  constructor(socket: Socket) {
    this.#socket = socket
    this.#listen()
  }

  get socket(): Socket {
    return this.#socket
  }

  get encrypted(): boolean {
    // As Node marks its TLS sockets: asking for their class would load all of TLS before the first connection.
    return 'encrypted' in this.#socket && this.#socket.encrypted === true
  }

  /** What ended the connection, where the system or TLS had a word for it. */
  get error(): NodeJS.ErrnoException | null {
    return this.#error
  }

  send(octets: string | Buffer): void {
    if (this.#ended !== null || !this.#socket.writable) return
    this.#unsent++
    this.#socket.write(octets, () => {
      this.#unsent--
      this.#wake()
    })
  }

  /** Waits until everything that was sent has left this process, or until the connection or the time ends. */
  async flushed(deadline: Deadline): Promise<Result<null, NoReply>> {
    while (this.#unsent > 0 && this.#ended === null && !deadline.signal.aborted) await this.#activity(deadline.signal)
    if (this.#ended !== null) return err(this.#ended)
    return deadline.signal.aborted ? err({ cause: 'timed-out', detail: null }) : ok(null)
  }

  /**
   * The next line, without its end.
   *
   * @param hopeless looks at the beginning of an unfinished line: true when no line can come of it, such as a TLS record
   */
  async line(deadline: Deadline, hopeless: (begin: Buffer) => boolean = () => false): Promise<Result<Buffer, NoReply>> {
    for (;;) {
      const next = this.#lines.next()
      if (this.#socket.isPaused() && this.#lines.heldOctets < HELD_OCTETS) this.#socket.resume()
      if (next.kind === 'line') return ok(next.octets)
      if (next.kind === 'too-long') {
        return err({ cause: 'too-long', detail: `a line of more than ${LONGEST_LINE_OCTETS} octets` })
      }
      const begin = this.#lines.peek(80)
      if (begin.length > 0 && hopeless(begin)) return err({ cause: 'malformed', detail: previewOf(begin) })
      if (this.#ended !== null)
        return err(begin.length > 0 ? { ...this.#ended, detail: unfinished(begin) } : this.#ended)
      if (deadline.signal.aborted) {
        return err({ cause: 'timed-out', detail: begin.length > 0 ? unfinished(begin) : null })
      }
      await this.#activity(deadline.signal)
    }
  }

  /** Everything that came and is no line yet, taken out: how a reader goes on behind a line that is too long. */
  take(): Buffer {
    return this.#lines.drain()
  }

  /** Lets go of the socket. `waiting` is what had come and was not read; `ended` says that nothing more will. */
  detach(): { readonly socket: Socket; readonly waiting: Buffer; readonly ended: NoReply | null } {
    const socket = this.#socket
    this.#detached = true
    socket.pause()
    socket.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onEnd).off('error', this.#onError)
    // Between two owners an unheard 'error' event would end the process.
    socket.on('error', () => {})
    const pieces = [this.#lines.drain()]
    for (let piece: unknown = socket.read(); Buffer.isBuffer(piece); piece = socket.read()) pieces.push(piece)
    return { socket, waiting: Buffer.concat(pieces), ended: this.#ended }
  }

  attach(socket: Socket): void {
    this.#socket = socket
    this.#detached = false
    this.#listen()
  }

  /** Sends what is still to be sent, closes, and gives the other side a second to do the same. */
  close(): void {
    const socket = this.#socket
    if (this.#detached || socket.destroyed) return
    socket.resume()
    socket.end()
    const timer = setTimeout(() => socket.destroy(), 1000)
    timer.unref()
    socket.once('close', () => clearTimeout(timer))
  }

  destroy(): void {
    if (!this.#detached) this.#socket.destroy()
  }

  #listen(): void {
    this.#socket.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onEnd).on('error', this.#onError)
  }

  readonly #onData = (octets: Buffer): void => {
    this.#lines.push(octets)
    if (this.#lines.heldOctets > HELD_OCTETS) this.#socket.pause()
    this.#wake()
  }

  readonly #onEnd = (): void => {
    this.#ended ??= { cause: 'closed', detail: null }
    this.#wake()
  }

  readonly #onError = (error: NodeJS.ErrnoException): void => {
    this.#error ??= error
    // EPIPE: the other side had closed before we wrote.
    const cause = error.code === 'ECONNRESET' ? 'reset' : 'closed'
    this.#ended ??= { cause, detail: error.code ?? escapeControls(error.message).slice(0, 200) }
    this.#wake()
  }

  #activity(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const wake = () => {
        signal.removeEventListener('abort', wake)
        this.#wake = () => {}
        resolve()
      }
      this.#wake = wake
      signal.addEventListener('abort', wake, { once: true })
    })
  }
}

/** Octets of a server as one harmless line. */
export function previewOf(octets: Buffer): string {
  return escapeControls(decodeLine(octets)).slice(0, 200)
}

/** UTF-8 where it is that (RFC 6531), else one character for each octet: nothing is lost and nothing is invented. */
export function decodeLine(octets: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)
  } catch {
    return octets.toString('latin1')
  }
}

function unfinished(begin: Buffer): string {
  return `an unfinished line: ${previewOf(begin)}`
}
