import type { ProblemCode, ProblemData } from '#shared/problem-data.ts'

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
