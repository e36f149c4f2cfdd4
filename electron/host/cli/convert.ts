import { convert as convertText } from '#shared/formats/convert.ts'
import { Problem } from '#shared/problem.ts'
import { readInput } from './account-file.ts'
import { done, type Command } from './command.ts'

const LIMIT_BYTES = 1_000_000

/** A password in the source never leaves this command: a placeholder stands for it. */
export const convert: Command = {
  name: 'convert',
  summary: 'settings from one format into another',
  operands: 'FILE',
  arity: [1, 1],
  options: {
    from: { type: 'string', value: 'FORMAT', help: 'the format of FILE; left out, it is recognised' },
    to: { type: 'string', value: 'FORMAT', help: 'the format to print (mailwright formats lists them)' },
  },
  examples: [
    { line: 'convert --from msmtprc --to postfix ~/.msmtprc', shows: 'relayhost, TLS settings and sasl_passwd' },
    { line: 'convert --to nodemailer-json -', shows: 'what standard input holds, as options for nodemailer' },
  ],
  empty: { from: null, to: null, text: null, lost: [], notes: [] },
  async run(io) {
    const path = io.operands[0] ?? '-'
    const { from, to } = io.options
    if (typeof to !== 'string')
      throw new Problem('usage', '--to is missing', { field: '--to', remedy: 'mailwright formats lists the formats' })
    const bytes = path === '-' ? await io.readStdin(LIMIT_BYTES) : await readInput(path, LIMIT_BYTES)
    const result = convertText(typeof from === 'string' ? from : 'auto', to, bytes.toString('utf8'))
    for (const note of result.notes) io.note(note)
    for (const lost of result.lost) io.note(`not carried over: ${lost}`)
    return done(result, result.text.trimEnd())
  },
}
