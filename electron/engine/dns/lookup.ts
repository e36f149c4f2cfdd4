import type { Deadline } from '#engine/net/deadline.ts'
import type { Answer } from '#engine/dns/answer.ts'
import type { RecordType } from '#engine/dns/record.ts'
import type { Resolver } from '#engine/dns/resolver.ts'

/** The only way to the world for whatever evaluates DNS: a test can pass a table, the engine passes a resolver and its time. */
export type Lookup = <T extends RecordType>(name: string, type: T) => Promise<Answer<T>>

export function lookupWith(resolver: Resolver, deadline: Deadline): Lookup {
  return (name, type) => resolver.lookup(name, type, deadline)
}
