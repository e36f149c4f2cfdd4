import { Problem } from '#shared/problem.ts'
import type { Fault } from './fault.ts'
import { DOMAIN_FAULTS } from './faults/domain.ts'
import { ENCRYPTION_FAULTS } from './faults/encryption.ts'
import { ENVELOPE_FAULTS } from './faults/envelope.ts'
import { greetingFaults } from './faults/greeting.ts'
import { MESSAGE_FAULTS } from './faults/message.ts'
import { NETWORK_FAULTS } from './faults/network.ts'
import { SIGN_IN_FAULTS } from './faults/sign-in.ts'

/** Long enough to be felt, shorter than any sensible time limit. */
const SLOW_GREETING_MS = 4_000

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
    const nearest = nearestId(id, all)
    throw new Problem('bad-input', `There is no practice fault "${id.slice(0, 64)}".`, {
      field: 'active',
      remedy: nearest === null ? 'See the list of practice faults.' : `Did you mean "${nearest}"?`,
    })
  })
}

/** The id that shares the most pairs of letters with what was asked for (Dice), where that is half of them at least. */
function nearestId(id: string, all: readonly Fault[]): string | null {
  const asked = pairs(id.slice(0, 64))
  const rated = all.map(fault => {
    const own = pairs(fault.id)
    return { id: fault.id, score: (2 * own.intersection(asked).size) / (own.size + asked.size) }
  })
  const best = rated.reduce((best, one) => (one.score > best.score ? one : best), { id: '', score: 0 })
  return best.score >= 0.5 ? best.id : null
}

function pairs(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2)))
}
