import { Deadline } from '#engine/net/deadline.ts'
import { escapeControls } from '#shared/escape.ts'
import type { Arguments } from './args.ts'
import type { CommandIo } from './command.ts'

export function createIo(parsed: Arguments, stopped: AbortSignal): CommandIo {
  const timeout = parsed.options['timeout']
  return {
    operands: parsed.operands,
    options: parsed.options,
    json: parsed.json,
    deadline: new Deadline(typeof timeout === 'number' ? timeout * 1000 : Infinity, stopped),
    env: process.env,
    readStdin,
    note: line => void process.stderr.write(`${escapeControls(line)}\n`),
    oneScreen: process.stdout.isTTY && process.stderr.isTTY,
    print: line => void process.stdout.write(`${line}\n`),
    askSecret,
  }
}

async function readStdin(limitBytes: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of process.stdin) {
    // Without an encoding set, a stream of standard input gives buffers.
    const bytes = part as Buffer
    length += bytes.length
    if (length > limitBytes) {
      const { Problem } = await import('#shared/problem.ts')
      throw new Problem('bad-input', `standard input holds more than ${limitBytes} bytes`, {
        field: '-',
        remedy: 'give a smaller part of it',
      })
    }
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

/** Reads one line from the terminal without showing it. Ctrl-C and Ctrl-D give null. */
function askSecret(question: string): Promise<string | null> {
  const { stdin, stderr } = process
  if (!stdin.isTTY || !stderr.isTTY) return Promise.resolve(null)
  // First: what is typed as soon as the question stands there must not be shown either.
  stdin.setRawMode(true)
  stderr.write(`${escapeControls(question)}: `)
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise(resolve => {
    let typed = ''
    const finish = (answer: string | null) => {
      stdin.off('data', read)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      resolve(answer)
    }
    const read = (text: string) => {
      for (const character of text) {
        if (character === '\r' || character === '\n') return finish(typed)
        if (character === '\u0003' || (character === '\u0004' && typed === '')) return finish(null)
        if (character === '\u007f' || character === '\b') typed = Array.from(typed).slice(0, -1).join('')
        else if (typed.length < 16_384) typed += character
      }
    }
    stdin.on('data', read)
  })
}
