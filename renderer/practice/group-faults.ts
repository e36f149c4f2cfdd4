import type { PracticeFault } from '#shared/contract/practice.ts'

type Group = PracticeFault['group']

/** In the order of the delivery path. */
export const FAULT_GROUPS: Readonly<Record<Group, string>> = {
  network: 'Network',
  greeting: 'Greeting',
  encryption: 'Encryption',
  'sign-in': 'Sign-in',
  envelope: 'Envelope',
  message: 'Message',
  domain: 'Domain',
}

// The record names every group (its type says so), so its keys are the groups.
const ORDER = Object.keys(FAULT_GROUPS) as readonly Group[]

/** The faults that hold every word of the query, by group; groups without any are left out. */
export function groupFaults(
  faults: readonly PracticeFault[],
  query: string,
): readonly { readonly group: Group; readonly faults: readonly PracticeFault[] }[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = faults.filter(fault => {
    const text = `${fault.id} ${fault.title} ${fault.description}`.toLowerCase()
    return words.every(word => text.includes(word))
  })
  return ORDER.map(group => ({ group, faults: found.filter(fault => fault.group === group) })).filter(
    entry => entry.faults.length > 0,
  )
}
