import { ORPCError } from '@orpc/client'
import type { ProblemData } from '#shared/problem-data.ts'
import { EngineGone } from './web-door.ts'

/** What a failed call means for a person: the engine's own words where it had any. */
export function problemOf(error: unknown): ProblemData {
  if (error instanceof ORPCError) {
    if (error.code === 'PROBLEM' && isProblemData(error.data)) return error.data
    if (error.code === 'BAD_REQUEST') return refusedInput(error.data)
    return fault('The engine met a fault of its own.', 'Try again; if it happens again, restart Mailwright.')
  }
  if (error instanceof EngineGone || connectionEnded(error))
    return fault('The engine cannot be reached.', 'Once it answers again, repeat what was cut short.')
  const message = error instanceof Error ? error.message : String(error)
  return fault(message, null)
}

function fault(message: string, remedy: string | null): ProblemData {
  return { code: 'unavailable', message, field: null, remedy }
}

// The contract refuses malformed input before any service sees it; its issues name the field.
function refusedInput(data: unknown): ProblemData {
  const issue: unknown = isRecord(data) && Array.isArray(data.issues) ? data.issues[0] : null
  if (!isRecord(issue)) return { code: 'bad-input', message: 'A value cannot be used.', field: null, remedy: null }
  const path = Array.isArray(issue.path) ? issue.path.filter(part => typeof part === 'string') : []
  return {
    code: 'bad-input',
    message: typeof issue.message === 'string' ? issue.message : 'This value cannot be used.',
    field: path.at(-1) ?? null,
    remedy: null,
  }
}

function connectionEnded(error: unknown): boolean {
  return error instanceof Error && /WebSocket is not open|closed|aborted/i.test(error.message)
}

function isProblemData(data: unknown): data is ProblemData {
  return isRecord(data) && typeof data.message === 'string' && typeof data.code === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
