import { EventEmitter } from 'node:events'

/** Electron's ipcMain, as far as `on` and `off` go. */
export const ipcMain = new EventEmitter()

export type Records = Record<
  | 'toPage'
  | 'fromPage'
  | 'posted'
  | 'windowOpen'
  | 'navigation'
  | 'network'
  | 'external'
  | 'errorBox'
  | 'menu'
  | 'download'
  | 'saveDialog',
  string[]
>

/** What happened, for the test to look at. */
export const records: Records = {
  toPage: [],
  fromPage: [],
  posted: [],
  windowOpen: [],
  navigation: [],
  network: [],
  external: [],
  errorBox: [],
  menu: [],
  download: [],
  saveDialog: [],
}

export function record(kind: keyof Records, what: string): void {
  records[kind].push(what)
}

type Command = (argument: unknown) => unknown
const commands = new Map<string, Command>([['records', () => records]])

/** Makes something callable from the test. */
export function onCommand(name: string, command: Command): void {
  commands.set(name, command)
}

/** Tells the test, where there is one. */
export function tell(event: string): void {
  process.send?.({ event })
}

type Call = { readonly id: number; readonly command: string; readonly argument: unknown }

// Without a test there is no channel, and this is never called.
process.on('message', (call: Call) => {
  void (async () => {
    try {
      process.send?.({ id: call.id, result: await commands.get(call.command)?.(call.argument) })
    } catch (error) {
      process.send?.({ id: call.id, error: error instanceof Error ? error.message : String(error) })
    }
  })()
})
// The channel must not keep a program alive that has quit.
process.channel?.unref()
