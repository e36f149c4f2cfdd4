import { understandHost } from '#shared/account/host-input.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { sentence } from '../form/words.ts'
import type { Target } from './consoles.ts'

/** Where to connect, from what was typed; without a port the usual one. */
export function readTarget(typed: string, tls: boolean): Result<Target, string> {
  const understood = understandHost(typed)
  if (!understood.ok) return err(sentence(understood.error.message, understood.error.remedy))
  const { host, port } = understood.value
  return ok({ host, port: port ?? (tls ? 465 : 587), tls })
}
