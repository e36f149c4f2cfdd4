import { Problem } from '#shared/problem.ts'
import type { Fault } from './fault.ts'
import { DOMAIN_FAULTS } from './faults/domain.ts'
import { ENCRYPTION_FAULTS } from './faults/encryption.ts'
import { ENVELOPE_FAULTS } from './faults/envelope.ts'
import { greetingFaults } from './faults/greeting.ts'
import { MESSAGE_FAULTS } from './faults/message.ts'
import { NETWORK_FAULTS } from './faults/network.ts'
import { SIGN_IN_FAULTS } from './faults/sign-in.ts'
import { nearestWord } from './nearest.ts'

/** Long enough to be felt, shorter than any sensible time limit. */
export const SLOW_GREETING_MS = 4_000

/** Every fault, in the order of a session. */
export function practiceFaults(slowGreetingMs: number = SLOW_GREETING_MS): readonly Fault[] {
  return [
    ...NETWORK_FAULTS,
    ...greetingFaults(slowGreetingMs),
    ...ENCRYPTION_FAULTS,
    ...SIGN_IN_FAULTS,
    ...ENVELOPE_FAULTS,
    ...MESSAGE_FAULTS,
    ...DOMAIN_FAULTS,
  ]
}

/** The faults with these ids, each once. An unknown id is a Problem that names the nearest one. */
export function findFaults(all: readonly Fault[], ids: readonly string[]): readonly Fault[] {
  return [...new Set(ids)].map(id => {
    const found = all.find(fault => fault.id === id)
    if (found) return found
    const nearest = nearestWord(id, all.map(fault => fault.id))
    throw new Problem('bad-input', `There is no practice fault "${id.slice(0, 64)}".`, {
      field: 'active',
      remedy: nearest === null ? 'See the list of practice faults.' : `Did you mean "${nearest}"?`,
    })
  })
}
