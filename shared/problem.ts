import { z } from 'zod'

/** Exit codes of sysexits.h that a problem can map to; see `exitOf`. */
export const ProblemCode = z.enum([
  'usage', // the call itself is wrong
  'bad-input', // a value cannot be used
  'file-missing', // a file that was named does not exist
  'not-found', // an account, run or preset that was named does not exist
  'conflict', // a name is taken, a file was changed meanwhile
  'io', // reading or writing failed: permissions, full disk
  'configuration', // stored or given settings contradict each other
  'no-secret-store', // there is nowhere safe to keep a secret
  'not-permitted', // the caller may not do this
  'unavailable', // something that is needed is not running or not installed
])
export type ProblemCode = z.infer<typeof ProblemCode>

/** What crosses a door when we cannot do what was asked. Never holds a secret. */
export const ProblemData = z.object({
  code: ProblemCode,
  message: z.string(),
  /** The place: a field name of the input, a file with its line, an option. */
  field: z.string().nullable(),
  /** What the person can do about it. */
  remedy: z.string().nullable(),
})
export type ProblemData = z.infer<typeof ProblemData>

/** "We cannot do what the caller asked": thrown by services, turned into a typed answer at each door. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly field: string | null
  readonly remedy: string | null

  constructor(code: ProblemCode, message: string, place: { readonly field?: string; readonly remedy?: string } = {}) {
    super(message)
    this.name = 'Problem'
    this.code = code
    this.field = place.field ?? null
    this.remedy = place.remedy ?? null
  }

  get data(): ProblemData {
    return { code: this.code, message: this.message, field: this.field, remedy: this.remedy }
  }
}

/** The exit code of sysexits.h for a problem (CLI rules). */
export function exitOf(code: ProblemCode): number {
  switch (code) {
    case 'usage':
      return 64
    case 'bad-input':
      return 65
    case 'file-missing':
      return 66
    case 'not-found':
    case 'conflict':
    case 'configuration':
      return 78
    case 'no-secret-store':
    case 'unavailable':
      return 69
    case 'io':
      return 74
    case 'not-permitted':
      return 77
  }
}
