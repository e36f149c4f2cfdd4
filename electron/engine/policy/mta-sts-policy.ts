import { err, ok, type Result } from '#shared/result.ts'

export type MtaStsPolicy = {
  readonly mode: 'enforce' | 'testing' | 'none'
  readonly mx: readonly string[]
  readonly maxAgeSeconds: number
}

/** RFC 8461 section 3.2: about a year. */
const MAX_AGE_LIMIT_SECONDS = 31_557_600

/** The policy file (RFC 8461 section 3.2). The error is what is wrong, in plain words. */
export function parseMtaStsPolicy(text: string): Result<MtaStsPolicy, string> {
  const values = new Map<string, string>()
  const mx: string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const at = line.indexOf(':')
    if (at < 1) return err(`"${line.slice(0, 60)}" is not "key: value"`)
    const [key, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    if (key === 'mx') mx.push(value.toLowerCase())
    // Of a key that stands there twice the first counts.
    else if (!values.has(key)) values.set(key, value)
  }
  const [mode, age] = [values.get('mode'), values.get('max_age') ?? '']
  if (values.get('version') !== 'STSv1') return err('version is not STSv1')
  if (mode !== 'enforce' && mode !== 'testing' && mode !== 'none') return err('mode is not enforce, testing or none')
  if (!/^\d{1,10}$/.test(age) || Number(age) > MAX_AGE_LIMIT_SECONDS) {
    return err(`max_age is not a number of seconds up to ${MAX_AGE_LIMIT_SECONDS}`)
  }
  if (mode !== 'none' && mx.length === 0) return err('no mx is named')
  return ok({ mode, mx, maxAgeSeconds: Number(age) })
}

/** RFC 8461 section 4.1: `*.` stands for exactly one label. */
export function mxMatches(host: string, pattern: string): boolean {
  if (!pattern.startsWith('*.')) return host === pattern
  const dot = host.indexOf('.')
  return dot > 0 && host.slice(dot + 1) === pattern.slice(2)
}
