import { Problem } from '#shared/problem.ts'
import { splitPem } from '#engine/tls/pem.ts'

/** @throws Problem `bad-input` for a file of `--ca` that holds no certificate */
export function requirePem(text: string, path: string): string {
  if (splitPem(text).length > 0) return text
  throw new Problem('bad-input', `${path} holds no PEM certificate`, { field: '--ca' })
}

/** Why the file of `--ca` cannot be read: `file-missing` or `io`. A problem stays as it is. */
export function caProblem(error: unknown, path: string): Problem {
  if (error instanceof Problem) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'ENOENT') return new Problem('file-missing', `there is no file ${path}`, { field: '--ca' })
  return new Problem('io', `${path} cannot be read (${code})`, { field: '--ca' })
}
