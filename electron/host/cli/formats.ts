import { FORMATS } from '#shared/formats/all.ts'
import { done, type Command } from './command.ts'

export const formats: Command = {
  name: 'formats',
  summary: 'configuration formats that can be read and written',
  operands: '',
  arity: [0, 0],
  options: {},
  examples: [{ line: 'formats', shows: 'every format with its id, for convert --from and --to' }],
  empty: { formats: [] },
  async run() {
    const rows = FORMATS.map(({ id, name, read, write }) => ({
      id,
      name,
      reads: read !== null,
      writes: write !== null,
    }))
    const width = Math.max(...rows.map(({ id }) => id.length))
    const text = FORMATS.map(({ id, name, place, read, write }) => {
      const way = read === null ? ' (write only)' : write === null ? ' (read only)' : ''
      return `${id.padEnd(width)}  ${name}${way}\n${' '.repeat(width)}  ${place}`
    })
    return done({ formats: rows }, text.join('\n'))
  },
}
