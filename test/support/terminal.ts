import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { stripVTControlCharacters } from 'node:util'
import { COMMAND } from './command-line.ts'

/** `mailwright` at a real terminal, one that `script` of util-linux makes. */
export class Terminal {
  readonly #child: ChildProcess
  /** Everything that was shown, with what the program did to the cursor taken out. */
  #shown = ''
  #seen = 0
  #wake: () => void = () => {}

  constructor(words: readonly string[]) {
    const command = [...COMMAND, ...words].map(word => `'${word}'`).join(' ')
    this.#child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1', TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#shown += stripVTControlCharacters(text)
      this.#wake()
    })
    this.#child.on('close', () => this.#wake())
  }

  get shown(): string {
    return this.#shown
  }

  press(...keys: readonly string[]): void {
    this.#child.stdin?.write(keys.join(''))
  }

  /** Types a text and waits until it stands there: what is pressed right behind it would be taken for part of a paste. */
  async type(text: string): Promise<void> {
    this.press(text)
    await this.shows(text)
  }

  /** Waits for a text behind what was waited for before. */
  async shows(text: string): Promise<void> {
    for (;;) {
      const at = this.#shown.indexOf(text, this.#seen)
      if (at !== -1) {
        this.#seen = at + text.length
        return
      }
      if (this.#child.exitCode !== null) throw new Error(`“${text}” was not shown: ${this.#shown}`)
      await new Promise<void>(resolve => (this.#wake = resolve))
    }
  }

  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null) await once(this.#child, 'close')
    return this.#child.exitCode
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }
}
