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
