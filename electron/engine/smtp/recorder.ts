import type { TranscriptLine } from '#shared/diagnosis/transcript.ts'
import { escapeControls } from '#shared/escape.ts'
import { Mask } from '#engine/smtp/mask.ts'

/** Enough for every sane session many times over; a server that talks more is not recorded further. */
const MOST_LINES = 2000
const LONGEST_TEXT = 1000

/** The transcript of a run, masked, escaped and bounded while it is recorded. */
export class Recorder {
  readonly #startedAt: number
  readonly #listener: (line: TranscriptLine) => void
  readonly #lines: TranscriptLine[] = []
  readonly mask = new Mask()
  #connections = 0

  /** @param startedAt `performance.now()` of the run's beginning */
  constructor(startedAt: number = performance.now(), listener: (line: TranscriptLine) => void = () => {}) {
    this.#startedAt = startedAt
    this.#listener = listener
  }

  get lines(): readonly TranscriptLine[] {
    return this.#lines
  }

  openConnection(): ConnectionRecord {
    const connection = this.#connections++
    return {
      client: (text, encrypted, shown) =>
        this.#add(connection, 'client', encrypted, shown ?? text, shown !== undefined),
      server: (text, encrypted) => this.#add(connection, 'server', encrypted, text, false),
      note: (text, encrypted = false) => this.#add(connection, 'note', encrypted, text, false),
      mask: this.mask,
    }
  }

  #add(connection: number, from: TranscriptLine['from'], encrypted: boolean, text: string, masked: boolean): void {
    if (this.#lines.length > MOST_LINES) return
    const last = this.#lines.length === MOST_LINES
    const visible = this.mask.apply(text)
    const line: TranscriptLine = {
      atMs: Math.round((performance.now() - this.#startedAt) * 10) / 10,
      connection,
      from: last ? 'note' : from,
      encrypted,
      text: last ? `more than ${MOST_LINES} lines: the rest is not recorded` : escapeControls(cut(visible)),
      masked: masked || visible !== text,
    }
    this.#lines.push(line)
    this.#listener(line)
  }
}

export type ConnectionRecord = {
  /** @param shown stands in the transcript in place of `text`, when that holds a secret */
  readonly client: (text: string, encrypted: boolean, shown?: string) => void
  readonly server: (text: string, encrypted: boolean) => void
  readonly note: (text: string, encrypted?: boolean) => void
  readonly mask: Mask
}

function cut(text: string): string {
  return text.length <= LONGEST_TEXT
    ? text
    : `${text.slice(0, LONGEST_TEXT)}… (${text.length - LONGEST_TEXT} more characters)`
}
