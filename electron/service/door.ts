import { ORPCError } from '@orpc/server'
import { escapeControls } from '#shared/escape.ts'
import { Problem } from '#shared/problem.ts'

/** A line for whoever runs the program. Never holds a secret, nor what a caller sent. */
export type Log = (line: string) => void

/**
 * What crosses a door in place of an error: a `Problem` as the typed PROBLEM, an input that the contract refuses as it
 * is, and anything else, which is a bug, masked. The bug is logged here and nowhere else.
 */
export function translateError(error: unknown, call: string, stopped: boolean, log: Log): unknown {
  if (error instanceof Problem) return new ORPCError('PROBLEM', { message: error.message, data: error.data })
  if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR') return error
  // Whoever stopped the call is not there to be told; a stream ends this way every time.
  if (stopped) return error
  log(`${call}: ${describe(error)}`)
  return new ORPCError('INTERNAL_SERVER_ERROR', { message: 'something went wrong inside the program' })
}

/** Passes a stream on with its errors translated; closing it closes the source. */
export async function* translateErrors<T>(
  source: AsyncIterable<T>,
  translate: (error: unknown) => unknown,
): AsyncGenerator<T, void, undefined> {
  try {
    yield* source
  } catch (error) {
    throw translate(error)
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${typeof error}`
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return [`${error.name}${safeMessage(error)}`, ...frames].map(line => escapeControls(line.trim())).join(' < ')
}

/** Messages of the language and the system say what was done; those of parsers and validators quote what they were given. */
function safeMessage(error: Error): string {
  const systems = 'syscall' in error || error instanceof TypeError || error instanceof RangeError
  return systems ? `: ${error.message}` : ''
}
