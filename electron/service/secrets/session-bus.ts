import { connect } from 'node:net'
import type { Environment } from '#service/home.ts'

const HELLO_SERIAL = 1
/** Answers to AUTH are one short line (D-Bus specification, "Authentication Protocol"). */
const MAX_ANSWER_BYTES = 4096

/**
 * Whether a D-Bus session bus answers; null, or why not. Asked before the key ring's library is used: its connect
 * blocks the whole process, for 25 s or for ever, when the bus accepts connections and then says nothing.
 *
 * @param timeoutMs for the whole conversation
 */
export async function checkSessionBus(env: Environment, uid: number, timeoutMs: number): Promise<string | null> {
  const paths = socketPaths(busAddress(env))
  if (paths.length === 0) return 'there is no D-Bus session'
  let why = ''
  for (const path of paths) {
    const answer = await greet(path, uid, timeoutMs / paths.length)
    if (answer === null) return null
    why = answer
  }
  return why
}

function busAddress(env: Environment): string {
  const runtime = env['XDG_RUNTIME_DIR']
  return env['DBUS_SESSION_BUS_ADDRESS'] || (runtime ? `unix:path=${runtime}/bus` : '')
}

/** Of an address such as `unix:path=/run/user/1000/bus,guid=…;unix:abstract=/tmp/x` (D-Bus specification, "Server Addresses"). */
function socketPaths(address: string): readonly string[] {
  return address.split(';').flatMap(entry => {
    const match = /^unix:(.*)$/.exec(entry.trim())
    const keys = (match?.[1] ?? '').split(',').map(pair => pair.split('=', 2))
    const value = (name: string) => unescape(keys.find(([key]) => key === name)?.[1] ?? '')
    if (value('path')) return [value('path')]
    // Linux: a leading NUL stands for the abstract namespace.
    return value('abstract') ? [`\0${value('abstract')}`] : []
  })
}

function unescape(value: string): string {
  return value.replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function greet(path: string, uid: number, timeoutMs: number): Promise<string | null> {
  return new Promise(resolve => {
    const socket = connect({ path })
    const end = (answer: string | null) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(() => end('the D-Bus session does not answer'), timeoutMs)
    socket.on('error', () => end('the D-Bus session cannot be reached'))
    socket.on('close', () => end('the D-Bus session closed the connection'))
    socket.on('connect', () => socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`))
    let seen = ''
    let begun = false
    socket.on('data', bytes => {
      seen += bytes.toString('latin1')
      // The first octet of a message is its byte order.
      if (begun && /^[lB]/.test(seen)) end(null)
      else if (!begun && /^OK [^\n]*\n/.test(seen)) {
        begun = true
        seen = ''
        socket.write(Buffer.concat([Buffer.from('BEGIN\r\n'), helloMessage()]))
      } else if (seen.includes('\n') || seen.length > MAX_ANSWER_BYTES) end('the D-Bus session refuses us')
    })
  })
}

/** The call of `Hello`, which every connection begins with (D-Bus specification, "Message Format"). */
function helloMessage(): Buffer {
  const fields = [
    [1, 'o', '/org/freedesktop/DBus'],
    [6, 's', 'org.freedesktop.DBus'],
    [2, 's', 'org.freedesktop.DBus'],
    [3, 's', 'Hello'],
  ] as const
  let array = Buffer.alloc(0)
  for (const [code, signature, value] of fields) {
    const start = Buffer.concat([padTo8(array), Buffer.from([code, 1, signature.charCodeAt(0), 0])])
    array = Buffer.concat([start, u32(value.length), Buffer.from(`${value}\0`)])
  }
  const fixed = Buffer.concat([Buffer.from('l'), Buffer.from([1, 0, 1]), u32(0), u32(HELLO_SERIAL), u32(array.length)])
  return padTo8(Buffer.concat([fixed, array]))
}

function padTo8(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
