import type { Failure } from './failure.ts'
import { BARE_LINES, NO_FILE, SPECIAL_CHARACTERS, SPF_CASE, URL_CASE, WRONG_ORDER } from './file-cases.ts'
import { EXIM_CASES } from './exim-cases.ts'
import { NETWORK_CASES } from './network-cases.ts'
import { POSTFIX_CASES } from './postfix-cases.ts'
import { PROVIDER_CASES } from './provider-cases.ts'
import { WEAK_DH_CASE } from './weak-dh.ts'

/** Every case that a run diagnoses. */
export const DIAGNOSED: readonly Failure[] = [
  ...POSTFIX_CASES,
  ...EXIM_CASES,
  ...NETWORK_CASES,
  ...PROVIDER_CASES,
  WEAK_DH_CASE,
  URL_CASE,
  SPF_CASE,
]

/** Every failure that is brought about here. */
export const PROVOKED: readonly Pick<Failure, 'number' | 'how'>[] = [
  ...DIAGNOSED,
  BARE_LINES,
  NO_FILE,
  SPECIAL_CHARACTERS,
  WRONG_ORDER,
]
