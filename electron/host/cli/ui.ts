import { done, type Command } from './command.ts'

export const ui: Command = {
  name: 'ui',
  summary: 'the same pages in a browser, on this machine only',
  operands: '',
  arity: [0, 0],
  options: {
    port: { type: 'string', value: 'N', help: 'the port to listen on; 0 (the default) takes a free one' },
    'no-open': { type: 'boolean', help: 'print the link without opening a browser' },
  },
  examples: [{ line: 'ui --no-open', shows: 'prints a link that works once; Ctrl-C ends it' }],
  empty: {},
  async run(io) {
    const { Problem } = await import('#shared/problem.ts')
    const port = io.options['port'] ?? '0'
    if (typeof port !== 'string' || !/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      throw new Problem('usage', `--port takes a number from 0 to 65535; got ‘${String(port)}’`)
    }
    const { runWebDoor } = await import('#host/web/main.ts')
    await runWebDoor({
      port: Number(port),
      open: io.options['no-open'] !== true,
      env: io.env,
      stopped: io.deadline.signal,
      ready: link => io.print(link),
      note: line => io.note(line),
    })
    return { ...done({}, ''), printed: true }
  },
}
